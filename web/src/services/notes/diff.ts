// What changed between two texts, word by word (E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986).

export interface Piece { kind: 'same' | 'added' | 'removed'; text: string }

/** Beyond this many differences two texts are told as wholly different, so that no text makes the page wait. */
const FURTHEST = 1500;

const words = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

/** The rows of furthest points, one for each number of differences; null beyond the limit. */
function furthest(a: string[], b: string[]): Int32Array[] | null {
  const limit = Math.min(a.length + b.length, FURTHEST);
  const at = new Int32Array(2 * limit + 3);
  const middle = limit + 1;
  const rows: Int32Array[] = [];
  for (let d = 0; d <= limit; d += 1) {
    rows.push(at.slice(middle - d - 1, middle + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (at[middle + k - 1] ?? 0) < (at[middle + k + 1] ?? 0));
      let x = down ? (at[middle + k + 1] ?? 0) : (at[middle + k - 1] ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      at[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return rows;
    }
  }
  return null;
}

function walkBack(a: string[], b: string[], rows: Int32Array[]): Piece[] {
  const pieces: Piece[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = rows.length - 1; d >= 0; d -= 1) {
    const row = rows[d] ?? new Int32Array(0);
    const value = (k: number) => row[k + d + 1] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && value(k - 1) < value(k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : value(fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      pieces.push({ kind: 'same', text: a[x] ?? '' });
    }
    if (d === 0) break;
    if (down) {
      y -= 1;
      pieces.push({ kind: 'added', text: b[y] ?? '' });
    } else {
      x -= 1;
      pieces.push({ kind: 'removed', text: a[x] ?? '' });
    }
  }
  return pieces.reverse();
}

/** Neighbours of one kind become one piece; within a change what went stands before what came. */
function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  let removed = '';
  let added = '';
  const close = () => {
    if (removed) out.push({ kind: 'removed', text: removed });
    if (added) out.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const { kind, text } of pieces) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      close();
      const last = out.at(-1);
      if (last?.kind === 'same') last.text += text;
      else out.push({ kind, text });
    }
  }
  close();
  return out;
}

export function diffWords(before: string, after: string): Piece[] {
  const a = words(before);
  const b = words(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const rows = furthest(left, right);
  const between: Piece[] = rows ? walkBack(left, right, rows) : [{ kind: 'removed', text: left.join('') }, { kind: 'added', text: right.join('') }];
  return joined([{ kind: 'same', text: a.slice(0, head).join('') }, ...between, { kind: 'same', text: a.slice(a.length - tail).join('') }].filter((piece) => piece.text) as Piece[]);
}
