import { expect, it } from 'vitest';
import { matching, requestOf, withItems, type Orderable } from './order.resource';

const ITEMS: Orderable[] = [
  { kind: 'lab', code: '718-7', system: 'http://loinc.org', display: 'Hémoglobine' },
  { kind: 'imaging', display: 'Radiographie du genou droit' },
];

it('an examination is found by the beginnings of its words, accents apart', () => {
  expect(matching(ITEMS, 'hemo')).toEqual([ITEMS[0]]);
  expect(matching(ITEMS, 'genou rad')).toEqual([ITEMS[1]]);
  expect(matching(ITEMS, '')).toEqual([]);
});

it('nothing is asked for twice in one request', () => {
  const once = withItems([], ITEMS);
  expect(withItems(once, ITEMS)).toHaveLength(2);
});

it('an item has its own priority or that of the request; only a laboratory has a sample', () => {
  const [lab, image] = withItems([], ITEMS);
  const body = requestOf([{ ...lab!, priority: 'stat' }, image!], 'routine', ' bilan ', true, '2026-11-22T14:05:00Z');
  expect(body).toMatchObject({ items: [{ priority: 'stat', reason: 'bilan', collected: '2026-11-22T14:05:00Z' }, { priority: 'routine' }] });
  expect((body as { items: object[] }).items[1]).not.toHaveProperty('collected');
});
