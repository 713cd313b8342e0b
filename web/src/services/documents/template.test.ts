import { expect, test } from 'vitest';
import { bodyOf, inserted, writable } from './template.resource';

const draft = { name: ' Lettre ', type: 'gp-letter', language: 'fr', specialty: ' ', active: true, values: { body: 'Cher confrère', end: '  ' } };

test('a text that is empty is left to the chart', () => {
  expect(bodyOf(draft)).toEqual({ name: 'Lettre', type: 'gp-letter', language: 'fr', active: true, values: { body: 'Cher confrère' } });
});

test('a known template is sent with the version that was read', () => {
  expect(bodyOf({ ...draft, id: 'a', version: 3 })).toMatchObject({ id: 'a', version: 3 });
});

test('a fact takes the place of what is chosen', () => {
  expect(inserted('M. X, bonjour', 0, 4, '{{patient.name}}')).toBe('{{patient.name}}, bonjour');
});

test('tables, dates and choices hold no text', () => {
  const field = (type: string) => ({ name: type, label: type, type });
  expect(writable([field('text'), field('rows'), field('line'), field('date')]).map(({ name }) => name)).toEqual(['text', 'line']);
});
