import { describe, expect, it } from 'vitest';
import { faultsOf } from './check';
import { clockOf, isClock, lasting, lastInstantAt, minutesBetween } from './clock';

const NOW = new Date('2026-11-23T09:05:40Z'); // 10:05 in Paris

describe('the hour of an entry', () => {
  it('is the last one that the clinic’s clock showed', () => {
    expect(clockOf(NOW)).toBe('10:05');
    expect(lastInstantAt('09:50', NOW)?.toISOString()).toBe('2026-11-23T08:50:00.000Z');
    expect(lastInstantAt('10:05', NOW)?.toISOString()).toBe('2026-11-23T09:05:00.000Z');
    expect(lastInstantAt('23:30', NOW)?.toISOString()).toBe('2026-11-22T22:30:00.000Z');
  });

  it('is typed with a colon, an h or nothing', () => {
    for (const typed of ['9:50', '09:50', '9h50', '09 h 50', '0950', '950']) expect(lastInstantAt(typed, NOW)?.toISOString(), typed).toBe('2026-11-23T08:50:00.000Z');
  });

  it('is never after now', () => {
    for (let minute = 0; minute < 24 * 60; minute += 7) {
      const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const found = lastInstantAt(clock, NOW);
      expect(found && found <= NOW && clockOf(found) === clock, clock).toBe(true);
    }
  });

  it('is refused when no day has it', () => {
    for (const wrong of ['24:00', '12:60', '9h', '95', '']) expect(isClock(wrong), wrong).toBe(false);
  });

  it('minutes run in whole ones, and read as hours beyond sixty', () => {
    expect(minutesBetween('2026-11-23T08:03:41Z', NOW.getTime())).toBe(61);
    expect(minutesBetween('2026-11-23T10:00:00Z', NOW.getTime())).toBe(0);
    expect([lasting(59), lasting(62)]).toEqual(['59\u202fmin', '1\u202fh\u202f02']);
  });
});

describe('a form', () => {
  const fields = [{ name: 'site', type: 'choice' as const, required: true }, { name: 'pressure', type: 'integer' as const, min: 50, max: 600 }];
  it('says what is missing and what cannot be', () => {
    expect(faultsOf(fields, {})).toEqual({ site: 'missing' });
    expect(faultsOf(fields, { site: 'right-leg', pressure: 30 })).toEqual({ pressure: 'bounds' });
    expect(faultsOf(fields, { site: 'right-leg', pressure: '3x' })).toEqual({ pressure: 'number' });
    expect(faultsOf(fields, { site: 'right-leg', pressure: 300 })).toEqual({});
  });
});
