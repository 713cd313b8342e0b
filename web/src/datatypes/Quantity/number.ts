// Numbers and units as a clinic writes them: decimal comma (fr, de), narrow no-break spaces between thousands,
// micrograms and international units in full where a dose is meant (a misread « µg » kills).
import type { Quantity, Range } from '../../fhir/types';
import type { Language } from '../Date/format';

const NARROW = '\u202f';

/** Writes a decimal with the digits it was recorded with; `trim` drops trailing zeros, as a dose requires. */
export function formatNumber(value: number | string, language: Language, trim = false): string {
  const text = typeof value === 'number' ? plain(value) : value;
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return text;
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, NARROW);
  const decimals = trim ? (match[3] ?? '').replace(/0+$/, '') : (match[3] ?? '');
  const sign = match[1] ? '\u2212' : '';
  return sign + whole + (decimals ? (language === 'en' ? '.' : ',') + decimals : '');
}

function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : text;
}

export function numberOf(quantity: Quantity | undefined): number | null {
  const value = quantity?.value;
  if (value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

// UCUM code → what is printed on a French report.
const UNITS: Record<string, string> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '{beats}/min': '/min',
  '{breaths}/min': '/min',
  'kg/m2': 'kg/m²',
  '10*9/L': 'G/L',
  '10*3/uL': 'G/L',
  '10*12/L': 'T/L',
  '10*6/uL': 'T/L',
  'umol/L': 'µmol/L',
  'ug/L': 'µg/L',
  'ng/mL': 'ng/mL',
  'm[IU]/L': 'mUI/L',
  'u[IU]/mL': 'mUI/L',
  '[IU]/L': 'UI/L',
  'U/L': 'U/L',
  'mL/min/{1.73_m2}': 'mL/min/\u200b1,73\u00a0m²',
  '{score}': '',
  '1': '',
};

export function unitOf(quantity: Quantity | undefined): string {
  const code = quantity?.code;
  if (code !== undefined && code in UNITS) return UNITS[code] ?? '';
  return quantity?.unit ?? code ?? '';
}

/** « 4,10 mmol/L », with the comparator where there is one; null when no value is recorded. */
export function formatQuantity(quantity: Quantity | undefined, language: Language, unit = true): string | null {
  if (quantity?.value === undefined) return null;
  const number = (quantity.comparator ? `${quantity.comparator}${NARROW}` : '') + formatNumber(quantity.value, language);
  const label = unit ? unitOf(quantity) : '';
  return label ? `${number}${NARROW}${label}` : number;
}

/** « 3,5 – 5,1 », « ≤ 5 », « ≥ 60 »; null when neither bound is recorded. */
export function formatRange(range: Range | undefined, language: Language): string | null {
  const low = range?.low?.value;
  const high = range?.high?.value;
  if (low !== undefined && high !== undefined) return `${formatNumber(low, language)}\u00a0–\u00a0${formatNumber(high, language)}`;
  if (high !== undefined) return `≤${NARROW}${formatNumber(high, language)}`;
  if (low !== undefined) return `≥${NARROW}${formatNumber(low, language)}`;
  return null;
}
