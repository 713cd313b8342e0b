import { useTranslation } from 'react-i18next';
import { MINUTE, atClinic } from '../../datatypes/Date/clinic';
import { clinicDay, formatDate } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { useLanguage } from '../../i18n';
import { riskOf, type Board, type Booking, type RoomDay, type RoomRow } from './board.resource';
import { useSpoken } from './bar.panel';
import type { Held, Hold } from './drag';
import { occupation, span, type Axis } from './layout';
import { DayName } from './days.panel';

const FIRST = 7 * 60;
const LAST = 20 * 60;

interface WeekProps { board: Board; days: string[]; held: Held | null; chosen: string | null; hold: Hold; choose: (booking: Booking) => void; open: (day: string) => void }

/** A week: rooms down, days across, each case a short bar. */
export function WeekPlan({ board, days, open, ...rest }: WeekProps) {
  const { t } = useTranslation();
  return (
    <div className="mh-scroll">
      <table className="mh-week">
        <thead>
          <tr>
            <th scope="col">{t('theatre.room')}</th>
            {days.map((day) => <th key={day} scope="col" data-today={day === today() || undefined}><button type="button" className="mh-plain" onClick={() => open(day)}><DayName day={day} /></button></th>)}
          </tr>
        </thead>
        <tbody>
          {board.rooms.map((room) => (
            <tr key={room.ref}>
              <th scope="row" title={room.name}>{room.name}</th>
              {days.map((day) => <Cell key={day} room={room} open={open} day={day} of={room.days.find((one) => one.day === day)} bookings={board.bookings.filter((one) => one.room === room.ref && clinicDay(new Date(one.start)) === day)} {...rest} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps extends Omit<WeekProps, 'board' | 'days'> { room: RoomRow; day: string; of: RoomDay | undefined; bookings: Booking[] }

function Cell({ room, day, of, bookings, held, chosen, hold, choose, open }: CellProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const spoken = useSpoken();
  const axis: Axis = { from: atClinic(day, FIRST), until: atClinic(day, LAST) };
  const percent = of ? occupation(of) : null;
  const here = held?.place && held.place.room === room.ref && clinicDay(new Date(held.place.start)) === day;
  const risk = riskOf(of?.overtime ?? null);
  return (
    <td data-cell={room.ref} data-day={day} data-over={here || undefined} data-shut={percent === null || undefined}>
      <div className="mh-week-track" aria-hidden="true">
        {of?.blocks.map((block) => <Strip key={`${block.id}${block.from}`} axis={axis} from={block.from} until={block.until} name="mh-week-block" />)}
        {of?.closures.map((closure) => <Strip key={closure.id} axis={axis} from={closure.from} until={closure.until} name="mh-week-closure" />)}
        {bookings.map((booking) => {
          const { left, width } = span(axis, Date.parse(booking.start), Date.parse(booking.start) + booking.minutes * MINUTE);
          const fixed = booking.lock === 'locked' || !['scheduled', 'pre_op'].includes(booking.caseStatus);
          return (
            <span
              key={booking.id}
              className="mh-week-bar"
              style={{ left: `${left}%`, width: `${width}%` }}
              data-booking={booking.id}
              data-status={booking.caseStatus}
              data-conflict={booking.conflicts.length > 0 || undefined}
              data-chosen={chosen === booking.id || undefined}
              title={spoken(booking, room.name)}
              onPointerDown={fixed ? undefined : (event) => hold(event, { kind: 'booking', booking })}
              onClick={() => choose(booking)}
            />
          );
        })}
      </div>
      <div className="mh-week-foot">
        <button type="button" className="mh-week-open" onClick={() => open(day)} aria-label={`${room.name}, ${formatDate(day, language, true) ?? ''}, ${percent === null ? t('theatre.closed') : t('theatre.occupied', { percent })}, ${t('theatre.cases', { count: bookings.length })}`}>
          {percent === null ? t('theatre.closed') : `${percent}\u202f%`}
          {bookings.length > 0 && <span className="mh-quiet"> · {t('theatre.cases', { count: bookings.length })}</span>}
        </button>
        {percent !== null && risk !== 'low' && <span className="mh-risk" data-risk={risk} title={t('theatre.overtime', { percent: Math.round((of?.overtime ?? 0) * 100) })}>▲ {Math.round((of?.overtime ?? 0) * 100)}{'\u202f%'}</span>}
      </div>
    </td>
  );
}

function Strip({ axis, from, until, name }: { axis: Axis; from: string; until: string; name: string }) {
  const { left, width } = span(axis, Date.parse(from), Date.parse(until));
  return <span className={name} style={{ left: `${left}%`, width: `${width}%` }} aria-hidden="true" />;
}
