// A date as a person types one: a year, a month and a year, or a day. What is not known is not made up.

const DAY = /^(\d{1,2})[\s/.-](\d{1,2})[\s/.-](\d{4})$/;
const MONTH = /^(\d{1,2})[\s/.-](\d{4})$/;
const YEAR = /^(\d{4})$/;
const ISO = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/;
const OLDEST = 1850;

const two = (part: string) => part.padStart(2, '0');

function exists(year: number, month: number, day: number): boolean {
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

export type ReadDate = { date: string } | { fault: 'shape' | 'future' | 'old' } | null;

/** FHIR date of what was typed; null when nothing was. `today` (YYYY-MM-DD) bounds what lies in the past. */
export function readDate(typed: string, today: string, future = false): ReadDate {
  const text = typed.trim();
  if (!text) return null;
  const date = isoOf(text);
  if (!date) return { fault: 'shape' };
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  if (!exists(year, month, day)) return { fault: 'shape' };
  if (year < OLDEST) return { fault: 'old' };
  if (!future && date > today.slice(0, date.length)) return { fault: 'future' };
  return { date };
}

function isoOf(text: string): string | null {
  if (YEAR.test(text) || ISO.test(text)) return text;
  const month = MONTH.exec(text);
  if (month) return `${month[2]}-${two(month[1] ?? '')}`;
  const day = DAY.exec(text);
  return day ? `${day[3]}-${two(day[2] ?? '')}-${two(day[1] ?? '')}` : null;
}

/** What a person would type for a FHIR date: « 12/03/2019 », « 03/2019 », « 2019 ». */
export function typedDate(date: string | undefined): string {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(date ?? '');
  return parts ? [parts[3], parts[2], parts[1]].filter(Boolean).join('/') : '';
}
