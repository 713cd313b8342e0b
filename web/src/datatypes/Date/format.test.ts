import { describe, expect, it } from 'vitest';
import { ageOn } from './age';
import { clinicDay, formatDate, formatDateTime, formatTime } from './format';

const NB = '\u00a0';
const NARROW = '\u202f';

describe('dates', () => {
  it('are as precise as what was recorded', () => {
    expect(formatDate('2026-11-23', 'fr')).toBe(`23${NB}nov.${NB}2026`);
    expect(formatDate('2019-03', 'fr')).toBe(`mars${NB}2019`);
    expect(formatDate('2019', 'fr')).toBe('2019');
    expect(formatDate('2026-05-01', 'fr')).toBe(`1er${NB}mai${NB}2026`);
    expect(formatDate('2026-05-11', 'fr')).toBe(`11${NB}mai${NB}2026`);
  });
  it('follow the language, month in letters', () => {
    expect(formatDate('2026-11-23', 'en')).toBe(`23${NB}Nov${NB}2026`);
    expect(formatDate('2026-11-23', 'de')).toBe(`23.${NB}Nov.${NB}2026`);
    expect(formatDate('2026-11-23', 'fr', true)).toBe(`lundi${NB}23${NB}novembre${NB}2026`);
  });
  it('are told in the time of the clinic, over the change of hour and of day', () => {
    expect(formatDateTime('2026-11-23T13:05:00Z', 'fr')).toBe(`23${NB}nov.${NB}2026, 14${NARROW}h${NARROW}05`);
    expect(formatDateTime('2026-07-01T22:30:00Z', 'fr')).toBe(`2${NB}juil.${NB}2026, 00${NARROW}h${NARROW}30`);
    expect(formatTime('2026-11-23T13:05:00Z', 'en')).toBe('14:05');
    expect(clinicDay(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01');
  });
  it('say nothing rather than something wrong', () => {
    expect(formatDate(undefined, 'fr')).toBeNull();
    expect(formatDate('soon', 'fr')).toBeNull();
    expect(formatTime('2026-11-23', 'fr')).toBeNull();
  });
});

describe('age', () => {
  it('is in days, then months, then years', () => {
    expect(ageOn('2026-11-10', '2026-11-22')).toEqual({ count: 12, unit: 'day' });
    expect(ageOn('2024-08-30', '2026-11-22')).toEqual({ count: 26, unit: 'month' });
    expect(ageOn('1961-03-12', '2026-03-11')).toEqual({ count: 64, unit: 'year' });
    expect(ageOn('1961-03-12', '2026-03-12')).toEqual({ count: 65, unit: 'year' });
    expect(ageOn('2020-02-29', '2026-02-28')).toEqual({ count: 5, unit: 'year' });
  });
  it('is not guessed from a partial or a later date', () => {
    expect(ageOn('1990', '2026-11-22')).toBeNull();
    expect(ageOn('2027-01-01', '2026-11-22')).toBeNull();
    expect(ageOn(undefined, '2026-11-22')).toBeNull();
  });
});
