// What a person writes into a document: the fields that the server describes, and the values as it reads them.

export type Row = Record<string, string | boolean>;
export type Value = string | boolean | Row[];
export type Values = Record<string, Value>;

export interface Field {
  name: string;
  label: string;
  type: string;
  required?: boolean;
  max?: number;
  help?: string | null;
  choices?: { value: string; label: string }[];
  columns?: Field[];
  rowsMax?: number;
}

/** What a field shows: what was written, else what the chart gives, else nothing. */
export function shownValue(field: Field, written: Values, prefilled: Values): Value {
  const value = written[field.name] ?? prefilled[field.name];
  if (value !== undefined && value !== null) return value;
  if (field.type === 'flag') return false;
  return field.type === 'rows' ? [] : '';
}

const empty = (value: Value | undefined): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What is sent: what differs from the chart. A field that was emptied is sent as empty only where the chart says something. */
export function sentValues(written: Values, prefilled: Values): Values {
  return Object.fromEntries(
    Object.entries(written)
      .map(([name, value]) => [name, Array.isArray(value) ? value.filter((row) => Object.values(row).some((cell) => cell !== '' && cell !== false)) : value] as const)
      .filter(([name, value]) => !(empty(value) && empty(prefilled[name]))),
  );
}

/** The fields that a missing item or a refusal is about: `values.items[2].dose` is the field `items`. */
export const fieldOf = (code: string): string | null => /^values\.([A-Za-z]+)/.exec(code)?.[1] ?? null;

/** A row for a table of a field. */
export const newRow = (field: Field): Row => Object.fromEntries((field.columns ?? []).map((column) => [column.name, column.type === 'flag' ? false : '']));
