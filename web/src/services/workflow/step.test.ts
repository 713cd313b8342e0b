import { expect, test } from 'vitest';
import { joined, nextOf, placeOf, type Step } from './step.resource';

const step = (id: string, opens?: Step['opens']): Step => ({ id, version: 1, workflow: 'w', template: 'surgery-approval', step: 's', title: 'S', state: 'ready', risk: 'none', reach: 'owner', case: 'c1', patient: 'p1', roles: [], mine: false, after: [], may: [], automatic: false, opens });

test('a step opens where it is done', () => {
  expect(placeOf(step('a', { kind: 'chart', id: 'p1' }))).toBe('/patients/p1');
  expect(placeOf(step('a', { kind: 'documents', id: 'c1' }))).toBe('/surgeries/c1/documents');
  expect(placeOf(step('a', { kind: 'theatre', id: 'c1' }))).toBe('/theatre');
  expect(placeOf(step('a'))).toBe('/patients/p1');
});

test('after a step that is done comes the next, at the end the one before', () => {
  const steps = [step('a'), step('b'), step('c')];
  expect(nextOf(steps, 'b')).toBe('c');
  expect(nextOf(steps, 'c')).toBe('b');
  expect(nextOf([step('a')], 'a')).toBe(null);
});

test('a step on two pages stands once, at its first place', () => {
  const pages = [{ items: [step('a'), step('b')], total: 4 }, { items: [step('b'), step('c')], total: 4 }];
  const { items, total } = joined(pages);
  expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(total).toBe(4);
});
