import { describe, expect, it } from 'vitest';
import type { Entry, Values } from '../core/entry.resource';
import { differences, expectedOf } from './counts';
import { shownFields } from './kinds';

const count = (values: Values, status: Entry['status'] = 'final'): Entry => ({ id: String(Math.round(Number(values['swabs']))), version: 1, kind: 'count', time: '2026-11-23T08:00:00Z', values, status });

describe('counts', () => {
  it('what must be there is what was counted before, and what was added', () => {
    const entries = [count({ phase: 'before', swabs: 20, needles: 4, instruments: 32 }), count({ phase: 'added', swabs: 10 }), count({ phase: 'closing', swabs: 29, needles: 4, instruments: 32 })];
    expect(expectedOf(entries)).toEqual({ swabs: 30, needles: 4, instruments: 32, other: 0 });
  });

  it('a struck count does not count', () => {
    expect(expectedOf([count({ phase: 'before', swabs: 20 }), count({ phase: 'added', swabs: 10 }, 'struck')]).swabs).toBe(20);
  });

  it('tells what is missing and what is too many', () => {
    expect(differences({ swabs: 20, needles: 4 }, { swabs: 19, needles: 5 }, false)).toEqual([{ thing: 'swabs', expected: 20, found: 19, by: -1 }, { thing: 'needles', expected: 4, found: 5, by: 1 }]);
    expect(differences({ swabs: 20 }, { swabs: 20 }, true)).toEqual([]);
  });

  it('what is not typed yet is missing only once all is typed', () => {
    expect(differences({ swabs: 20, needles: 4 }, { swabs: 20 }, false)).toEqual([]);
    expect(differences({ swabs: 20, needles: 4 }, { swabs: 20 }, true)).toEqual([{ thing: 'needles', expected: 4, found: 0, by: -4 }]);
  });

  it('a decision is asked for only where an end count differs', () => {
    const kind = { kind: 'count', fields: ['phase', 'swabs', 'decision', 'decisionNote'].map((name) => ({ name, type: 'text' as const })) };
    const names = (values: Values) => shownFields(kind, { swabs: 20 })(values).map(({ name }) => name);
    expect(names({ phase: 'final', swabs: 19 })).toEqual(['phase', 'swabs', 'decision', 'decisionNote']);
    expect(names({ phase: 'final', swabs: 20 })).toEqual(['phase', 'swabs']);
    expect(names({ phase: 'added', swabs: 5 })).toEqual(['phase', 'swabs']);
  });
});
