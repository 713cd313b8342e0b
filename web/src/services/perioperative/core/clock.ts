// The hour of an entry, as it is typed on the clinic's clock.
import { CLINIC_ZONE } from '../../../datatypes/Date/format';

const DAY = 24 * 60;

/** « 08:05 » on the clinic's clock. */
export function clockOf(instant: Date): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: CLINIC_ZONE }).format(instant);
}

/** « 14:05 », « 14 h 05 » or « 1405 ». */
const minutesOf = (clock: string): number | null => {
  const match = /^(\d{1,2})(?:\s*[:h]\s*|(?=\d{2}$))(\d{2})$/i.exec(clock.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
};

/** Whether this is an hour of a day. */
export const isClock = (clock: string): boolean => minutesOf(clock) !== null;

/** The last instant, not after now, at which the clinic's clock showed this; null when it is no hour of a day. */
export function lastInstantAt(clock: string, now: Date): Date | null {
  const wanted = minutesOf(clock);
  const current = minutesOf(clockOf(now));
  if (wanted === null || current === null) return null;
  const back = (current - wanted + DAY) % DAY;
  return new Date(Math.floor(now.getTime() / 60_000) * 60_000 - back * 60_000);
}

/** Whole minutes between two instants. */
export const minutesBetween = (from: string | number, to: number): number => Math.max(0, Math.floor((to - (typeof from === 'number' ? from : Date.parse(from))) / 60_000));

/** « 1 h 02 » beyond an hour, « 42 min » below; the same in the three languages. */
export function lasting(minutes: number): string {
  if (minutes < 60) return `${minutes}\u202fmin`;
  return `${Math.floor(minutes / 60)}\u202fh\u202f${String(minutes % 60).padStart(2, '0')}`;
}
