import { describe, expect, it } from 'vitest';
import { diffWords } from './diff';

const told = (before: string, after: string) => diffWords(before, after).map(({ kind, text }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[kind]).join('');

describe('the difference of two texts', () => {
  it('is told in words, what went before what came', () => {
    expect(told('Abdomen souple, indolore.', 'Abdomen tendu, indolore.')).toBe('Abdomen -souple-+tendu+, indolore.');
    expect(told('', 'Apyrétique')).toBe('+Apyrétique+');
    expect(told('Genou DROIT', 'Genou GAUCHE')).toBe('Genou -DROIT-+GAUCHE+');
    expect(told('pareil', 'pareil')).toBe('pareil');
  });

  it('gives both texts back, whatever they are', () => {
    let seed = 7;
    const next = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    const text = () => Array.from({ length: next(40) }, () => ['douleur', ' ', 'genou', '\n', 'é', ',', '12'][next(7)]).join('');
    for (let i = 0; i < 300; i += 1) {
      const [before, after] = [text(), text()];
      const pieces = diffWords(before, after);
      expect(pieces.filter((p) => p.kind !== 'added').map((p) => p.text).join('')).toBe(before);
      expect(pieces.filter((p) => p.kind !== 'removed').map((p) => p.text).join('')).toBe(after);
    }
  });

  it('stays short: one changed word is one change', () => {
    const long = Array.from({ length: 4000 }, (_, i) => `mot${i}`).join(' ');
    expect(diffWords(long, long.replace('mot2000', 'autre')).filter((p) => p.kind !== 'same')).toHaveLength(2);
  });

  it('gives up on texts that have nothing in common, and loses nothing', () => {
    const a = Array.from({ length: 3000 }, (_, i) => `a${i}`).join(' ');
    const b = Array.from({ length: 3000 }, (_, i) => `b${i}`).join(' ');
    const pieces = diffWords(a, b);
    expect(pieces.filter((p) => p.kind !== 'added').map((p) => p.text).join('')).toBe(a);
  });
});
