// Structured entries of a note: ordinary FHIR resources, made in one transaction and referenced from the section.
import { useQuery } from '@tanstack/react-query';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { formatDate, type Language } from '../../datatypes/Date/format';
import { dosageView, medicationName } from '../../datatypes/Dosage/medication';
import { formatQuantity } from '../../datatypes/Quantity/number';
import { fhirBase, fhirRead } from '../../fhir/client';
import { Failure, sendJson } from '../../fhir/http';
import type { Event, MedicationUse, Observation, ObservationComponent, Resource } from '../../fhir/types';
import type { Note } from './note.resource';

export type EntryKind = 'vitals' | 'diagnosis' | 'procedure' | 'prescription';

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';

export interface VitalField { key: string; loinc: string; display: string; unit: string; code: string; low: number; high: number }

/** LOINC codes of the FHIR vital signs profile; the bounds are those of what a person can have, not of what is normal. */
export const VITALS: VitalField[] = [
  { key: 'systolic', loinc: '8480-6', display: 'Pression artérielle systolique', unit: 'mmHg', code: 'mm[Hg]', low: 30, high: 300 },
  { key: 'diastolic', loinc: '8462-4', display: 'Pression artérielle diastolique', unit: 'mmHg', code: 'mm[Hg]', low: 10, high: 200 },
  { key: 'heart', loinc: '8867-4', display: 'Fréquence cardiaque', unit: '/min', code: '/min', low: 10, high: 300 },
  { key: 'temperature', loinc: '8310-5', display: 'Température', unit: '°C', code: 'Cel', low: 25, high: 45 },
  { key: 'saturation', loinc: '2708-6', display: 'Saturation en oxygène', unit: '%', code: '%', low: 30, high: 100 },
  { key: 'breath', loinc: '9279-1', display: 'Fréquence respiratoire', unit: '/min', code: '/min', low: 3, high: 80 },
  { key: 'pain', loinc: '72514-3', display: 'Douleur, échelle numérique', unit: '/10', code: '{score}', low: 0, high: 10 },
  { key: 'weight', loinc: '29463-7', display: 'Poids', unit: 'kg', code: 'kg', low: 0.3, high: 400 },
  { key: 'height', loinc: '8302-2', display: 'Taille', unit: 'cm', code: 'cm', low: 20, high: 250 },
];

/** « 37,5 » as a number; null for what is none. */
export function numberTyped(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  return /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : null;
}

export const isOff = ({ low, high }: VitalField, typed: string): boolean => {
  const value = numberTyped(typed);
  return typed.trim() !== '' && (value === null || value < low || value > high);
};

interface Where { patient: string; encounter?: string; author?: string; at: string }

export const whereOf = (note: Note, practitioner: string | null, at: string): Where => ({
  patient: `Patient/${note.patient}`,
  ...(note.encounter ? { encounter: note.encounter } : {}),
  ...(practitioner ? { author: practitioner.includes('/') ? practitioner : `Practitioner/${practitioner}` } : {}),
  at,
});

const base = ({ patient, encounter }: Where) => ({ subject: { reference: patient }, ...(encounter ? { encounter: { reference: encounter } } : {}) });
const loinc = (code: string, display: string) => ({ coding: [{ system: LOINC, code, display }] });
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });

function observation(where: Where, code: object, rest: object): Resource {
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [coded(CATEGORY, 'vital-signs')],
    code,
    ...base(where),
    effectiveDateTime: where.at,
    ...(where.author ? { performer: [{ reference: where.author }] } : {}),
    ...rest,
  } as Resource;
}

/** Blood pressure is one observation with two parts; the others are one each. */
export function vitalResources(where: Where, typed: Record<string, string>): Resource[] {
  const found = VITALS.flatMap((field) => {
    const value = numberTyped(typed[field.key] ?? '');
    return value === null ? [] : [{ field, valueQuantity: { value, unit: field.unit, system: UCUM, code: field.code } }];
  });
  const pressure = found.filter(({ field }) => field.key === 'systolic' || field.key === 'diastolic');
  const others = found.filter((one) => !pressure.includes(one));
  const parts = pressure.map(({ field, valueQuantity }) => ({ code: loinc(field.loinc, field.display), valueQuantity }));
  return [
    ...(parts.length ? [observation(where, loinc('85354-9', 'Pression artérielle'), { component: parts })] : []),
    ...others.map(({ field, valueQuantity }) => observation(where, loinc(field.loinc, field.display), { valueQuantity })),
  ];
}

const ICD10 = 'http://hl7.org/fhir/sid/icd-10';
const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';

export interface Diagnosis { text: string; code: string; verification: 'confirmed' | 'provisional' | 'differential' }

export const ICD_SHAPE = /^[A-Z]\d\d(\.?[0-9A-Z+]{1,4})?$/;

export function diagnosisResource(where: Where, { text, code, verification }: Diagnosis): Resource {
  const icd = code.trim().toUpperCase();
  return {
    resourceType: 'Condition',
    clinicalStatus: coded(CLINICAL, 'active'),
    verificationStatus: coded(VERIFICATION, verification),
    category: [coded('http://terminology.hl7.org/CodeSystem/condition-category', 'encounter-diagnosis')],
    code: { text: text.trim(), ...(icd ? { coding: [{ system: ICD10, code: icd }] } : {}) },
    ...base(where),
    recordedDate: where.at,
    ...(where.author ? { recorder: { reference: where.author } } : {}),
  } as Resource;
}

const SIDES = { left: ['7771000', 'GAUCHE'], right: ['24028007', 'DROIT'], bilateral: ['51440002', 'BILATÉRAL'] } as const;
export type Side = keyof typeof SIDES;

export interface Act { text: string; code: string; day: string; side: Side | '' }

export const CCAM_SHAPE = /^[A-Z]{4}\d{3}$/;

export function procedureResource(where: Where, { text, code, day, side }: Act): Resource {
  const ccam = code.trim().toUpperCase();
  const marked = side ? SIDES[side] : null;
  return {
    resourceType: 'Procedure',
    status: 'completed',
    code: { text: text.trim(), ...(ccam ? { coding: [{ system: 'https://mos.esante.gouv.fr/NOS/CCAM', code: ccam }] } : {}) },
    ...base(where),
    performedDateTime: day,
    ...(marked ? { bodySite: [{ coding: [{ system: 'http://snomed.info/sct', code: marked[0] }], text: marked[1] }] } : {}),
    ...(where.author ? { performer: [{ actor: { reference: where.author } }] } : {}),
  } as Resource;
}

export interface Prescribed { drug: string; dose: string; unit: string; route: string; perDay: string; days: string; asNeeded: boolean; note: string }

/** A complete line, or null: a dose without its unit or its rhythm is none. */
export function prescriptionResource(where: Where, typed: Prescribed): Resource | null {
  const [dose, perDay, days] = [typed.dose, typed.perDay, typed.days].map(numberTyped);
  if (!typed.drug.trim() || !dose || !typed.unit.trim() || !perDay || !typed.route.trim() || !where.author) return null;
  const end = days ? { boundsDuration: { value: days, unit: 'j', system: UCUM, code: 'd' } } : {};
  return {
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: typed.drug.trim() },
    ...base(where),
    authoredOn: where.at,
    requester: { reference: where.author },
    dosageInstruction: [
      {
        ...(typed.note.trim() ? { patientInstruction: typed.note.trim() } : {}),
        timing: { repeat: { frequency: perDay, period: 1, periodUnit: 'd', ...end } },
        ...(typed.asNeeded ? { asNeededBoolean: true } : {}),
        route: { text: typed.route.trim() },
        doseAndRate: [{ doseQuantity: { value: dose, unit: typed.unit.trim() } }],
      },
    ],
  } as Resource;
}

/** All of them or none; gives their references in the same order. */
export async function createAll(resources: Resource[]): Promise<string[]> {
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${crypto.randomUUID()}`, resource, request: { method: 'POST', url: resource.resourceType } })),
  };
  const answer = await sendJson<{ entry?: { response?: { location?: string } }[] }>('POST', fhirBase(), bundle);
  const made = (answer?.entry ?? []).map(({ response }) => /([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/.*)?$/.exec(response?.location ?? '')?.[1]);
  if (made.length !== resources.length || made.some((one) => !one)) throw new Failure('server', 200, '', null);
  return made as string[];
}

type Words = (key: 'notes.perDay', values: { count: string; period: string }) => string;

function valueText(part: ObservationComponent, language: Language): string {
  return formatQuantity(part.valueQuantity, language) ?? (conceptText(part.valueCodeableConcept) || part.valueString || '');
}

/** One line that says what an entry is. */
export function entryText(resource: Resource, language: Language, words: Words): string {
  if (resource.resourceType === 'Observation') {
    const { code, component, ...own } = resource as Observation;
    const parts = component?.length ? component.map((part) => valueText(part, language).replace(/\u202f?mmHg$/, '')).join('/') + (component[0]?.valueQuantity?.code === 'mm[Hg]' ? '\u202fmmHg' : '') : valueText(own, language);
    return `${conceptText(code)} : ${parts}`;
  }
  if (resource.resourceType === 'MedicationRequest') {
    const use = resource as MedicationUse;
    const name = medicationName(use);
    const dosage = use.dosageInstruction?.[0] ? dosageView(use.dosageInstruction[0], language) : null;
    const rhythm = dosage?.frequency ? words('notes.perDay', { count: String(dosage.frequency.count), period: dosage.frequency.period }) : null;
    return [[name.international, name.detail].filter(Boolean).join(' ') || name.brand, dosage?.dose, dosage?.route, rhythm, dosage?.text].filter(Boolean).join(' · ');
  }
  const event = resource as Event;
  return [conceptText(event.code), conceptText(event.bodySite?.[0]), formatDate(event.performedDateTime, language)].filter(Boolean).join(' · ') || resource.resourceType;
}

export function useEntry(reference: string) {
  const [type = '', id = ''] = reference.split('/');
  return useQuery({ queryKey: ['entry', reference], staleTime: Infinity, queryFn: ({ signal }) => fhirRead<Resource>(type, id, signal) });
}
