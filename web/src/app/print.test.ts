import { describe, expect, it } from 'vitest';
import { cssString, pageRules } from './print';

describe('what a printed page says', () => {
  it('holds any name', () => {
    expect(cssString('D’ALMEIDA "Zoé"\n  \\ née')).toBe('"D’ALMEIDA \\"Zoé\\" \\\\ née"');
  });
  it('is A4, with the identity above and the number of the page below', () => {
    const rules = pageRules('MARTIN Paul · né le 2 mars 1960', 'Clinique');
    expect(rules).toContain('size: A4');
    expect(rules).toContain('@top-left { content: "MARTIN Paul · né le 2 mars 1960"');
    expect(rules).toContain('counter(page)');
  });
});
