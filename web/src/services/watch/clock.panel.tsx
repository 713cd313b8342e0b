import { IconClockExclamation, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { isClosed, isRunning, remaining, useNow, type Incident } from './watch.resource';

const SOON_HOURS = 24;

/** How long is left to tell the authority; the last day is marked, a missed deadline stays in sight. */
export function Clock({ incident, big = false }: { incident: Incident; big?: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  if (!isRunning(incident)) {
    return (
      <p className="mh-clock mh-ok">
        <IconCircleCheck size={big ? 22 : 16} aria-hidden="true" />
        <span>
          {incident.notifiedAt ? <>{t('watch.notified')} <DateText value={incident.notifiedAt} time /></> : t(isClosed(incident) ? 'watch.closedNoNotice' : 'watch.noClock')}
        </span>
      </p>
    );
  }
  const left = remaining(incident.deadline, now);
  if (!left) return null;
  const tone = left.late || left.hours < 1 ? 'mh-stop' : left.hours < SOON_HOURS ? 'mh-warn' : '';
  return (
    <div className={`mh-clock ${tone} ${big ? 'mh-clock-big' : ''}`} role="timer">
      <IconClockExclamation size={big ? 34 : 16} aria-hidden="true" />
      <span>
        <strong>{t('watch.duration', { hours: left.hours, minutes: String(left.minutes).padStart(2, '0') })}</strong> {t(left.late ? 'watch.late' : 'watch.left')}
        {big && <span className="mh-clock-until">{t('watch.until')} <DateText value={incident.deadline} time /></span>}
      </span>
    </div>
  );
}
