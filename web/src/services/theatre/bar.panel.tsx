import { IconAlertTriangle } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { MINUTE } from '../../datatypes/Date/clinic';
import { useLanguage } from '../../i18n';
import type { Booking } from './board.resource';
import type { Place, Subject } from './change.resource';
import type { Hold } from './drag';
import { place, span, spanText, whisker, type Axis, type Span } from './layout';
import { LockMark, SettingMark, SideTag } from './mark.panel';

const style = ({ left, width }: Span): CSSProperties => ({ left: `${left}%`, width: `${width}%` });

interface BarProps {
  booking: Booking;
  axis: Axis;
  /** The line of the room on which it stands, and how many there are. */
  line: number;
  lines: number;
  chosen: boolean;
  held: boolean;
  hold: Hold;
  choose: () => void;
  move: () => void;
}

/** A sentence for who does not see the bar. */
export function useSpoken(): (booking: Booking, room: string) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (booking, room) =>
    [
      `${formatTime(booking.start, language) ?? ''} – ${formatTime(booking.end, language) ?? ''}`,
      room,
      booking.patient?.name ?? t('theatre.busy'),
      booking.act,
      booking.side && t(`theatre.side.${booking.side}`),
      booking.surgeon?.name,
      t(`theatre.status.${booking.caseStatus}`),
      t(`theatre.lock.${booking.lock}`),
      booking.conflicts.length ? t('theatre.conflicts', { count: booking.conflicts.length }) : null,
    ]
      .filter(Boolean)
      .join(', ');
}

/** One case in its room: the time in the room, the cleaning after it, and how late it may end. */
export function Bar({ booking, axis, line, lines, chosen, held, hold, choose, move, room }: BarProps & { room: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const spoken = useSpoken();
  const whole = spanText(axis, booking.start, booking.end);
  const cleaning = spanText(axis, booking.end, booking.clean);
  const tail = whisker(axis, booking);
  const subject: Subject = { kind: 'booking', booking };
  const fixed = booking.lock === 'locked' || !['scheduled', 'pre_op'].includes(booking.caseStatus);
  const vertical: CSSProperties = { top: `${(100 * line) / lines}%`, height: `${100 / lines}%` };
  return (
    <div className="mh-bar-row" style={vertical} data-held={held || undefined}>
      {cleaning.width > 0 && <span className="mh-bar-clean" style={style(cleaning)} aria-hidden="true" />}
      <button
        type="button"
        className="mh-bar"
        style={style(whole)}
        data-booking={booking.id}
        data-status={booking.caseStatus}
        data-lock={booking.lock}
        data-hold={booking.status === 'pending' || undefined}
        data-conflict={booking.conflicts.length > 0 || undefined}
        aria-pressed={chosen}
        aria-label={spoken(booking, room)}
        title={spoken(booking, room)}
        onPointerDown={fixed ? undefined : (event) => hold(event, subject)}
        onClick={choose}
        onKeyDown={(event) => {
          if (event.key !== 'm' && event.key !== 'M') return;
          event.preventDefault();
          if (!fixed) move();
        }}
      >
        <span className="mh-bar-top">
          <span className="mh-bar-time">{formatTime(booking.start, language)}</span>
          <span className="mh-bar-side"><SideTag side={booking.side} small /></span>
          {booking.conflicts.length > 0 && <IconAlertTriangle className="mh-stop" size={14} aria-hidden="true" />}
          <span className="mh-bar-icons"><SettingMark setting={booking.setting} /><LockMark lock={booking.lock} /></span>
        </span>
        <span className="mh-bar-who">{booking.patient?.name ?? t('theatre.busy')}</span>
        <span className="mh-bar-act">{booking.act}</span>
        <span className="mh-bar-by">{booking.surgeon?.name}</span>
        {booking.milestones.map(({ code, time }) => (
          <span key={code} className="mh-bar-mark" aria-hidden="true" style={{ left: `${100 * Math.min(1, Math.max(0, (Date.parse(time) - Date.parse(booking.start)) / (booking.minutes * MINUTE)))}%` }} />
        ))}
        {!fixed && <span className="mh-bar-grip" aria-hidden="true" onPointerDown={(event) => hold(event, subject, 'resize')} />}
      </button>
      {tail && <span className="mh-bar-tail" style={style(tail)} aria-hidden="true" />}
    </div>
  );
}

/** Where what is held would stand. */
export function Ghost({ axis, at, cleaning, state, text }: { axis: Axis; at: Place; cleaning: number; state: 'asked' | 'free' | 'taken'; text: string }) {
  const end = at.start + at.minutes * MINUTE;
  return (
    <div className="mh-ghost" data-state={state} data-testid="ghost" aria-hidden="true" style={style(span(axis, at.start, end + cleaning * MINUTE))}>
      <span>{text}</span>
      <i style={{ left: `${(100 * at.minutes) / (at.minutes + cleaning || 1)}%` }} />
    </div>
  );
}

export const nowAt = (axis: Axis, now: number): number | null => (now < axis.from || now > axis.until ? null : place(axis, now));
