import { describe, expect, it } from 'vitest';
import { news2Score } from '../../datatypes/Observation/news2-score';
import { readDate, typedDate } from './partial-date.resource';
import { fhirText } from './write.resource';

const calm = { respiration: 16, saturation: 97, oxygen: false, systolic: 120, pulse: 70, alert: true, temperature: 37 };
const points = (name: 'respiration' | 'saturation' | 'systolic' | 'pulse' | 'temperature', value: number, more = {}, scale: 1 | 2 = 1) => news2Score({ ...calm, ...more, [name]: value }, scale).points[name];

describe('NEWS2', () => {
  it('gives the points of the published table at each edge', () => {
    const table = {
      respiration: [[8, 3], [9, 1], [11, 1], [12, 0], [20, 0], [21, 2], [24, 2], [25, 3]],
      saturation: [[91, 3], [92, 2], [93, 2], [94, 1], [95, 1], [96, 0], [100, 0]],
      systolic: [[90, 3], [91, 2], [100, 2], [101, 1], [110, 1], [111, 0], [219, 0], [220, 3]],
      pulse: [[40, 3], [41, 1], [50, 1], [51, 0], [90, 0], [91, 1], [110, 1], [111, 2], [130, 2], [131, 3]],
      temperature: [[35, 3], [35.1, 1], [36, 1], [36.1, 0], [38, 0], [38.1, 1], [39, 1], [39.1, 2]],
    } as const;
    for (const [name, rows] of Object.entries(table)) {
      for (const [value, expected] of rows) expect(points(name as 'pulse', value), `${name} ${value}`).toBe(expected);
    }
  });
  it('knows the second scale of saturation, with and without oxygen', () => {
    const air = [[83, 3], [84, 2], [85, 2], [86, 1], [87, 1], [88, 0], [92, 0], [93, 0], [100, 0]] as const;
    for (const [value, expected] of air) expect(points('saturation', value, {}, 2), `air ${value}`).toBe(expected);
    const oxygen = [[83, 3], [88, 0], [92, 0], [93, 1], [94, 1], [95, 2], [96, 2], [97, 3]] as const;
    for (const [value, expected] of oxygen) expect(points('saturation', value, { oxygen: true }, 2), `oxygen ${value}`).toBe(expected);
    expect(points('saturation', 95, { oxygen: null }, 2)).toBeNull();
  });
  it('adds up to a risk, and a single three is not a low one', () => {
    expect(news2Score(calm, 1)).toMatchObject({ total: 0, risk: 'low' });
    expect(news2Score({ ...calm, alert: false }, 1)).toMatchObject({ total: 3, risk: 'lowMedium' });
    expect(news2Score({ ...calm, oxygen: true, alert: false }, 1)).toMatchObject({ total: 5, risk: 'medium' });
    expect(news2Score({ ...calm, oxygen: true, alert: false, pulse: 111 }, 1)).toMatchObject({ total: 7, risk: 'high' });
  });
  it('never guesses what is missing', () => {
    const score = news2Score({ ...calm, temperature: null, oxygen: undefined, pulse: 140 }, 1);
    expect(score).toMatchObject({ total: null, known: 3, risk: null, missing: ['oxygen', 'temperature'] });
  });
});

describe('a typed date', () => {
  const today = '2026-11-22';
  it('is as precise as what is known', () => {
    expect(readDate('2019', today)).toEqual({ date: '2019' });
    expect(readDate('3/2019', today)).toEqual({ date: '2019-03' });
    expect(readDate('1.3.2019', today)).toEqual({ date: '2019-03-01' });
    expect(readDate(' ', today)).toBeNull();
    for (const date of ['2019', '2019-03', '2019-03-12']) expect(readDate(typedDate(date), today)).toEqual({ date });
  });
  it('exists, and is not in the future', () => {
    expect(readDate('31/02/2019', today)).toEqual({ fault: 'shape' });
    expect(readDate('hier', today)).toEqual({ fault: 'shape' });
    expect(readDate('2027', today)).toEqual({ fault: 'future' });
    expect(readDate('2026', today)).toEqual({ date: '2026' });
    expect(readDate('23/11/2026', today)).toEqual({ fault: 'future' });
    expect(readDate('23/11/2026', today, true)).toEqual({ date: '2026-11-23' });
    expect(readDate('1720', today)).toEqual({ fault: 'old' });
  });
});

describe('what is written back', () => {
  it('keeps the last zero of a quantity, and no other text becomes a number', () => {
    expect(fhirText({ valueQuantity: { value: '1.10', unit: 'g' }, identifier: [{ system: 'x', value: '1.10' }], valueString: '1.10' })).toBe(
      '{"valueQuantity":{"value":1.10,"unit":"g"},"identifier":[{"system":"x","value":"1.10"}],"valueString":"1.10"}',
    );
  });
});
