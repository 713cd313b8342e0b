// Words for the codes of the record: kinds, fields and values come from the server, their words from here.
import i18next from 'i18next';
import { formatNumber } from '../../../datatypes/Quantity/number';
import { formatTime, type Language } from '../../../datatypes/Date/format';
import type { Entry, Field, Value, Values } from './entry.resource';

const known = (key: string): boolean => i18next.exists(key);

export const kindWord = (code: string): string => (known(`peri.kind.${code}`) ? i18next.t(`peri.kind.${code}` as never) : code);
export const fieldWord = (code: string): string => (known(`peri.field.${code}`) ? i18next.t(`peri.field.${code}` as never) : code);
export const valueWord = (code: string): string => (known(`peri.value.${code}`) ? i18next.t(`peri.value.${code}` as never) : code);
export const classWord = (code: string, fallback: string): string => (known(`peri.class.${code}`) ? i18next.t(`peri.class.${code}` as never) : fallback);

const UNITS: Record<string, string> = { 'mm[Hg]': 'mmHg', Cel: '°C', '/min': '/min', 'cm[H2O]': 'cmH₂O', cmH2O: 'cmH₂O' };
/** A unit as it is read; what has been misread in practice is written in full. */
export function unitWord(unit: string | undefined): string {
  if (!unit) return '';
  const code = unit.replaceAll('/', '-');
  return known(`peri.unit.${code}`) ? i18next.t(`peri.unit.${code}` as never) : (UNITS[unit] ?? unit);
}

export function valueText(value: Value | undefined, language: Language): string {
  if (value === true) return i18next.t('peri.yes');
  if (value === false) return i18next.t('peri.no');
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value)) return formatNumber(value, language);
  return valueWord(value);
}

/** An amount and the field that names its unit: read as one. */
const UNIT_OF: Record<string, string> = { dose: 'unit', rate: 'rateUnit' };
const UNITS_APART = new Set(Object.values(UNIT_OF));

/** The word of a code in its field: « induction » is an event of the course, and a class of drugs. */
export function choiceWord(field: string, code: string): string {
  if (UNITS_APART.has(field)) return unitWord(code);
  return field === 'class' ? classWord(code, code) : valueWord(code);
}

function partText(name: string, values: Values, field: Field | undefined, language: Language): string {
  const value = values[name];
  if (field?.type === 'time') return formatTime(String(value), language) ?? String(value);
  if (field?.type === 'text') return String(value);
  const of = UNIT_OF[name];
  // As a dose is written: no trailing zero, never without its unit.
  if (of && value !== undefined && value !== null) return [formatNumber(typeof value === 'number' ? value : String(value), language, true), unitWord(String(values[of] ?? ''))].filter(Boolean).join('\u202f');
  const text = typeof value === 'string' && field?.type === 'choice' ? choiceWord(name, value) : valueText(value, language);
  const unit = unitWord(field?.unit);
  return unit ? `${text}\u202f${unit}` : text;
}

/** What another part says already: a unit beside its amount, the code of a drug that has a name. */
const isSaid = (name: string, values: Values): boolean => (name === 'code' && Boolean(values['name'])) || Object.entries(UNIT_OF).some(([amount, unit]) => unit === name && values[amount] !== undefined && values[amount] !== null);

/** « Produit : Bétadine alcoolique ; Zone : genou droit »: the values of an entry, in the order of its form. */
export function entryParts(entry: Entry, fields: Field[], language: Language): { name: string; text: string }[] {
  const order = [...fields.map(({ name }) => name), ...Object.keys(entry.values)];
  return [...new Set(order)].flatMap((name) => {
    const value = entry.values[name];
    if (value === undefined || value === null || value === '' || isSaid(name, entry.values)) return [];
    return [{ name: fieldWord(name), text: partText(name, entry.values, fields.find((one) => one.name === name), language) }];
  });
}

export const sectionWord = (code: string): string => (known(`peri.section.${code}`) ? i18next.t(`peri.section.${code}` as never) : code);
