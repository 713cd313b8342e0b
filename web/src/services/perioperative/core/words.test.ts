import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import french from '../../../i18n/perioperative.fr.json';
import type { Entry, Field, Values } from './entry.resource';
import { choiceWord, entryParts } from './words.resource';

beforeAll(() => i18next.init({ lng: 'fr', resources: { fr: { translation: french } }, interpolation: { escapeValue: false } }));

const FIELDS: Field[] = [
  { name: 'code', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'class', type: 'choice', values: ['induction', 'opioid'] },
  { name: 'dose', type: 'decimal' },
  { name: 'unit', type: 'choice', values: ['mg', 'ug'] },
  { name: 'rate', type: 'decimal' },
  { name: 'rateUnit', type: 'choice', values: ['mL/h', 'ug/kg/min'] },
  { name: 'until', type: 'time' },
];
const texts = (values: Values) => entryParts({ id: 'a', version: 1, kind: 'drug', time: '2026-11-23T08:00:00Z', values, status: 'final' } as Entry, FIELDS, 'fr').map(({ text }) => text);

describe('the parts of a line of the course', () => {
  it('an infusion is read as a rate with its unit and an hour, never as a code or an instant', () => {
    const read = texts({ code: 'remifentanil', name: 'Rémifentanil', class: 'opioid', rate: 0.1, rateUnit: 'ug/kg/min', until: '2026-11-23T09:05:00.000Z' });
    expect(read).toEqual(['Rémifentanil', 'Morphiniques', '0,1\u202fmicrogrammes/kg/min', '10\u202fh\u202f05']);
    expect(read.join()).not.toMatch(/ug|T09|Z$/);
  });

  it('a bolus carries its unit in full, and no trailing zero', () => {
    expect(texts({ name: 'Sufentanil', dose: '10.0', unit: 'ug' })).toEqual(['Sufentanil', '10\u202fmicrogrammes']);
  });

  it('a unit without an amount is still told', () => {
    expect(texts({ name: 'Propofol', unit: 'mg' })).toEqual(['Propofol', 'mg']);
  });

  it('the class of a drug is not the event of the same code', () => {
    expect(choiceWord('class', 'induction')).toBe('Inducteurs');
    expect(choiceWord('event', 'induction')).not.toBe('Inducteurs');
  });
});
