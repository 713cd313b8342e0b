import { describe, expect, it } from 'vitest';
import type { MedicationUse } from '../../fhir/types';
import { dosageView, formatDose, isCurrent, medicationName } from './medication';

const use = (part: Partial<MedicationUse>): MedicationUse => ({ resourceType: 'MedicationRequest', ...part });

describe('the name of a medication', () => {
  it('is the international name in lower case, then strength and form, then the BRAND', () => {
    expect(medicationName(use({ medicationCodeableConcept: { text: 'Amlodipine 5 mg, gélule', coding: [{ display: 'Amlor' }] } }))).toEqual({ international: 'amlodipine', detail: '5 mg, gélule', brand: 'AMLOR' });
  });
  it('takes the international name from ATC', () => {
    const coding = [{ system: 'http://www.whocc.no/atc', code: 'C08CA01', display: 'Amlodipine' }, { display: 'Amlor 5 mg' }];
    expect(medicationName(use({ medicationCodeableConcept: { coding } }))).toEqual({ international: 'amlodipine', detail: null, brand: 'AMLOR 5 mg' });
  });
  it('does not take a product for an international name', () => {
    expect(medicationName(use({ medicationCodeableConcept: { text: 'DOLIPRANE 1000 mg' } }))).toEqual({ international: null, detail: null, brand: 'DOLIPRANE 1000 mg' });
  });
  it('reads a contained Medication', () => {
    const contained = [{ resourceType: 'Medication', id: 'm', code: { text: 'Augmentin 1 g' }, ingredient: [{ itemCodeableConcept: { text: 'Amoxicilline' } }, { itemCodeableConcept: { text: 'Acide clavulanique' } }] }] as unknown as MedicationUse['contained'];
    expect(medicationName(use({ contained, medicationReference: { reference: '#m' } }))).toMatchObject({ international: 'amoxicilline + acide clavulanique', brand: 'AUGMENTIN 1 g' });
  });
});

describe('a dose', () => {
  it('writes dangerous units in full and no trailing zero', () => {
    expect(formatDose({ value: '75.0', code: 'ug', unit: 'µg' }, 'fr')).toBe('75\u202fmicrogrammes');
    expect(formatDose({ value: 10, unit: 'UI' }, 'fr')).toBe('10\u202funités');
    expect(formatDose({ value: 0.5, unit: 'mg' }, 'fr')).toBe('0,5\u202fmg');
    expect(formatDose(undefined, 'fr')).toBeNull();
  });
  it('has a frequency only when it is complete', () => {
    expect(dosageView({ timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } }, 'fr').frequency).toEqual({ count: 2, period: '1', unit: 'd' });
    expect(dosageView({ timing: { repeat: { frequency: 2 } } }, 'fr').frequency).toBeNull();
  });
});

describe('a treatment', () => {
  it('is current by its status and its end', () => {
    expect(isCurrent(use({ status: 'active' }), '2026-11-22')).toBe(true);
    expect(isCurrent(use({ status: 'stopped' }), '2026-11-22')).toBe(false);
    expect(isCurrent(use({ status: 'active', effectivePeriod: { end: '2026-11-01' } }), '2026-11-22')).toBe(false);
  });
});
