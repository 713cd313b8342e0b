import { describe, expect, it } from 'vitest';
import { MINUTE, addDays, addMonths, atClinic, clockMinutes, clockText, daysFrom, isoWeek, localText, minutesOfDay, mondayOf, snap, weekdayOf } from './clinic';

const iso = (instant: number) => new Date(instant).toISOString();

describe('clinic time', () => {
  it('follows winter and summer', () => {
    expect(iso(atClinic('2026-11-23', 8 * 60))).toBe('2026-11-23T07:00:00.000Z');
    expect(iso(atClinic('2026-07-01', 8 * 60))).toBe('2026-07-01T06:00:00.000Z');
  });
  it('holds on the days that change the hour', () => {
    expect(iso(atClinic('2026-03-29', 0))).toBe('2026-03-28T23:00:00.000Z');
    expect(iso(atClinic('2026-03-29', 8 * 60))).toBe('2026-03-29T06:00:00.000Z');
    expect(iso(atClinic('2026-10-25', 8 * 60))).toBe('2026-10-25T07:00:00.000Z');
    expect((atClinic('2026-03-30', 0) - atClinic('2026-03-29', 0)) / MINUTE).toBe(23 * 60);
    expect((atClinic('2026-10-26', 0) - atClinic('2026-10-25', 0)) / MINUTE).toBe(25 * 60);
  });
  it('takes the hour after a skipped one, and the first of a doubled one', () => {
    expect(iso(atClinic('2026-03-29', 150))).toBe('2026-03-29T01:30:00.000Z');
    expect(iso(atClinic('2026-10-25', 150))).toBe('2026-10-25T00:30:00.000Z');
  });
  it('gives back the wall clock on every day of two years', () => {
    for (const day of daysFrom('2026-01-01', '2027-12-31'))
      for (const minutes of [0, 245, 480, 1439]) {
        expect(minutesOfDay(atClinic(day, minutes)), `${day} ${minutes}`).toBe(minutes);
        expect(localText(atClinic(day, minutes)).slice(0, 10)).toBe(day);
      }
  });
});

describe('days and weeks', () => {
  it('cross months, years and leap days', () => {
    expect(addDays('2027-12-31', 1)).toBe('2028-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(daysFrom('2026-03-28', '2026-03-30')).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
    expect(addMonths('2026-01-31', -1)).toBe('2025-12-01');
  });
  it('begin on Monday and are numbered by ISO 8601', () => {
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(weekdayOf('2026-11-29')).toBe(7);
    expect([isoWeek('2026-01-01'), isoWeek('2026-12-31'), isoWeek('2027-01-03'), isoWeek('2027-01-04')]).toEqual([1, 53, 53, 1]);
  });
});

describe('hours', () => {
  it('are read and written as a field of the page does', () => {
    expect(clockMinutes('08:30')).toBe(510);
    expect(clockMinutes('24:00')).toBeNull();
    expect(clockMinutes('8h30')).toBeNull();
    expect(clockText(510)).toBe('08:30');
  });
  it('snap to five minutes', () => {
    expect(iso(snap(Date.parse('2026-11-23T07:02:29Z')))).toBe('2026-11-23T07:00:00.000Z');
    expect(iso(snap(Date.parse('2026-11-23T07:02:30Z')))).toBe('2026-11-23T07:05:00.000Z');
  });
});
