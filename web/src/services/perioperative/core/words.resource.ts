// Words for the codes of the record: kinds, fields and values come from the server, their words from here.
import i18next from 'i18next';
import { formatNumber } from '../../../datatypes/Quantity/number';
import type { Language } from '../../../datatypes/Date/format';
import type { Entry, Field, Value } from './entry.resource';

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

/** « Produit : Bétadine alcoolique ; Zone : genou droit »: the values of an entry, in the order of its form. */
export function entryParts(entry: Entry, fields: Field[], language: Language): { name: string; text: string }[] {
  const order = [...fields.map(({ name }) => name), ...Object.keys(entry.values)];
  return [...new Set(order)].flatMap((name) => {
    const value = entry.values[name];
    if (value === undefined || value === null || value === '') return [];
    const field = fields.find((one) => one.name === name);
    const text = field?.type === 'text' ? String(value) : valueText(value, language);
    const unit = unitWord(field?.unit);
    return [{ name: fieldWord(name), text: unit ? `${text}\u202f${unit}` : text }];
  });
}

export const sectionWord = (code: string): string => (known(`peri.section.${code}`) ? i18next.t(`peri.section.${code}` as never) : code);
