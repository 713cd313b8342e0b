import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { sources } from '../sources.test-kit';

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, path = ''): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as const] : [...flat(value, `${path}${key}.`)])));
}

const folder = 'src/i18n';
/** The parts of a language, each as its keys: the app's own (`fr.json`) and those of pages (`office.fr.json`). */
const parts = (language: string) =>
  readdirSync(folder)
    .filter((name) => name === `${language}.json` || name.endsWith(`.${language}.json`))
    .map((name) => flat(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Tree));
const words = (language: string) => new Map(parts(language).flatMap((part) => [...part]));

const french = words('fr');
const variables = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort().join();

describe('words', () => {
  it.each([['en', words('en')], ['de', words('de')]] as const)('%s has every French key, no other, with the same variables, and none empty', (_, other) => {
    expect([...other.keys()].sort()).toEqual([...french.keys()].sort());
    for (const [key, text] of french) {
      expect(other.get(key)?.trim(), key).toBeTruthy();
      expect(variables(other.get(key) ?? ''), key).toBe(variables(text));
    }
  });

  it('stand in one part only', () => {
    const keys = parts('fr').flatMap((part) => [...part.keys()]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('French typography: a typographic apostrophe, and a no-break space belongs to the reader’s browser', () => {
    for (const [key, text] of french) expect(text, key).not.toMatch(/\w'\w/);
  });

  it('are all used', () => {
    const code = sources().map((path) => readFileSync(path, 'utf8')).join('\n');
    // Keys made of a code from data are listed in code.ts; those made of a closed set are written with a template.
    const templates = [...code.matchAll(/t\(\s*`([\w.]+?)\$\{/g)].map(([, start]) => start ?? '');
    const used = (key: string) => {
      const plain = key.replace(/_(one|other|male|female)$/, '');
      return plain.startsWith('code.') || templates.some((start) => plain.startsWith(start)) || code.includes(`'${plain}'`);
    };
    expect([...french.keys()].filter((key) => !used(key))).toEqual([]);
  });
});

const SPOKEN = new Set(['aria-label', 'label', 'title', 'placeholder', 'description', 'alt', 'nothingFound']);
const LETTERS = /\p{L}{2,}/u;
// The product's own name, and marks that are the same in every language.
const SAME = new Set(['Medical Hub']);

function spokenText(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const say = (node: ts.Node, text: string) => {
    const trimmed = text.trim();
    if (LETTERS.test(trimmed) && !SAME.has(trimmed)) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${trimmed}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) say(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteralLike(node.expression) && !ts.isJsxAttribute(node.parent)) say(node, node.expression.text);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText())) {
      const value = node.initializer;
      if (value && ts.isStringLiteral(value)) say(node, value.text);
      if (value && ts.isJsxExpression(value) && value.expression && ts.isStringLiteralLike(value.expression)) say(node, value.expression.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('text on the screen', () => {
  it('is never written in the code', () => {
    expect(sources().filter((path) => path.endsWith('.tsx')).flatMap(spokenText)).toEqual([]);
  });
});
