import { Button } from '@mantine/core';
import { IconBan, IconCircleCheck, IconClockHour4, IconDeviceMobile, IconMail, IconPlayerPause, IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { Failure } from '../../fhir/http';
import { useLanguage } from '../../i18n';
import { useDecide, type Reminder } from './reminder.resource';
import './communication.css';

const STATE = {
  planned: { Mark: IconClockHour4, look: 'mh-quiet' },
  held: { Mark: IconPlayerPause, look: 'mh-warn' },
  sent: { Mark: IconCircleCheck, look: 'mh-ok' },
  cancelled: { Mark: IconBan, look: 'mh-quiet' },
} as const;

/** One reminder: for when, by which way, what became of it, and what a person may do. */
export function ReminderLine({ reminder, whose }: { reminder: Reminder; whose: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const decide = useDecide();
  const [sure, setSure] = useState(false);
  const { Mark, look } = STATE[reminder.state];
  const at = (time: string | null) => formatDateTime(time ?? '', language) ?? '';
  const open = reminder.state === 'planned' || reminder.state === 'held';
  const doubt = reminder.reason === 'doubt';
  const send = () => decide.mutate({ reminder, verb: 'send' }, { onSuccess: () => setSure(false) });
  const Way = reminder.channel === 'mail' ? IconMail : IconDeviceMobile;
  return (
    <li className="mh-reminder" data-state={reminder.state}>
      <div className="mh-reminder-main">
        <p className="mh-reminder-line">
          {whose && reminder.patient.id && <Link className="mh-rowlink" to={`/patients/${reminder.patient.id}/rappels`}>{reminder.patient.name || t('common.unnamed')}</Link>}
          <span>{t('reminders.about', { at: at(reminder.start) })}</span>
        </p>
        <p className="mh-reminder-line">
          <span className={`mh-inline ${look}`}><Mark size={16} aria-hidden="true" />{t(`reminders.state.${reminder.state}`, { at: at(reminder.state === 'sent' ? reminder.sent : reminder.at) })}</span>
          <span className="mh-inline mh-quiet"><Way size={16} aria-hidden="true" />{t(`reminders.way.${reminder.channel}`)}</span>
          {reminder.reason && <span className={reminder.state === 'held' ? 'mh-warn' : 'mh-quiet'}>{t(`reminders.reason.${reminder.reason as 'doubt'}`)}</span>}
          {reminder.attempts > 1 && <span className="mh-quiet">{t('reminders.attempts', { count: reminder.attempts })}</span>}
        </p>
        {reminder.text && <details className="mh-reminder-said"><summary>{t('reminders.said')}</summary><pre>{reminder.text}</pre></details>}
        {decide.isError && (decide.error instanceof Failure && decide.error.status === 412 ? <p className="mh-notice mh-notice-warn" role="alert">{t('reminders.faster')}</p> : <FailureNotice error={decide.error} />)}
      </div>
      {open && (
        <div className="mh-reminder-acts">
          <Button size="compact-md" variant="default" leftSection={<IconSend size={16} aria-hidden="true" />} loading={decide.isPending} onClick={() => (doubt ? setSure(true) : send())}>{t(reminder.state === 'held' ? 'reminders.again' : 'reminders.now')}</Button>
          <Button size="compact-md" variant="subtle" disabled={decide.isPending} onClick={() => decide.mutate({ reminder, verb: 'cancel' })}>{t('reminders.drop')}</Button>
        </div>
      )}
      {sure && <Confirm title={t('reminders.sureTitle')} action={t('reminders.again')} busy={decide.isPending} error={decide.error} run={send} close={() => setSure(false)}><p>{t('reminders.sure')}</p></Confirm>}
    </li>
  );
}
