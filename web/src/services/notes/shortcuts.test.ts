import { describe, expect, it } from 'vitest';
import { blankAfter, expanded, suggestions, wordAt } from './shortcuts';

const SHORT = [
  { trigger: '.abdo', text: 'Abdomen souple, dépressible, indolore.' },
  { trigger: '.ta', text: 'PA […]/[…] mmHg.' },
];

describe('text shortcuts', () => {
  it('become their sentence where a word ends', () => {
    expect(expanded('Examen : .abdo', 14, SHORT)).toEqual({ text: 'Examen : Abdomen souple, dépressible, indolore.', from: 47, to: 47 });
    expect(expanded('.ABDO suite', 5, SHORT)?.text).toBe('Abdomen souple, dépressible, indolore. suite');
  });
  it('select the first blank of what they wrote', () => {
    const edit = expanded('.ta', 3, SHORT);
    expect(edit?.text.slice(edit.from, edit.to)).toBe('[…]');
  });
  it('leave decimals, abbreviations and unknown words alone', () => {
    expect(expanded('3.5', 3, SHORT)).toBeNull();
    expect(expanded('fin.abdo', 8, SHORT)).toBeNull();
    expect(expanded('.rien', 5, SHORT)).toBeNull();
    expect(wordAt('une phrase. ', 12)).toBeNull();
  });
  it('are offered from the point on', () => {
    expect(suggestions(SHORT, '.')).toHaveLength(2);
    expect(suggestions(SHORT, '.A').map((s) => s.trigger)).toEqual(['.abdo']);
  });
});

it('blanks are found from the caret on', () => {
  expect(blankAfter('a […] b […]', 4)).toEqual({ from: 8, to: 11 });
  expect(blankAfter('rien', 0)).toBeNull();
});
