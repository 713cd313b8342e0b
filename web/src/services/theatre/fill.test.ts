import { describe, expect, it } from 'vitest';
import type { Board } from './board.resource';
import { gapsOf } from './fill.resource';

const at = (hour: string): string => `2026-11-24T${hour}:00.000Z`;
const ms = (hour: string): number => Date.parse(at(hour));

function board(blocks: [string, string][], bookings: [string, string][], closures: [string, string][] = []): Board {
  const day = { day: '2026-11-24', open: at('07:00'), close: at('17:00'), occupied: 0, overtime: null, end: null,
    blocks: blocks.map(([from, until]) => ({ id: from, from: at(from), until: at(until), owner: 'Practitioner/p', ownerName: 'Dr A', released: false, releaseOn: null })),
    closures: closures.map(([from, until]) => ({ id: from, from: at(from), until: at(until), reason: '' })) };
  return { rooms: [{ ref: 'Location/r', name: 'Salle 1', short: 'S1', facility: 'Location/s', days: [day] }], bookings: bookings.map(([start, clean]) => ({ room: 'Location/r', status: 'booked', start: at(start), clean: at(clean) })) } as unknown as Board;
}
const told = (one: Board, now = 0) => gapsOf(one, '2026-11-24', now).map(({ from, until }) => [from, until]);

describe('free stretches of a day', () => {
  it('lie between the cases with their cleaning, inside the vacation', () => {
    expect(told(board([['07:00', '12:00']], [['08:00', '09:30'], ['09:30', '10:00']]))).toEqual([[ms('07:00'), ms('08:00')], [ms('10:00'), ms('12:00')]]);
  });
  it('know closures, cases that reach in, and leave out what holds no case', () => {
    expect(told(board([['07:00', '12:00']], [['06:00', '07:40'], ['08:00', '11:00']], [['11:20', '12:00']]))).toEqual([]);
  });
  it('are of the whole opening where nobody has a vacation, and begin no earlier than now', () => {
    expect(told(board([], []), ms('15:02'))).toEqual([[ms('15:05'), ms('17:00')]]);
    expect(told(board([], []), ms('17:00'))).toEqual([]);
  });
});
