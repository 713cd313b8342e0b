// What a form can say before it asks the server: what is missing, and what is no number.
import { num, type Field, type Values } from './entry.resource';

export type Fault = 'missing' | 'number' | 'bounds';

export function faultsOf(fields: Field[], values: Values): Record<string, Fault> {
  const faults: Record<string, Fault> = {};
  for (const field of fields) {
    const value = values[field.name];
    const blank = value === undefined || value === null || value === '';
    if (blank) {
      if (field.required) faults[field.name] = 'missing';
      continue;
    }
    if (field.type !== 'integer' && field.type !== 'decimal') continue;
    const number = num(value);
    if (number === null || (field.type === 'integer' && !Number.isInteger(number))) faults[field.name] = 'number';
    else if ((field.min !== undefined && number < field.min) || (field.max !== undefined && number > field.max)) faults[field.name] = 'bounds';
  }
  return faults;
}

/** Numbers as numbers, once nothing is wrong with them. */
export const asNumbers = (fields: Field[], values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => {
    const field = fields.find((one) => one.name === name);
    return [name, field?.type === 'integer' || field?.type === 'decimal' ? num(value) : value];
  }));
