import { describe, expect, it } from 'vitest';
import { VITALS, diagnosisResource, entryText, isOff, numberTyped, prescriptionResource, vitalResources } from './entry.resource';

const WHERE = { patient: 'Patient/p1', author: 'Practitioner/d1', at: '2026-11-22T14:05:00Z' };
const words = () => '2 fois par jour';

describe('structured entries', () => {
  it('a blood pressure is one observation, and what was not typed is none', () => {
    const made = vitalResources(WHERE, { systolic: '128', diastolic: '76', temperature: '37,5', heart: '' });
    expect(made).toHaveLength(2);
    expect(made.map((one) => entryText(one, 'fr', words))).toEqual(['Pression artérielle : 128/76\u202fmmHg', 'Température : 37,5\u202f°C']);
  });
  it('numbers are typed with a comma or a point, and bounds keep slips out', () => {
    expect([numberTyped('37,5'), numberTyped('37.5'), numberTyped('3 7'), numberTyped('')]).toEqual([37.5, 37.5, null, null]);
    const temperature = VITALS.find(({ key }) => key === 'temperature');
    expect(temperature && [isOff(temperature, '375'), isOff(temperature, '37,5'), isOff(temperature, '')]).toEqual([true, false, false]);
  });
  it('a prescription without a unit, a route or a rhythm is none', () => {
    const line = { drug: 'paracétamol 1 g', dose: '1', unit: 'comprimé', route: 'orale', perDay: '3', days: '5', asNeeded: false, note: '' };
    expect(prescriptionResource(WHERE, { ...line, unit: ' ' })).toBeNull();
    expect(prescriptionResource(WHERE, { ...line, perDay: '' })).toBeNull();
    const made = prescriptionResource(WHERE, line);
    expect(made && entryText(made, 'fr', words)).toBe('paracétamol 1 g · 1\u202fcomprimé · orale · 2 fois par jour');
  });
  it('a diagnosis keeps the words of its author beside the code', () => {
    expect(diagnosisResource(WHERE, { text: 'Gonarthrose', code: 'm17.1', verification: 'confirmed' })).toMatchObject({ code: { text: 'Gonarthrose', coding: [{ code: 'M17.1' }] } });
  });
});
