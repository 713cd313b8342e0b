import { describe, expect, it } from 'vitest';
import { incidentView, isRunning, remaining } from './watch.resource';

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
});
