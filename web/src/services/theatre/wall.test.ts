import { describe, expect, it } from 'vitest';
import type { Board, Booking, RoomRow } from './board.resource';
import { pagesOf, staleAfter, wallRows } from './wall.resource';

const room = (n: number, open: string | null = '2026-11-23T07:00:00Z'): RoomRow => ({ ref: `Location/${n}`, name: `Salle ${n}`, short: `S${n}`, facility: 'Location/s', days: [{ day: '2026-11-23', open, close: open && '2026-11-23T17:00:00Z', blocks: [], closures: [], occupied: 0, overtime: null, end: null }] });
const booking = (id: string, hour: number, caseStatus: Booking['caseStatus']) =>
  ({ id, room: 'Location/1', number: `BLOC-0000${id}-NEKA020`, patient: { id: 'p', name: 'MARTIN Claire', birthDate: '1961-03-12', initials: 'CM' }, act: 'Prothèse', caseStatus, status: 'booked', start: `2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`, end: `2026-11-23T${String(hour + 1).padStart(2, '0')}:00:00Z` }) as Booking;
const board = (rooms: RoomRow[], bookings: Booking[]) => ({ rooms, bookings }) as Board;
const now = Date.parse('2026-11-23T09:30:00Z');

describe('the wall', () => {
  it('shows who is in the room and who is next', () => {
    const [row] = wallRows(board([room(1)], [booking('3', 11, 'scheduled'), booking('1', 7, 'completed'), booking('2', 9, 'in_progress'), booking('4', 13, 'scheduled')]), now);
    expect([row?.state, row?.now?.number, row?.next?.number, row?.left]).toEqual(['in_progress', 'BLOC-00002', 'BLOC-00003', 2]);
  });
  it('never tells a name, a birth date or an act', () => {
    const told = JSON.stringify(wallRows(board([room(1)], [booking('1', 9, 'in_progress'), booking('2', 10, 'scheduled')]), now));
    expect(told).not.toMatch(/MARTIN|Claire|1961|Prothèse|NEKA/);
    expect(told).toContain('CM');
  });
  it('tells a free room, a closed one, and one that is done', () => {
    expect(wallRows(board([room(1)], []), now)[0]?.state).toBe('free');
    expect(wallRows(board([room(1, null)], []), now)[0]?.state).toBe('closed');
    expect(wallRows(board([room(1)], [booking('1', 7, 'completed')]), now)[0]?.state).toBe('done');
  });
  it('has eight rooms a page at most', () => {
    expect(pagesOf(wallRows(board(Array.from({ length: 17 }, (_, n) => room(n)), []), now)).map((page) => page.length)).toEqual([8, 8, 1]);
  });
  it('says when what it shows is old', () => {
    expect(staleAfter(now - 100_000, now)).toBe(false);
    expect(staleAfter(now - 160_000, now)).toBe(true);
  });
});
