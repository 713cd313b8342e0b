import { describe, expect, it } from 'vitest';
import type { Observation } from '../../fhir/types';
import { news2 } from './news2';

const AT = '2026-11-22T08:00:00Z';
const coded = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const measure = (code: string, value: number, at = AT): Observation => ({ resourceType: 'Observation', status: 'final', code: coded(code), effectiveDateTime: at, valueQuantity: { value } });
const pressure = (systolic: number): Observation => ({ resourceType: 'Observation', status: 'final', code: coded('85354-9'), effectiveDateTime: AT, component: [{ code: coded('8480-6'), valueQuantity: { value: systolic } }] });
const awake = (answer: string): Observation => ({ resourceType: 'Observation', status: 'final', code: coded('67775-7'), effectiveDateTime: AT, valueCodeableConcept: { coding: [{ code: answer }] } });

const calm = [measure('9279-1', 16), measure('2708-6', 98), measure('3151-8', 0), pressure(120), measure('8867-4', 70), awake('LA9340-6'), measure('8310-5', 37)];

describe('NEWS2', () => {
  it('is zero for somebody who is well, with nothing missing', () => {
    expect(news2(calm)).toMatchObject({ score: 0, missing: [], level: 'low' });
  });

  it.each([
    ['9279-1', [[8, 3], [9, 1], [11, 1], [12, 0], [20, 0], [21, 2], [24, 2], [25, 3]]],
    ['2708-6', [[91, 3], [92, 2], [93, 2], [94, 1], [95, 1], [96, 0]]],
    ['8867-4', [[40, 3], [41, 1], [50, 1], [51, 0], [90, 0], [91, 1], [110, 1], [111, 2], [130, 2], [131, 3]]],
    ['8310-5', [[35, 3], [35.1, 1], [36, 1], [36.1, 0], [38, 0], [38.1, 1], [39, 1], [39.1, 2]]],
  ] as [string, [number, number][]][])('scores %s by the chart, at every edge', (code, edges) => {
    for (const [value, points] of edges) expect(news2([measure(code, value)])?.score, String(value)).toBe(points);
  });

  it('scores the systolic pressure, oxygen and a clouded mind', () => {
    for (const [value, points] of [[90, 3], [91, 2], [100, 2], [101, 1], [110, 1], [111, 0], [219, 0], [220, 3]] as const) expect(news2([pressure(value)])?.score).toBe(points);
    expect(news2([measure('3151-8', 2)])?.score).toBe(2);
    expect(news2([measure('3150-6', 21)])?.score).toBe(0);
    expect(news2([awake('LA17108-4')])?.score).toBe(3);
  });

  it('says what is missing, and is nothing where nothing is known', () => {
    expect(news2([measure('8867-4', 120)])).toMatchObject({ score: 2, level: 'low' });
    expect(news2([measure('8867-4', 120)])?.missing).toContain('consciousness');
    expect(news2([])).toBeNull();
  });

  it('answers a single three and the sums of five and seven', () => {
    expect(news2([measure('9279-1', 25)])?.level).toBe('single');
    expect(news2([measure('9279-1', 25), measure('8867-4', 120)])?.level).toBe('medium');
    expect(news2([measure('9279-1', 25), measure('8867-4', 131), measure('2708-6', 95)])?.level).toBe('high');
  });

  it('takes the newest measure, leaves out what was entered in error, and no Fahrenheit', () => {
    expect(news2([measure('8867-4', 120, '2026-11-22T09:00:00+01:00'), measure('8867-4', 70, '2026-11-22T08:30:00Z')])?.score).toBe(0);
    expect(news2([{ ...measure('8867-4', 140), status: 'entered-in-error' }])).toBeNull();
    expect(news2([{ ...measure('8310-5', 99), valueQuantity: { value: 99, code: '[degF]' } }])).toBeNull();
  });
});
