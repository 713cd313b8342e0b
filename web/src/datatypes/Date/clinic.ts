// Arithmetic of days and hours in the time of the clinic. A day has 23, 24 or 25 hours there: an hour of the wall clock
// becomes an instant through the zone, never through a multiplication.
import { CLINIC_ZONE, clinicDay } from './format';

export const MINUTE = 60_000;
const DAY_MS = 86_400_000;

const wall = new Intl.DateTimeFormat('en-GB', { timeZone: CLINIC_ZONE, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** What the clock on the wall shows at an instant, as if it were UTC. */
function wallAsUtc(instant: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of wall.formatToParts(instant)) parts[type] = Number(value);
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day ?? 1, parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0);
}

const asUtc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const isoDay = (utc: number): string => new Date(utc).toISOString().slice(0, 10);

/** The instant at which the wall clock shows so many minutes past midnight. An hour that the spring night skips is the one
 * after it; of an hour that the autumn night doubles, the first. */
export function atClinic(day: string, minutes: number): number {
  const wanted = asUtc(day) + minutes * MINUTE;
  const offsets = [wanted - 3 * 3_600_000, wanted].map((guess) => wallAsUtc(guess) - guess);
  const fits = offsets.map((offset) => wanted - offset).filter((instant) => wallAsUtc(instant) === wanted);
  return fits.length ? Math.min(...fits) : wanted - Math.min(...offsets);
}

/** Minutes past midnight on the wall clock. */
export const minutesOfDay = (instant: number): number => Math.floor((wallAsUtc(instant) - asUtc(clinicDay(new Date(instant)))) / MINUTE);

export const addDays = (day: string, days: number): string => isoDay(asUtc(day) + days * DAY_MS);

/** From the first to the last, both included. */
export const daysFrom = (first: string, last: string): string[] =>
  Array.from({ length: Math.max(0, Math.round((asUtc(last) - asUtc(first)) / DAY_MS) + 1) }, (_, index) => addDays(first, index));

/** Monday is 1, Sunday 7. */
export const weekdayOf = (day: string): number => new Date(asUtc(day)).getUTCDay() || 7;

export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));

/** The week of ISO 8601: the one that holds the year's first Thursday is the first. */
export function isoWeek(day: string): number {
  const thursday = addDays(mondayOf(day), 3);
  return 1 + Math.floor((asUtc(thursday) - asUtc(`${thursday.slice(0, 4)}-01-01`)) / (7 * DAY_MS));
}

export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

export function addMonths(day: string, months: number): string {
  const from = new Date(asUtc(firstOfMonth(day)));
  return isoDay(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
}

/** `08:30` is 510; null for what is no hour of a day. */
export function clockMinutes(text: string): number | null {
  const parts = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  const [hours, minutes] = [Number(parts?.[1]), Number(parts?.[2])];
  return parts && hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** 510 is `08:30`: what a field of type `time` and the server read. */
export const clockText = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** `2026-11-23T08:30`: clinic time without a zone, as the server reads it. */
export const localText = (instant: number): string => `${clinicDay(new Date(instant))}T${clockText(minutesOfDay(instant))}`;

/** To the nearest step of so many minutes; every offset of a zone is a multiple of five minutes. */
export const snap = (instant: number, minutes = 5): number => Math.round(instant / (minutes * MINUTE)) * minutes * MINUTE;
