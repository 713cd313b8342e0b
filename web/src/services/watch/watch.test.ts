import { describe, expect, it } from 'vitest';
import { groupEvidence, incidentView, isRunning, remaining } from './watch.resource';

describe('an incident', () => {
  const incident = incidentView({ id: '1', opened: '2026-11-20T08:00:00Z' });
  it('has 72 hours from when it was opened', () => {
    expect(incident.deadline).toBe('2026-11-23T08:00:00.000Z');
    expect(remaining(incident.deadline, Date.parse('2026-11-22T18:29:30Z'))).toEqual({ late: false, hours: 13, minutes: 30 });
    expect(remaining(incident.deadline, Date.parse('2026-11-23T11:05:00Z'))).toEqual({ late: true, hours: 3, minutes: 5 });
    expect(remaining('soon', 0)).toBeNull();
  });
  it('stops its clock when the authority was told, or it is closed', () => {
    expect(isRunning(incident)).toBe(true);
    expect(isRunning(incidentView({ id: '1', notified_at: '2026-11-21T08:00:00Z' }))).toBe(false);
    expect(isRunning(incidentView({ id: '1', state: 'closed' }))).toBe(false);
  });
  it('tells evidence that repeats itself once', () => {
    const at = (minute: number) => `2026-11-20T08:0${minute}:00Z`;
    const one = { what: 'read Patient', who: 'paul' };
    expect(groupEvidence([{ at: at(2), ...one }, { at: at(1), ...one }, { at: at(3), what: 'copy', who: 'paul' }])).toEqual([
      { ...one, count: 2, from: at(1), to: at(2) },
      { what: 'copy', who: 'paul', count: 1, from: at(3), to: at(3) },
    ]);
  });
});
