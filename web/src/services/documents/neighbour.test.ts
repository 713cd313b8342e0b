import { expect, it } from 'vitest';
import { neighbourOf } from './neighbour';

it('the arrows walk through the list, and end with it', () => {
  const rows = [{ id: 'a' }, { id: 'b' }];
  expect(neighbourOf(rows, 'a', 1)).toBe('b');
  expect(neighbourOf(rows, 'b', -1)).toBe('a');
  expect(neighbourOf(rows, 'a', -1)).toBeNull();
  expect(neighbourOf(rows, 'b', 1)).toBeNull();
  expect(neighbourOf(rows, 'x', 1)).toBeNull();
});
