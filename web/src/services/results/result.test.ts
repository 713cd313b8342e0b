import { describe, expect, it } from 'vitest';
import { localRange, localValue, standingOut, type Value } from './result.resource';
import { settingsBody, settingsOf, wrongLimits } from './settings.resource';

const value = (name: string, flag: Value['flag']): Value => ({ observation: name, name, value: '1', flag });

it('numbers are read as the clinic writes them, with the digits they were given', () => {
  expect([localValue('6.80', 'fr'), localValue('< 0.5', 'fr'), localValue('positif', 'fr'), localValue('6.8', 'en')]).toEqual(['6,80', '< 0,5', 'positif', '6.8']);
  expect(localRange('3.5 - 5.1', 'fr')).toBe('3,5\u00a0–\u00a05,1');
});

it('a line of the list tells the worst values first', () => {
  expect(standingOut([value('Na', 'normal'), value('Hb', 'low'), value('K', 'critical')], 2).map(({ name }) => name)).toEqual(['K', 'Hb']);
});

describe('limits of the clinic', () => {
  const row = { code: '2823-3', title: 'Potassium', unit: 'mmol/L', low: 2.8, high: 6.2 };
  const settings = settingsOf({ limits: [row], minutes: { critical: 30, abnormal: 2880, normal: 10080 } });
  it('are written with a comma and sent as numbers', () => {
    expect(settings.limits[0]).toMatchObject({ low: '2,8', high: '6,2' });
    expect(settingsBody(settings)).toEqual({ limits: [row], minutes: { critical: 30, abnormal: 2880, normal: 10080 } });
  });
  it('have at least one bound, numbers, the low one below', () => {
    const wrong = (part: object) => wrongLimits({ ...settings, limits: settings.limits.map((one) => ({ ...one, ...part })) }).length;
    expect([wrong({}), wrong({ low: '' }), wrong({ low: '', high: ' ' }), wrong({ low: 'x' }), wrong({ low: '7' }), wrong({ code: '' })]).toEqual([0, 0, 1, 1, 1, 1]);
  });
});
