// What the corridor may know: a room, initials, a number, how far it is. Never a name, never an act.
import { plainNumber, type Board, type Booking, type CaseStatus } from './board.resource';

export interface WallCase { initials: string; number: string; start: string; end: string; status: CaseStatus }
export interface WallRow { room: string; name: string; state: CaseStatus | 'free' | 'closed' | 'done'; now: WallCase | null; next: WallCase | null; left: number }

/** So many rooms can be read from five metres. */
export const ROOMS_A_PAGE = 8;
const STALE_MS = 150_000;

const wallCase = (booking: Booking): WallCase => ({ initials: booking.patient?.initials ?? '—', number: plainNumber(booking.number), start: booking.start, end: booking.end, status: booking.caseStatus });

const ENDED = new Set<CaseStatus>(['completed', 'cancelled', 'postponed']);
const STARTED = new Set<CaseStatus>(['pre_op', 'in_progress', 'post_op']);

/** « Salle 1 – orthopédie » is read as « Salle 1 » from afar. */
export const shortName = (name: string): string => name.split(/\s[–(-]/)[0] ?? name;

/** One line a room: the case that is there, or the one that comes. */
export function wallRows(board: Board, now: number): WallRow[] {
  return board.rooms.map((room) => {
    const of = room.days[0];
    const cases = board.bookings.filter((one) => one.room === room.ref && one.status !== 'cancelled' && one.status !== 'pending').sort((a, b) => a.start.localeCompare(b.start));
    const open = cases.filter(({ caseStatus }) => !ENDED.has(caseStatus));
    const here = open.find(({ caseStatus }) => caseStatus === 'in_progress') ?? open.find(({ caseStatus }) => STARTED.has(caseStatus)) ?? null;
    const rest = open.filter((one) => one !== here);
    const shut = of?.closures.some(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until)) ?? false;
    const state = here ? here.caseStatus : shut || !of?.open ? 'closed' : rest[0] ? 'free' : cases.length ? 'done' : 'free';
    return { room: room.ref, name: shortName(room.name), state, now: here && wallCase(here), next: rest[0] ? wallCase(rest[0]) : null, left: rest.length };
  });
}

export const pagesOf = (rows: WallRow[]): WallRow[][] => Array.from({ length: Math.ceil(rows.length / ROOMS_A_PAGE) }, (_, page) => rows.slice(page * ROOMS_A_PAGE, (page + 1) * ROOMS_A_PAGE));

export const staleAfter = (read: number, now: number): boolean => now - read > STALE_MS;
