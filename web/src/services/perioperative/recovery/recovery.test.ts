import { describe, expect, it } from 'vitest';
import { isAgainst, mostOf, scoresOf, sumOf, type Scale, type Score } from './recovery.resource';

const CODES = ['activity', 'respiration', 'circulation', 'consciousness', 'saturation'];
const ALDRETE: Scale = { scale: 'aldrete', fit: 9, items: CODES.map((code) => ({ code, label: code, choices: [0, 1, 2].map((value) => ({ value, label: '' })) })) };
const all = (value: number) => Object.fromEntries(CODES.map((code) => [code, value]));

describe('a score', () => {
  it('is the sum of its items', () => {
    expect(mostOf(ALDRETE)).toBe(10);
    expect(sumOf(ALDRETE, all(2))).toEqual({ total: 10, whole: true, fit: true });
    expect(sumOf(ALDRETE, { ...all(2), activity: 1 })).toEqual({ total: 9, whole: true, fit: true });
    expect(sumOf(ALDRETE, { ...all(2), activity: 0 })).toEqual({ total: 8, whole: true, fit: false });
  });

  it('with a gap is none: zero is an answer, silence is not', () => {
    expect(sumOf(ALDRETE, all(0)).whole).toBe(true);
    const { saturation: _, ...rest } = all(2);
    expect(sumOf(ALDRETE, rest)).toEqual({ total: 8, whole: false, fit: false });
  });

  it('of the recovery room decides on the ward, PADSS on going home, none on intensive care', () => {
    const criteria = [{ code: 'aldrete', met: true, text: '' }, { code: 'padss', met: false, text: '' }];
    expect(['ward', 'ambulatory', 'home', 'intensive-care'].map((to) => isAgainst({ criteria }, to))).toEqual([false, false, true, false]);
    expect(['ward', 'home', 'intensive-care'].map((to) => isAgainst({ criteria: [] }, to))).toEqual([true, true, false]);
  });

  it('struck ones and those of the other scale are left out, oldest first', () => {
    const score = (id: string, time: string, scale: Score['scale'], status = 'final'): Score => ({ id, time, scale, items: {}, total: 9, fit: true, status });
    const rows = [score('b', '2026-11-23T10:00:00Z', 'aldrete'), score('a', '2026-11-23T09:00:00Z', 'aldrete'), score('c', '2026-11-23T08:00:00Z', 'aldrete', 'struck'), score('d', '2026-11-23T08:00:00Z', 'padss')];
    expect(scoresOf(rows, 'aldrete').map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
