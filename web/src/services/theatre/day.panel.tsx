import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MINUTE } from '../../datatypes/Date/clinic';
import { formatTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import { riskOf, type Board, type Booking, type RoomDay, type RoomRow } from './board.resource';
import { Bar, Ghost, nowAt } from './bar.panel';
import type { Verdict } from './change.resource';
import type { Held, Hold } from './drag';
import { axisOf, hoursLong, hoursOf, linesOf, occupation, place, spanText, type Axis } from './layout';
import { RiskText } from './mark.panel';

const MINUTE_MS = 60_000;

/** The instant of now, once a minute: only the line of now is drawn anew. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

interface DayProps {
  board: Board;
  day: string;
  held: Held | null;
  verdict: Verdict | null;
  /** A place that was refused, kept in sight until it is answered. */
  wish: { room: string; start: number; minutes: number } | null;
  chosen: string | null;
  hold: Hold;
  choose: (booking: Booking) => void;
  move: (booking: Booking) => void;
}

/** A day of the theatre: a row each room, time across. */
export function DayPlan({ board, day, ...rest }: DayProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rooms = board.rooms;
  const axis = axisOf(day, rooms, board.bookings);
  const hours = hoursOf(axis);
  const now = useNow();
  const line = nowAt(axis, now);
  return (
    <div className="mh-plan" style={{ '--hours': hoursLong(axis) } as React.CSSProperties}>
      <div className="mh-plan-head">
        <div className="mh-plan-corner">{t('theatre.room')}</div>
        <div className="mh-plan-hours" aria-hidden="true">
          {hours.slice(0, -1).map((hour) => <span key={hour} style={{ left: `${place(axis, hour)}%` }}>{formatTime(new Date(hour).toISOString(), language)}</span>)}
        </div>
      </div>
      {rooms.map((room) => <RoomLine key={room.ref} room={room} day={day} axis={axis} hours={hours} now={line} bookings={board.bookings.filter((one) => one.room === room.ref)} {...rest} />)}
    </div>
  );
}

interface LineProps extends Omit<DayProps, 'board'> { room: RoomRow; axis: Axis; hours: number[]; now: number | null; bookings: Booking[] }

function RoomLine({ room, day, axis, hours, now, bookings, held, verdict, wish, chosen, hold, choose, move }: LineProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const of = room.days.find((one) => one.day === day);
  const percent = of ? occupation(of) : null;
  const { line, lines } = linesOf(bookings);
  const here = held?.place?.room === room.ref ? held.place : wish?.room === room.ref ? wish : null;
  const own = held?.subject.kind === 'booking' ? held.subject.booking : null;
  const cleaning = held?.subject.kind === 'case' ? held.subject.waiting.cleaning : (own?.cleaning ?? 0);
  return (
    <section className="mh-plan-row" aria-label={room.name} style={{ '--lines': lines } as React.CSSProperties}>
      <div className="mh-plan-room">
        <strong title={room.name}>{room.name}</strong>
        {percent === null ? <span className="mh-quiet">{t('theatre.closed')}</span> : <span className="mh-quiet">{t('theatre.occupied', { percent })}</span>}
        {percent !== null && <RiskText chance={of?.overtime ?? null} />}
      </div>
      <div className="mh-lane" data-lane={room.ref} data-from={axis.from} data-until={axis.until}>
        {of && <Behind of={of} axis={axis} />}
        {hours.slice(1, -1).map((hour) => <i key={hour} className="mh-lane-hour" style={{ left: `${place(axis, hour)}%` }} />)}
        {bookings.map((booking) => (
          <Bar key={booking.id} booking={booking} room={room.name} axis={axis} line={line.get(booking.id) ?? 0} lines={lines} chosen={chosen === booking.id} held={own?.id === booking.id} hold={hold} choose={() => choose(booking)} move={() => move(booking)} />
        ))}
        {here && <Ghost axis={axis} at={here} cleaning={cleaning} state={!held ? 'taken' : verdict ? (verdict.ok ? 'free' : 'taken') : 'asked'} text={`${formatTime(new Date(here.start).toISOString(), language) ?? ''} – ${formatTime(new Date(here.start + here.minutes * MINUTE).toISOString(), language) ?? ''}`} />}
        {now !== null && <i className="mh-lane-now" style={{ left: `${now}%` }} />}
      </div>
    </section>
  );
}

/** What stands behind the cases: closed hours, vacations, closures, and the hours after the room's with their risk. */
function Behind({ of, axis }: { of: RoomDay; axis: Axis }) {
  const { t } = useTranslation();
  const pos = (from: string, until: string) => {
    const { left, width } = spanText(axis, from, until);
    return { left: `${left}%`, width: `${width}%` };
  };
  const [first, last] = [new Date(axis.from).toISOString(), new Date(axis.until).toISOString()];
  return (
    <>
      {of.open && of.close ? (
        <>
          <span className="mh-lane-shut" style={pos(first, of.open)} />
          <span className="mh-lane-shut" data-risk={riskOf(of.overtime)} style={pos(of.close, last)} />
        </>
      ) : (
        <span className="mh-lane-shut" style={pos(first, last)} />
      )}
      {of.blocks.map((block) => (
        <span key={`${block.id}${block.from}`} className="mh-lane-block" data-released={block.released || undefined} style={pos(block.from, block.until)}>
          <span>{block.ownerName}{block.released && ` · ${t('theatre.released')}`}</span>
        </span>
      ))}
      {of.closures.map((closure) => (
        <span key={closure.id} className="mh-lane-closure" style={pos(closure.from, closure.until)}>
          <span>{closure.reason || t('theatre.closed')}</span>
        </span>
      ))}
    </>
  );
}
