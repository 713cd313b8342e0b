// Dates and times as a clinic writes them: month in letters, 24 hours, never a relative time alone.
// FHIR date and dateTime (http://hl7.org/fhir/R4/datatypes.html#dateTime) may stop at the year or the month.

export type Language = 'fr' | 'en' | 'de';

const LOCALE: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB', de: 'de-DE' };
/** Where the clinic is; every instant is shown in its time, wherever the browser stands. */
export const CLINIC_ZONE = 'Europe/Paris';
const NO_BREAK = '\u00a0';
const NARROW = '\u202f';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = language + key;
  let found = formats.get(name);
  if (!found) {
    found = new Intl.DateTimeFormat(LOCALE[language], options);
    formats.set(name, found);
  }
  return found;
}

const PARTIAL = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function monthOptions(long: boolean): Intl.DateTimeFormatOptions {
  return { year: 'numeric', month: long ? 'long' : 'short' };
}

/** « 23 nov. 2026 », « mars 2019 » or « 2019 », as precise as what was recorded; `long` is « lundi 23 novembre 2026 ».
 * Null when it is no date. */
export function formatDate(value: string | undefined, language: Language, long = false): string | null {
  if (!value) return null;
  const partial = PARTIAL.exec(value);
  const instant = partial ? Date.UTC(Number(partial[1]), Number(partial[2] ?? 1) - 1, Number(partial[3] ?? 1)) : Date.parse(value);
  if (Number.isNaN(instant)) return null;
  if (partial && !partial[2]) return partial[1] ?? null;
  const options = monthOptions(long);
  if (!partial || partial[3]) options.day = 'numeric';
  if (long && options.day) options.weekday = 'long';
  options.timeZone = partial ? 'UTC' : CLINIC_ZONE;
  const key = `${long ? 'l' : 's'}${options.day ?? ''}${options.timeZone}`;
  const text = format(language, key, options).format(instant).replaceAll(' ', NO_BREAK);
  return language === 'fr' ? text.replace(/^1(?=\u00a0)/, '1er') : text;
}

function clock(instant: number, language: Language): string {
  const parts = format(language, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: CLINIC_ZONE }).formatToParts(instant);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  const separator = language === 'fr' ? `${NARROW}h${NARROW}` : ':';
  return part('hour').padStart(2, '0') + separator + part('minute');
}

/** « 14 h 05 »; null for a value that carries no time of day. */
export function formatTime(value: string | undefined, language: Language): string | null {
  if (!value || PARTIAL.test(value)) return null;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? null : clock(instant, language);
}

/** « 23 nov. 2026, 14 h 05 ». */
export function formatDateTime(value: string | undefined, language: Language): string | null {
  const date = formatDate(value, language);
  const time = formatTime(value, language);
  return date && time ? `${date}, ${time}` : date;
}

/** The calendar day in the clinic's time, `YYYY-MM-DD`. */
export function clinicDay(instant: Date): string {
  const parts = format('en', 'iso', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: CLINIC_ZONE }).formatToParts(instant);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
