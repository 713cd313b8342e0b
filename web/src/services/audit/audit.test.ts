import { describe, expect, it } from 'vitest';
import { NO_FILTER, auditQuery, auditRow, shortQuery } from './audit.resource';

describe('the access log', () => {
  it('reads who, what and whose record', () => {
    const row = auditRow({
      resourceType: 'AuditEvent', id: '7', action: 'R', outcome: '0', recorded: '2026-11-22T10:00:00Z',
      subtype: [{ code: 'read' }],
      agent: [{ requestor: false, name: 'relay' }, { requestor: true, name: 'claire.durand' }],
      entity: [{ what: { reference: 'Patient/p1' } }, { what: { reference: 'Observation/o1/_history/2' } }],
    });
    expect(row).toMatchObject({ who: 'claire.durand', what: 'Observation/o1', patientIds: ['p1'], query: '', interaction: 'read' });
  });
  it('says what was searched, in short', () => {
    expect(shortQuery('Observation?patient=p1&category=laboratory&_sort=-date&_count=50', ['p1'])).toBe('Observation?category=laboratory');
    expect(shortQuery('Condition?patient=Patient/p1&_count=50', ['p1'])).toBe('Condition');
    expect(shortQuery('Patient?_id=p1&_count=1', ['p1'])).toBe('Patient?_id=p1');
  });
  it('asks only for what is filtered', () => {
    expect(auditQuery({ ...NO_FILTER, action: 'R', from: '2026-11-01', to: '2026-11-22' })).toMatchObject({ action: 'R', date: ['ge2026-11-01', 'le2026-11-22'], outcome: undefined, _count: '50' });
  });
});
