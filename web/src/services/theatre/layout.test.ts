import { describe, expect, it } from 'vitest';
import { atClinic } from '../../datatypes/Date/clinic';
import { plainNumber, pressureOf, riskOf, type Booking, type RoomRow } from './board.resource';
import { axisOf, hoursLong, hoursOf, instantAt, linesOf, minutesTo, occupation, place, span, whisker } from './layout';

const iso = (instant: number) => new Date(instant).toISOString();
const at = (day: string, minutes: number) => iso(atClinic(day, minutes));
const room = (day: string, open: number, close: number): RoomRow => ({
  ref: 'Location/r',
  name: 'Salle 1',
  short: 'S1',
  facility: 'Location/s',
  days: [{ day, open: at(day, open), close: at(day, close), blocks: [], closures: [], occupied: 300, overtime: 0.1, end: null }],
});
const booking = (id: string, day: string, from: number, until: number) => ({ id, start: at(day, from), clean: at(day, until) }) as Booking;

describe('the axis of a day', () => {
  it('shows the usual hours, and what stands beyond them', () => {
    const day = '2026-11-23';
    expect(hoursLong(axisOf(day, [room(day, 480, 1080)], []))).toBe(12);
    const late = axisOf(day, [], [booking('a', day, 400, 1213)]);
    expect([iso(late.from), iso(late.until)]).toEqual([at(day, 360), at(day, 1260)]);
  });
  it.each(['2026-03-29', '2026-10-25'])('counts the hours that there are on %s', (day) => {
    const axis = axisOf(day, [], [booking('a', day, 30, 1410)]);
    expect([iso(axis.from), iso(axis.until)]).toEqual([at(day, 0), at(day, 1440)]);
    expect(hoursLong(axis)).toBe(day.includes('-03-') ? 23 : 25);
    expect(hoursOf(axis)).toHaveLength(day.includes('-03-') ? 24 : 26);
    // The plan of the morning stands where the wall clock says, on both days.
    expect(iso(instantAt(axis, place(axis, atClinic(day, 480)) / 100))).toBe(at(day, 480));
  });
  it('cuts what lies beyond it', () => {
    const axis = { from: 0, until: 1000 };
    expect(span(axis, -500, 500)).toEqual({ left: 0, width: 50 });
    expect(span(axis, 2000, 3000)).toEqual({ left: 100, width: 0 });
    expect(instantAt(axis, 1.4)).toBe(1000);
  });
});

describe('bars', () => {
  it('stand on lines of their own where the plan is broken, and on one where it is not', () => {
    const day = '2026-11-23';
    const good = linesOf([booking('b', day, 600, 700), booking('a', day, 480, 600)]);
    expect([good.lines, good.line.get('a'), good.line.get('b')]).toEqual([1, 0, 0]);
    const bad = linesOf([booking('a', day, 480, 610), booking('b', day, 600, 700), booking('c', day, 700, 720)]);
    expect([bad.lines, bad.line.get('b'), bad.line.get('c')]).toEqual([2, 1, 0]);
  });
  it('are five minutes at least and a day at most', () => {
    expect(minutesTo(0, -60_000)).toBe(5);
    expect(minutesTo(0, 62 * 60_000)).toBe(60);
    expect(minutesTo(0, 63 * 60_000)).toBe(65);
    expect(minutesTo(0, 30 * 3_600_000)).toBe(1440);
  });
  it('have a whisker from the median to the 80th percentile, where both are known', () => {
    const axis = { from: 0, until: 100 * 60_000 };
    const start = new Date(0).toISOString();
    expect(whisker(axis, { start, p50: 40, p80: 60 })).toEqual({ left: 40, width: 20 });
    expect(whisker(axis, { start, p50: null, p80: 60 })).toBeNull();
  });
});

describe('figures', () => {
  it('occupation is of the open minutes, and none where the room is closed', () => {
    const day = '2026-11-23';
    expect(occupation({ open: at(day, 480), close: at(day, 1080), occupied: 300 })).toBe(50);
    expect(occupation({ open: null, close: null, occupied: 30 })).toBeNull();
  });
  it('risk and pressure have limits of their own', () => {
    expect([riskOf(null), riskOf(0.19), riskOf(0.2), riskOf(0.5)]).toEqual(['low', 'low', 'some', 'high']);
    expect([pressureOf(null), pressureOf(-9), pressureOf(-2), pressureOf(1)]).toEqual(['none', 'calm', 'near', 'late']);
  });
  it('a case in the corridor has no act', () => {
    expect(plainNumber('BLOC-00012-NEKA020')).toBe('BLOC-00012');
    expect(plainNumber(null)).toBe('');
  });
});
