import { describe, expect, it } from 'vitest';
import { heldOn, hoursFit } from './blocks.resource';

const monday = { weekday: 1, starts: null, ends: null };

describe('a vacation', () => {
  it('is held on its weekday, by the parity of the ISO week', () => {
    expect(heldOn({ ...monday, weeks: 'all' }, '2026-11-24')).toBe(false);
    expect(heldOn({ ...monday, weeks: 'even' }, '2026-11-23')).toBe(true);
    expect(heldOn({ ...monday, weeks: 'odd' }, '2026-11-23')).toBe(false);
  });
  it('meets two odd weeks in a row at the end of a year of 53 weeks', () => {
    expect([heldOn({ ...monday, weeks: 'odd' }, '2026-12-28'), heldOn({ ...monday, weeks: 'odd' }, '2027-01-04')]).toEqual([true, true]);
  });
  it('begins and ends', () => {
    expect(heldOn({ ...monday, weeks: 'all', starts: '2026-11-24' }, '2026-11-23')).toBe(false);
    expect(heldOn({ ...monday, weeks: 'all', ends: '2026-11-22' }, '2026-11-23')).toBe(false);
  });
  it('has hours in their order', () => {
    expect([hoursFit('08:00', '13:00'), hoursFit('13:00', '08:00'), hoursFit('08:00', '08:00'), hoursFit('', '08:00')]).toEqual([true, false, false, false]);
  });
});
