// Where things stand on the time axis. Pure: instants in, fractions out.
import { MINUTE, atClinic, minutesOfDay } from '../../datatypes/Date/clinic';
import type { Booking, RoomRow } from './board.resource';

export interface Axis { from: number; until: number }

const HOUR = 60;
const FIRST_HOUR = 7;
const LAST_HOUR = 19;

const instantOf = (text: string | null): number | null => {
  const instant = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
};

/** The hours that a day's plan shows: the usual ones, and whatever stands beyond them, on whole hours of the wall clock. */
export function axisOf(day: string, rooms: RoomRow[], bookings: Booking[]): Axis {
  const ends = [
    ...rooms.flatMap((room) => room.days.filter((one) => one.day === day).flatMap(({ open, close }) => [open, close])),
    ...bookings.flatMap(({ start, clean }) => [start, clean]),
  ]
    .map(instantOf)
    .filter((instant): instant is number => instant !== null);
  const [midnight, next] = [atClinic(day, 0), atClinic(day, 24 * HOUR)];
  const from = Math.max(midnight, Math.min(atClinic(day, FIRST_HOUR * HOUR), ...ends));
  const until = Math.min(next, Math.max(atClinic(day, LAST_HOUR * HOUR), ...ends));
  const down = from - (minutesOfDay(from) % HOUR) * MINUTE;
  const rest = minutesOfDay(until) % HOUR;
  return { from: down, until: rest === 0 ? until : Math.min(next, until + (HOUR - rest) * MINUTE) };
}

/** Every whole hour of the axis, as an instant: over a change of the clock one hour is missing, or stands twice. */
export const hoursOf = ({ from, until }: Axis): number[] => Array.from({ length: Math.floor((until - from) / (HOUR * MINUTE)) + 1 }, (_, index) => from + index * HOUR * MINUTE);

export const hoursLong = ({ from, until }: Axis): number => (until - from) / (HOUR * MINUTE);

/** Where an instant stands, in percent; what lies beyond stands at the edge. */
export const place = ({ from, until }: Axis, instant: number): number => (Math.min(until, Math.max(from, instant)) - from) / ((until - from) / 100);

export interface Span { left: number; width: number }

export function span(axis: Axis, from: number, until: number): Span {
  const left = place(axis, from);
  return { left, width: Math.max(0, place(axis, until) - left) };
}

export const spanText = (axis: Axis, from: string, until: string): Span => span(axis, Date.parse(from), Date.parse(until));

/** The instant under a point of the axis. */
export const instantAt = ({ from, until }: Axis, share: number): number => from + Math.min(1, Math.max(0, share)) * (until - from);

interface Timed { id: string; start: string; clean: string }

/** Two bookings of one room may stand over each other when the plan is broken: each gets a line on which it is free. */
export function linesOf<T extends Timed>(bookings: T[]): { line: Map<string, number>; lines: number } {
  const ends: number[] = [];
  const line = new Map<string, number>();
  for (const { id, start, clean } of [...bookings].sort((a, b) => Date.parse(a.start) - Date.parse(b.start))) {
    const free = ends.findIndex((end) => end <= Date.parse(start));
    const at = free === -1 ? ends.length : free;
    ends[at] = Date.parse(clean);
    line.set(id, at);
  }
  return { line, lines: Math.max(1, ends.length) };
}

/** Occupied minutes of the open ones, in percent; null where the room is closed. */
export function occupation({ open, close, occupied }: { open: string | null; close: string | null; occupied: number }): number | null {
  const [from, until] = [instantOf(open), instantOf(close)];
  return from === null || until === null || until <= from ? null : Math.round((100 * occupied) / ((until - from) / MINUTE));
}

/** The shortest case that the board makes by hand. */
export const SHORTEST = 5;
/** The longest: a day of the theatre, not a night over it. */
export const LONGEST = 24 * HOUR;

/** How long a case becomes whose end is drawn to an instant. */
export const minutesTo = (start: number, end: number): number => Math.min(LONGEST, Math.max(SHORTEST, Math.round((end - start) / MINUTE / 5) * 5));

/** Where the 80th percentile ends, as a whisker from the median's end; null where nothing is known of the act. */
export function whisker(axis: Axis, booking: Pick<Booking, 'start' | 'p50' | 'p80'>): Span | null {
  if (!booking.p50 || !booking.p80 || booking.p80 < booking.p50) return null;
  const start = Date.parse(booking.start);
  return span(axis, start + booking.p50 * MINUTE, start + booking.p80 * MINUTE);
}
