// A dose and a rate as they are read: no trailing zero, micrograms and units in full, never without a unit.
import { formatNumber } from '../../../datatypes/Quantity/number';
import type { Language } from '../../../datatypes/Date/format';
import { num, type Values } from '../core/entry.resource';
import { unitWord } from '../core/words.resource';

export function doseText(values: Values, language: Language): string {
  const [dose, rate] = [num(values['dose']), num(values['rate'])];
  const of = (amount: number, unit: unknown) => `${formatNumber(amount, language, true)}\u202f${unitWord(String(unit ?? ''))}`;
  if (values['mode'] === 'infusion' && rate !== null) return of(rate, values['rateUnit']);
  return dose === null ? '' : of(dose, values['unit']);
}
