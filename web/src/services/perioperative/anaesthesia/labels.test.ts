import { expect, test } from 'vitest';
import { placed } from './labels';

const at = (x: number, text: string) => ({ of: text, x, text });

test('names that stand apart share a row, close ones do not', () => {
  expect(placed([at(0, 'Entrée'), at(30, 'Induction'), at(200, 'Incision')], 600, 3).map(({ of, row }) => [of, row])).toEqual([['Entrée', 0], ['Induction', 1], ['Incision', 0]]);
});

test('at the edge a name is written before its line', () => {
  expect(placed([at(590, 'Sortie du réveil')], 600, 3)[0]).toMatchObject({ back: true, row: 0 });
});

test('more names than rows: the last row takes them', () => {
  expect(placed([at(0, 'aaaaaaaa'), at(1, 'bbbbbbbb'), at(2, 'cccccccc')], 600, 2).map(({ row }) => row)).toEqual([0, 1, 1]);
});
