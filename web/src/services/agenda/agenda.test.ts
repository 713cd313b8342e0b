import { describe, expect, it } from 'vitest';
import { atClinic } from '../../datatypes/Date/clinic';
import { byDay, placedOn, type Entry } from './agenda.resource';

const entry = (id: string, day: string, from: number, until: number, status = 'booked') => ({ id, status, start: new Date(atClinic(day, from)).toISOString(), end: new Date(atClinic(day, until)).toISOString() }) as Entry;

describe('the week', () => {
  it('puts an entry on the day of the clinic, in the order of the hours', () => {
    const [monday, tuesday] = byDay([entry('late', '2026-11-23', 1430, 1435), entry('b', '2026-11-24', 600, 620), entry('a', '2026-11-24', 480, 500), entry('x', '2026-11-24', 700, 720, 'cancelled')], ['2026-11-23', '2026-11-24']);
    expect(monday?.entries.map(({ id }) => id)).toEqual(['late']);
    expect(tuesday?.entries.map(({ id }) => id)).toEqual(['a', 'b']);
  });
  it.each(['2026-03-29', '2026-10-25', '2026-11-23'])('draws eight o’clock where it is, on %s', (day) => {
    const [one] = placedOn(day, [entry('a', day, 480, 540)]);
    expect(one?.top).toBeCloseTo(100 / 13);
    expect(one?.height).toBeCloseTo(100 / 13);
  });
  it('puts side by side what overlaps, and only that', () => {
    const day = '2026-11-23';
    const placed = placedOn(day, [entry('a', day, 480, 540), entry('b', day, 500, 520), entry('c', day, 540, 600)]);
    expect(placed.map(({ column, columns }) => `${column}/${columns}`)).toEqual(['0/2', '1/2', '0/1']);
  });
});
