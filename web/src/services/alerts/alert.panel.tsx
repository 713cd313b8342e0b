import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import { Answers } from './answer.panel';
import { useAnswer, type Alert } from './alerts.resource';
import { PriorityMark, StateMark } from './mark.panel';
import './alerts.css';

/** One alert: to whom, why, who is called, what was said; and what may be answered. */
export function AlertCard({ alert, whose }: { alert: Alert; whose: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const answer = useAnswer();
  const roles = alert.roles.map((role) => t(`code.role.${role as 'surgeon'}`));
  const called = [...alert.people.map(({ name }) => name ?? t('common.unnamed')), ...roles].join(', ');
  const over = alert.next === null;
  return (
    <li className="mh-alert" data-priority={alert.priority} data-over={over || undefined}>
      <p className="mh-alert-line"><PriorityMark priority={alert.priority} /><StateMark state={alert.state} /><span className="mh-quiet mh-grow">{formatDateTime(alert.sent, language)}</span></p>
      {whose && <p className="mh-alert-who">{alert.patient.id && <Link to={`/patients/${alert.patient.id}`}>{alert.patient.name || t('common.unnamed')}</Link>}</p>}
      <p className="mh-alert-text">{alert.text}</p>
      <p className="mh-quiet">{alert.sender && <>{t('alerts.by', { who: alert.sender })} · </>}{t('alerts.called', { who: called })}</p>
      {alert.next && <p className={alert.late ? 'mh-stop' : 'mh-quiet'}>{alert.late ? t('alerts.late') : t(alert.state === 'notified' ? 'alerts.nextUnanswered' : 'alerts.nextOpen', { at: formatTime(alert.next, language) ?? '' })}</p>}
      <Answers alert={alert} answer={answer} />
      <details className="mh-alert-events">
        <summary>{t('alerts.history', { count: alert.events.length })}</summary>
        <ol>
          {alert.events.map((event) => (
            <li key={`${event.at}${event.code}`}><span className="mh-nowrap">{formatTime(event.at, language)}</span> <span>{t(`alerts.event.${event.code as 'sent'}`)}{event.who && <> · {event.who}</>}{event.words && <q>{event.words}</q>}</span></li>
          ))}
        </ol>
      </details>
    </li>
  );
}
