import { describe, expect, it } from 'vitest';
import { refusalOf, refusalOfGroups } from './refusal.resource';

const open = { pending: false, denied: false };
const denied = { pending: false, denied: true };
const pending = { pending: true, denied: false };

describe('a chart', () => {
  it('is open while nothing is denied', () => {
    expect(refusalOf([])).toBe('none');
    expect(refusalOf([open, pending])).toBe('none');
  });

  it('is closed in part, or wholly once everything asked was denied', () => {
    expect(refusalOf([open, denied])).toBe('part');
    expect(refusalOf([denied, pending])).toBe('part');
    expect(refusalOf([denied, denied])).toBe('whole');
  });

  it('is closed as the server tells it', () => {
    expect(refusalOfGroups(['identity', 'schedule'])).toBe('whole');
    expect(refusalOfGroups(['identity', 'summary'])).toBe('part');
    expect(refusalOfGroups(['identity', 'summary', 'clinical'])).toBe('none');
  });
});
