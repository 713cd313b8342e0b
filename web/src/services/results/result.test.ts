import { expect, it } from 'vitest';
import { localRange, localValue, standingOut, type Value } from './result.resource';

const value = (name: string, flag: Value['flag']): Value => ({ observation: name, name, value: '1', flag });

it('numbers are read as the clinic writes them, with the digits they were given', () => {
  expect([localValue('6.80', 'fr'), localValue('< 0.5', 'fr'), localValue('positif', 'fr'), localValue('6.8', 'en')]).toEqual(['6,80', '< 0,5', 'positif', '6.8']);
  expect(localRange('3.5 - 5.1', 'fr')).toBe('3,5\u00a0–\u00a05,1');
});

it('a line of the list tells the worst values first', () => {
  expect(standingOut([value('Na', 'normal'), value('Hb', 'low'), value('K', 'critical')], 2).map(({ name }) => name)).toEqual(['K', 'Hb']);
});
