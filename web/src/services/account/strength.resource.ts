// A hint on how long a password would hold. No rule of composition: length and unlikeliness are what counts, and the
// server, which knows the passwords that leaked, has the last word.

/** What a password needs beside a second factor, and alone; the server may tell otherwise. */
export const SHORTEST_BESIDE = 8;
export const SHORTEST_ALONE = 15;

export type Strength = 'short' | 'weak' | 'fair' | 'good';

const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'azertyuiopqsdfghjklmwxcvbn', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm'];
const RUN = 4;
const FAIR = 10;
const GOOD = 16;

/** Letters that add something: a repeated one, or one of a run such as 1234 or azerty, does not. */
function surprising(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const tail = text.slice(Math.max(0, i - RUN + 1), i + 1);
    const repeated = i > 1 && text[i] === text[i - 1] && text[i] === text[i - 2];
    const run = tail.length === RUN && RUNS.some((line) => line.includes(tail) || [...line].reverse().join('').includes(tail));
    if (!repeated && !run) count += 1;
  }
  return count;
}

/** `known` is what anybody knows of the person: the user name, the name, the clinic. */
export function strengthOf(password: string, known: string[], shortest: number): Strength {
  if ([...password].length < shortest) return 'short';
  const folded = password.toLowerCase();
  const without = known.flatMap((text) => text.toLowerCase().split(/[^\p{L}\d]+/u)).filter((word) => word.length > 3).reduce((text, word) => text.replaceAll(word, ''), folded);
  const score = Math.min(surprising(without), new Set(without).size * 2);
  if (score < FAIR) return 'weak';
  return score < GOOD ? 'fair' : 'good';
}
