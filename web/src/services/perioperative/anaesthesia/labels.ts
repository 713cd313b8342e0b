// Names beside lines that may stand close: each takes the first row where it covers no other.

const LETTER = 6.4;
const GAP = 6;

export interface Label<T> { of: T; x: number; row: number; /** Written to the left of its line, where the right edge is near. */ back: boolean }

/** Rows are counted from the top; with more names than rows fit, the last row takes what comes. */
export function placed<T>(names: { of: T; x: number; text: string }[], right: number, rows: number): Label<T>[] {
  const ends = Array.from({ length: rows }, () => Number.NEGATIVE_INFINITY);
  return names.toSorted((a, b) => a.x - b.x).map(({ of, x, text }) => {
    const wide = text.length * LETTER;
    const back = x + GAP + wide > right;
    const from = back ? x - GAP - wide : x;
    const free = ends.findIndex((end) => end <= from);
    const row = free < 0 ? rows - 1 : free;
    ends[row] = Math.max(ends[row] ?? 0, from + wide + GAP);
    return { of, x, row, back };
  });
}
