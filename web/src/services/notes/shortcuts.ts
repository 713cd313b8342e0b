// Short words that become sentences while one types: `.abdo` and a space. And the blanks that a template leaves: `[…]`.

export interface Shortcut { trigger: string; text: string; specialty?: string }

export interface Edit {
  text: string;
  /** What is selected afterwards. */
  from: number;
  to: number;
}

const WORD = /(?:^|[\s(«"’'])(\.[\p{L}\p{N}-]*)$/u;
const BLANK = /\[…\]/g;

/** The short word that ends at the caret, with its point; null where there is none. */
export const wordAt = (text: string, caret: number): string | null => WORD.exec(text.slice(0, caret))?.[1] ?? null;

/** Those that begin with what was typed; all of them after the point alone. */
export const suggestions = (shortcuts: readonly Shortcut[], word: string): Shortcut[] =>
  shortcuts.filter(({ trigger }) => trigger.toLocaleLowerCase('fr').startsWith(word.toLocaleLowerCase('fr')));

/** How many blanks are left to fill in. */
export const blanksIn = (text: string): number => text.match(/\[…\]/g)?.length ?? 0;

/** The first blank from `caret` on. */
export function blankAfter(text: string, caret: number): { from: number; to: number } | null {
  BLANK.lastIndex = caret;
  const found = BLANK.exec(text);
  return found ? { from: found.index, to: found.index + found[0].length } : null;
}

export function insert(text: string, from: number, to: number, put: string): Edit {
  const next = text.slice(0, from) + put + text.slice(to);
  const blank = blankAfter(next, from);
  const end = from + put.length;
  return blank && blank.to <= end ? { text: next, ...blank } : { text: next, from: end, to: end };
}

/** What typing a space or Enter at the caret makes of the text; null where it is only that. */
export function expanded(text: string, caret: number, shortcuts: readonly Shortcut[]): Edit | null {
  const word = wordAt(text, caret);
  const shortcut = word && shortcuts.find(({ trigger }) => trigger.toLocaleLowerCase('fr') === word.toLocaleLowerCase('fr'));
  return word && shortcut ? insert(text, caret - word.length, caret, shortcut.text) : null;
}
