// What must be on the table at the end: what was counted before, and what was added since.
import { num, type Entry, type Values } from '../core/entry.resource';

export const COUNTED = ['swabs', 'needles', 'instruments', 'other'] as const;
export type Thing = (typeof COUNTED)[number];
export type Counted = Partial<Record<Thing, number | null>>;

export interface Difference { thing: Thing; expected: number; found: number; by: number }

/** The sum of the counts before the incision and of what was added; struck entries do not count. */
export function expectedOf(entries: Entry[]): Record<Thing, number> {
  const sum: Record<Thing, number> = { swabs: 0, needles: 0, instruments: 0, other: 0 };
  for (const { kind, status, values } of entries) {
    if (kind !== 'count' || status === 'struck' || (values['phase'] !== 'before' && values['phase'] !== 'added')) continue;
    for (const thing of COUNTED) sum[thing] += num(values[thing]) ?? 0;
  }
  return sum;
}

/** Where a count of the end differs; what was not counted yet is not told as missing until all is typed. */
export function differences(expected: Counted, found: Values, whole: boolean): Difference[] {
  return COUNTED.flatMap((thing) => {
    const [must, is] = [num(expected[thing]) ?? 0, num(found[thing])];
    if (is === null && !(whole && must > 0)) return [];
    const by = (is ?? 0) - must;
    return by === 0 ? [] : [{ thing, expected: must, found: is ?? 0, by }];
  });
}

export const isEnd = (phase: unknown): boolean => phase === 'closing' || phase === 'final';
