import { useTranslation } from 'react-i18next';
import { weekdayOf } from '../../datatypes/Date/clinic';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { useLanguage } from '../../i18n';
import { HOURS, placedOn, type Entry, type Placed } from './agenda.resource';
import { KindMark, SideWord, WhoLink, whatOf } from './entry.panel';

interface GridProps { days: { day: string; entries: Entry[] }[]; open: (day: string) => void }

/** Days across, hours down. */
export function AgendaGrid({ days, open }: GridProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="mh-agenda-grid" data-days={days.length} style={{ '--days': days.length } as React.CSSProperties}>
      <div className="mh-agenda-hours" aria-hidden="true">
        {HOURS.map((hour) => <span key={hour}>{`${String(hour).padStart(2, '0')}:00`}</span>)}
      </div>
      {days.map(({ day, entries }) => (
        <section key={day} aria-label={formatDate(day, language, true) ?? day} data-today={day === today() || undefined}>
          <h2><button type="button" onClick={() => open(day)}>{t(`theatre.weekday.${weekdayOf(day) as 1}`)} {Number(day.slice(8))}</button></h2>
          <ol>{placedOn(day, entries).map((placed) => <Cell key={placed.entry.id} placed={placed} />)}</ol>
        </section>
      ))}
    </div>
  );
}

function Cell({ placed: { entry, top, height, column, columns } }: { placed: Placed }) {
  const language = useLanguage();
  return (
    <li data-kind={entry.kind} style={{ top: `${top}%`, height: `${height}%`, left: `${(100 * column) / columns}%`, width: `${100 / columns}%` }}>
      <span className="mh-agenda-time">{formatTime(entry.start, language)} <KindMark kind={entry.kind} /></span>
      <WhoLink entry={entry} />
      <span><SideWord side={entry.side} /> {whatOf(entry)}</span>
      {entry.room && <span className="mh-quiet">{entry.room.name}</span>}
    </li>
  );
}
