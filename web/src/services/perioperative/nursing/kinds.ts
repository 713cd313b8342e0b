// Which fields of a form are shown now: what does not apply is not asked.
import type { Field, Kind, Values } from '../core/entry.resource';
import { differences, isEnd, type Counted } from './counts';

const DECISION = new Set(['decision', 'decisionNote']);

export function shownFields(kind: Kind, expected: Counted): (values: Values) => Field[] {
  return (values) => kind.fields.flatMap((field) => {
    if (kind.kind === 'count' && DECISION.has(field.name)) return isEnd(values['phase']) && differences(expected, values, false).length ? [{ ...field, required: true }] : [];
    if (kind.kind === 'tourniquet' && field.name === 'pressure') return values['action'] === 'off' ? [] : [{ ...field, required: true }];
    return [field];
  });
}
