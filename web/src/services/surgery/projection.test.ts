import { describe, expect, it } from 'vitest';
import { atClock, nextInRecovery, nextMilestone, nextToCall, project, type Mark, type Planned } from './projection';

const at = (clock: string) => `2026-11-23T${clock}:00.000Z`;
const ms = (clock: string) => Date.parse(at(clock));
const mark = (code: Mark['code'], clock: string): Mark => ({ code, time: at(clock) });
const one = (id: string, start: string, end: string, milestones: Mark[] = [], gone = false): Planned => ({ id, start: at(start), end: at(end), cleaning: 20, milestones, gone });

const clocks = (cases: Planned[], now: string) => project(cases, ms(now)).map(({ id, start, end, late, state }) => [id, new Date(start).toISOString().slice(11, 16), new Date(end).toISOString().slice(11, 16), late, state]);

describe('the projection of a room', () => {
  const first = one('a', '08:00', '09:00');
  const second = one('b', '09:20', '10:20');

  it('before the day is the plan', () => {
    expect(clocks([second, first], '07:00')).toEqual([['a', '08:00', '09:00', 0, 'waiting'], ['b', '09:20', '10:20', 0, 'waiting']]);
  });

  it('a patient who is not there yet comes now at the earliest, and pushes the next', () => {
    expect(clocks([first, second], '08:30')).toEqual([['a', '08:30', '09:30', 30, 'waiting'], ['b', '09:50', '10:50', 30, 'waiting']]);
  });

  it('a case that lasts longer than planned ends now at the earliest', () => {
    expect(clocks([{ ...first, milestones: [mark('in', '08:05')] }, second], '09:40')).toEqual([['a', '08:05', '09:40', 5, 'running'], ['b', '10:00', '11:00', 40, 'waiting']]);
  });

  it('one that ends early does not bring the next before its hour', () => {
    expect(clocks([{ ...first, milestones: [mark('in', '08:00'), mark('out', '08:40'), mark('cleaned', '08:50')] }, second], '08:55')[1]).toEqual(['b', '09:20', '10:20', 0, 'waiting']);
  });

  it('after closure the exit is near', () => {
    expect(clocks([{ ...first, milestones: [mark('in', '08:00'), mark('closure', '08:30')] }], '08:32')[0]?.[2]).toBe('08:40');
  });

  it('a cancelled case gives its time back', () => {
    expect(clocks([one('a', '08:00', '09:00', [], true), one('b', '08:30', '09:00')], '08:00')[1]).toEqual(['b', '08:30', '09:00', 0, 'waiting']);
  });

  it('a room that is not cleaned yet keeps the next one waiting', () => {
    expect(clocks([{ ...first, milestones: [mark('in', '08:00'), mark('out', '09:00')] }, second], '09:45')[1]?.[1]).toBe('09:45');
  });
});

describe('who is called, and what the next tap means', () => {
  it('the first who waits, when it is time', () => {
    const cases = [one('a', '08:00', '09:00', [mark('in', '08:00')]), one('b', '09:20', '10:20')];
    expect(nextToCall(project(cases, ms('08:10')), ms('08:10'))).toBeNull();
    expect(nextToCall(project(cases, ms('08:40')), ms('08:40'))?.id).toBe('b');
  });

  it('is the one after the last that was told', () => {
    expect(nextMilestone([])).toBe('arrived');
    expect(nextMilestone([mark('arrived', '07:40'), mark('incision', '08:30')])).toBe('closure');
    expect(nextMilestone([mark('cleaned', '10:00')])).toBeNull();
    expect(nextInRecovery([mark('in', '08:00')])).toBeNull();
    expect(nextInRecovery([mark('out', '09:00'), mark('recovery-in', '09:05')])).toBe('recovery-out');
  });
});

it('a corrected hour stays on its day', () => {
  expect(atClock('2026-11-23T08:10:00Z', '09:10', '09:25')).toBe('2026-11-23T08:25:00.000Z');
  expect(atClock('2026-11-23T08:10:00Z', '09:10', '')).toBeNull();
});
