// A medication line by the rules of safe display: international name in lower case, BRAND in capitals,
// strength and form, then DOSE, route, frequency; units in full, no trailing zero, never truncated.
import type { CodeableConcept, Dosage, Medication, MedicationUse, Quantity } from '../../fhir/types';
import type { Language } from '../Date/format';
import { conceptText } from '../CodeableConcept/concept';
import { formatNumber } from '../Quantity/number';

const ATC = 'http://www.whocc.no/atc';

export interface MedicationName {
  /** International non-proprietary name, lower case; null when only a product name is recorded. */
  international: string | null;
  /** Strength and form, as recorded. */
  detail: string | null;
  /** Product name, its brand in capitals. */
  brand: string | null;
}

const lower = (text: string) => text.toLocaleLowerCase('fr-FR');

/** Where the strength begins: at the first number after the name. */
function split(text: string): { head: string; tail: string } {
  const strength = text.search(/[\s,]+\d/);
  return strength < 0 ? { head: text, tail: '' } : { head: text.slice(0, strength), tail: text.slice(strength).replace(/^[\s,]+/, '') };
}

/** Capitalises the brand (the words before the first number), leaving strength and form as written. */
function brandFirst(product: string): string {
  const { head } = split(product);
  return head.toLocaleUpperCase('fr-FR') + product.slice(head.length);
}

function fromConcept(concept: CodeableConcept | undefined): MedicationName {
  const atc = concept?.coding?.find((c) => c.system === ATC)?.display;
  const display = concept?.coding?.find((c) => c.system !== ATC && c.display)?.display;
  const text = concept?.text ?? (display && (!atc || lower(display).startsWith(lower(atc))) ? display : undefined);
  const brand = display && display !== text ? brandFirst(display) : null;
  if (!text) return { international: atc ? lower(atc) : null, detail: null, brand };
  const { head, tail } = split(text);
  // A text in capitals is a product, not an international name.
  if (!atc && head === head.toLocaleUpperCase('fr-FR')) return { international: null, detail: null, brand: text };
  return { international: lower(head), detail: tail || null, brand };
}

export function medicationName(use: MedicationUse): MedicationName {
  if (use.medicationCodeableConcept) return fromConcept(use.medicationCodeableConcept);
  const id = use.medicationReference?.reference?.replace(/^#/, '');
  const contained = use.contained?.find((r) => r.id === id) as Medication | undefined;
  if (!contained) return { international: null, detail: null, brand: use.medicationReference?.display ?? null };
  const ingredients = contained.ingredient?.map((i) => lower(conceptText(i.itemCodeableConcept))).filter(Boolean) ?? [];
  if (!ingredients.length) return fromConcept(contained.code);
  const product = contained.code ? conceptText(contained.code) : '';
  return { international: ingredients.join(' + '), detail: conceptText(contained.form) || null, brand: product ? brandFirst(product) : null };
}

// Abbreviations that have been misread in practice, written out.
const IN_FULL: Record<Language, Record<string, string>> = {
  fr: { ug: 'microgrammes', µg: 'microgrammes', mcg: 'microgrammes', '[IU]': 'unités', UI: 'unités', U: 'unités', IU: 'unités' },
  en: { ug: 'micrograms', µg: 'micrograms', mcg: 'micrograms', '[IU]': 'units', UI: 'units', U: 'units', IU: 'units' },
  de: { ug: 'Mikrogramm', µg: 'Mikrogramm', mcg: 'Mikrogramm', '[IU]': 'Einheiten', UI: 'Einheiten', U: 'Einheiten', IU: 'Einheiten' },
};

export function formatDose(quantity: Quantity | undefined, language: Language): string | null {
  if (quantity?.value === undefined) return null;
  const unit = quantity.unit ?? quantity.code ?? '';
  const full = IN_FULL[language][quantity.code ?? ''] ?? IN_FULL[language][unit] ?? unit;
  return `${formatNumber(quantity.value, language, true)}\u202f${full}`.trim();
}

export interface Frequency { count: number; period: string; unit: string }

export interface DosageView {
  dose: string | null;
  route: string | null;
  frequency: Frequency | null;
  asNeeded: boolean;
  /** The sentence of the prescriber, which wins over the structured parts where both are there. */
  text: string | null;
}

export function dosageView(dosage: Dosage, language: Language): DosageView {
  const rate = dosage.doseAndRate?.[0];
  const repeat = dosage.timing?.repeat;
  const frequency =
    repeat?.frequency && repeat.periodUnit
      ? { count: repeat.frequency, period: formatNumber(repeat.period ?? 1, language, true), unit: repeat.periodUnit }
      : null;
  return {
    dose: formatDose(rate?.doseQuantity ?? rate?.doseRange?.high, language),
    route: conceptText(dosage.route) || null,
    frequency,
    asNeeded: dosage.asNeededBoolean === true || dosage.asNeededCodeableConcept !== undefined,
    text: dosage.text ?? dosage.patientInstruction ?? null,
  };
}

const CURRENT = new Set(['active', 'on-hold', 'intended', 'unknown', 'draft']);

export function isCurrent(use: MedicationUse, day: string): boolean {
  const end = use.effectivePeriod?.end;
  return CURRENT.has(use.status ?? 'unknown') && !(end && end.slice(0, 10) < day);
}
