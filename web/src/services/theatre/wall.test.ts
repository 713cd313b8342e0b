import { describe, expect, it } from 'vitest';
import { pagesOf, staleAfter, wallRows, type WallBoard, type WallCase, type WallRoom } from './wall.resource';

const one = (number: string, hour: number, status: WallCase['status']): WallCase => ({ initials: 'CM', number, status, start: `2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`, end: `2026-11-23T${String(hour + 1).padStart(2, '0')}:00:00Z` });
const room = (n: number, cases: WallCase[] = [], closed = false): WallRoom => ({ ref: `Location/${n}`, name: `Salle ${n} – orthopédie`, closed, cases });
const board = (...rooms: WallRoom[]): WallBoard => ({ now: '2026-11-23T09:30:00Z', day: '2026-11-23', rooms });
const now = Date.parse('2026-11-23T09:30:00Z');

describe('the wall', () => {
  it('shows who is in the room and who is next', () => {
    const [row] = wallRows(board(room(1, [one('1', 7, 'completed'), one('2', 9, 'in_progress'), one('3', 11, 'scheduled'), one('4', 13, 'scheduled')])));
    expect([row?.name, row?.state, row?.now?.number, row?.next?.number, row?.left]).toEqual(['Salle 1', 'in_progress', '2', '3', 2]);
  });
  it('tells a free room, a closed one, and one that is done', () => {
    expect(wallRows(board(room(1)))[0]?.state).toBe('free');
    expect(wallRows(board(room(1, [], true)))[0]?.state).toBe('closed');
    expect(wallRows(board(room(1, [one('1', 7, 'completed')])))[0]?.state).toBe('done');
  });
  it('has eight rooms a page at most', () => {
    expect(pagesOf(wallRows(board(...Array.from({ length: 17 }, (_, n) => room(n))))).map((page) => page.length)).toEqual([8, 8, 1]);
  });
  it('says when what it shows is old', () => {
    expect(staleAfter(now - 100_000, now)).toBe(false);
    expect(staleAfter(now - 160_000, now)).toBe(true);
  });
});
