import { describe, expect, it } from 'vitest';
import type { Observation } from '../../fhir/types';
import { firstDay, type DayRow } from './day.resource';
import { byPress, taskLine } from './tasks.resource';
import { vitalsOf } from './ward.resource';

const row = (start: string, status = 'booked'): DayRow => ({ id: start, start, title: '', who: [], status, person: null });

describe('the programme', () => {
  it('is the first day in clinic time that has appointments not cancelled', () => {
    const programme = firstDay([row('2026-11-22T09:00:00Z', 'cancelled'), row('2026-11-22T23:30:00Z'), row('2026-11-23T08:00:00Z'), row('2026-11-24T08:00:00Z')], true);
    expect(programme).toMatchObject({ day: '2026-11-23', more: false });
    expect(programme?.rows).toHaveLength(2);
  });
  it('is none when nothing is to come', () => expect(firstDay([], true)).toBeNull());
});

describe('tasks', () => {
  it('put the urgent first, then what is due first', () => {
    const task = (id: string, priority?: string, end?: string) => taskLine({ resourceType: 'Task', id, priority, restriction: { period: { end } } }, null);
    const lines = [task('never'), task('late', undefined, '2026-11-24'), task('soon', undefined, '2026-11-23'), task('urgent', 'stat')];
    expect(lines.sort(byPress).map((line) => line.id)).toEqual(['urgent', 'soon', 'late', 'never']);
  });
});

describe('vital signs on the ward', () => {
  const pulse = (value: number, status = 'final'): Observation => ({
    resourceType: 'Observation',
    status,
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    effectiveDateTime: '2026-11-22T08:00:00Z',
    valueQuantity: { value, unit: '/min' },
  });
  it('are the newest of each, without what was entered in error; children have no score', () => {
    const vitals = vitalsOf([pulse(140, 'entered-in-error'), pulse(80), pulse(120)], true, 'fr');
    expect(vitals.readings).toHaveLength(1);
    expect(vitals.readings[0]?.text).toContain('80');
    expect(vitals.news?.missing).toHaveLength(6);
    expect(vitalsOf([pulse(80)], false, 'fr').news).toBeNull();
  });
});
