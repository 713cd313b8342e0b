import { describe, expect, it } from 'vitest';
import type { Change } from '../../fhir/live';
import { chartOf, isStale } from './stale.resource';

const change = (patient: string | null, type = 'Observation'): Change => ({ t: 7, type, id: 'x', patient, op: 'update' });

describe('what a change makes stale', () => {
  it('is the list of its type, and no other', () => {
    expect(isStale(['fhir', 'Appointment', 'programme'], change('p1', 'Appointment'), null)).toBe(true);
    expect(isStale(['fhir', 'Encounter', 'in-progress'], change('p1', 'Appointment'), null)).toBe(false);
    expect(isStale(['me'], change('p1'), null)).toBe(false);
  });

  it('is the chart of its patient, and not the chart of another that is open', () => {
    expect(isStale(['fhir', 'Observation', 'p1', 'vitals'], change('p1'), 'p1')).toBe(true);
    expect(isStale(['fhir', 'Observation', 'p2', 'vitals'], change('p1'), 'p2')).toBe(false);
    expect(isStale(['fhir', 'Patient', 'ids', 'p2,p1'], change('p1', 'Patient'), 'p2')).toBe(true);
  });

  it('is every work list that may hold it', () => {
    expect(isStale(['results', 'inbox', 'mine'], change('p1', 'Task'), null)).toBe(true);
    expect(isStale(['results', 'inbox', 'mine'], change('p1', 'Patient'), null)).toBe(false);
  });
});

describe('the open chart', () => {
  it('is read from the address', () => {
    expect(chartOf('/patients/abc/labs')).toBe('abc');
    expect(chartOf('/patients/nouveau')).toBeNull();
    expect(chartOf('/patients')).toBeNull();
  });
});
