import { conceptText, firstCode } from '../../datatypes/CodeableConcept/concept';
import { today } from '../../datatypes/Date/today';
import type { Annotation, CodeableConcept } from '../../fhir/types';
import { conceptOf, wordsOf, type ConceptSource, type EntryForm, type Field, type Loose, type OptionName } from './entry.resource';
import { typedDate } from './partial-date.resource';

const TERMS = 'http://terminology.hl7.org/CodeSystem/';
const SNOMED = 'http://snomed.info/sct';
const UCUM = 'http://unitsofmeasure.org';
export const coded = (system: string, code: string, text?: string): CodeableConcept => ({ coding: [{ system: system.includes(':') ? system : TERMS + system, code, ...(text ? { display: text } : {}) }], ...(text ? { text } : {}) });

const from = (type: string, param = 'code', element = 'code'): ConceptSource => ({ type, param, element });
export const CONDITIONS = from('Condition');
const note: Field = { name: 'note', kind: 'area', wide: true };

const noteOf = (resource: Loose): string => ((resource.note as Annotation[] | undefined) ?? []).map((one) => one.text ?? '').join('\n');
const withNote = (resource: Loose, text: string): Loose => {
  if (text === noteOf(resource)) return resource;
  return text ? { ...resource, note: [{ text }] } : without(resource, 'note');
};
export function without(resource: Loose, ...names: string[]): Loose {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name))) as Loose;
}
/** Members that are undefined or empty are left out, as FHIR asks. */
const put = (resource: Loose, members: Record<string, unknown>): Loose =>
  without({ ...resource, ...members }, ...Object.keys(members).filter((name) => members[name] === undefined || members[name] === ''));

const BODY_SIDES: Record<string, [string, string]> = { right: ['24028007', 'Droit'], left: ['7771000', 'Gauche'], both: ['51440002', 'Bilatéral'] };
const sideIn = (resource: Loose): string => Object.keys(BODY_SIDES).find((side) => JSON.stringify(resource.bodySite ?? '').includes(BODY_SIDES[side]?.[0] ?? '?')) ?? '';
function withSide(resource: Loose, side: string): Loose {
  if (side === sideIn(resource)) return resource;
  const [code, text] = BODY_SIDES[side] ?? [];
  return code ? { ...resource, bodySite: [coded(SNOMED, code, text)] } : without(resource, 'bodySite');
}
const SIDES: OptionName[] = ['right', 'left', 'both'];

export const PROBLEM: EntryForm = {
  name: 'problem',
  type: 'Condition',
  fields: [
    { name: 'problem', kind: 'concept', source: CONDITIONS, required: true, wide: true },
    { name: 'onset', kind: 'date' },
    { name: 'end', kind: 'date' },
    { name: 'side', kind: 'choice', options: SIDES },
    { name: 'certainty', kind: 'choice', options: ['confirmed', 'provisional'], required: true },
    note,
  ],
  read: (r) => ({ problem: r.code ?? null, onset: typedDate(r.onsetDateTime), end: typedDate(r.abatementDateTime), side: sideIn(r), certainty: firstCode(r.verificationStatus) === 'provisional' ? 'provisional' : 'confirmed', note: noteOf(r) }),
  write: (v, base, subject) => {
    const end = wordsOf(v.end) || undefined;
    const was = firstCode(base.clinicalStatus);
    const status = end ? (['resolved', 'inactive', 'remission'].includes(was) ? was : 'resolved') : ['active', 'recurrence', 'relapse'].includes(was) ? was : 'active';
    const kept = put(base, { clinicalStatus: coded('condition-clinical', status), verificationStatus: coded('condition-ver-status', wordsOf(v.certainty) || 'confirmed'), code: conceptOf(v.problem), onsetDateTime: wordsOf(v.onset), abatementDateTime: end });
    const made = base.id ? kept : { ...kept, category: [coded('condition-category', 'problem-list-item')], subject, recordedDate: today() };
    return withNote(withSide(made, wordsOf(v.side)), wordsOf(v.note));
  },
};

const CATEGORIES: OptionName[] = ['medication', 'food', 'environment', 'biologic'];
export const ALLERGY: EntryForm = {
  name: 'allergy',
  type: 'AllergyIntolerance',
  fields: [
    { name: 'substance', kind: 'concept', source: from('AllergyIntolerance'), required: true, wide: true },
    { name: 'category', kind: 'choice', options: CATEGORIES, required: true },
    { name: 'kindOf', kind: 'choice', options: ['allergy', 'intolerance'], required: true },
    { name: 'reaction', kind: 'concept', source: from('AllergyIntolerance', 'manifestation', 'reaction.manifestation'), wide: true },
    { name: 'severity', kind: 'choice', options: ['mild', 'moderate', 'severe'] },
    { name: 'criticality', kind: 'choice', options: ['low', 'high', 'unable-to-assess'] },
    { name: 'onset', kind: 'date' },
    note,
  ],
  read: (r) => ({ substance: r.code ?? null, category: r.category?.[0] ?? '', kindOf: r.type ?? 'allergy', reaction: r.reaction?.[0]?.manifestation?.[0] ?? null, severity: r.reaction?.[0]?.severity ?? '', criticality: r.criticality ?? '', onset: typedDate(r.onsetDateTime), note: noteOf(r) }),
  write: (v, base, patient) => {
    const manifestation = conceptOf(v.reaction);
    const first = { ...base.reaction?.[0], manifestation: [manifestation, ...(base.reaction?.[0]?.manifestation?.slice(1) ?? [])], severity: wordsOf(v.severity) || undefined };
    const reaction = manifestation ? [first, ...(base.reaction?.slice(1) ?? [])] : undefined;
    const made = put(base, { clinicalStatus: base.clinicalStatus ?? coded('allergyintolerance-clinical', 'active'), verificationStatus: base.verificationStatus ?? coded('allergyintolerance-verification', 'confirmed'), type: wordsOf(v.kindOf), category: v.category ? [wordsOf(v.category)] : undefined, criticality: wordsOf(v.criticality), code: conceptOf(v.substance), onsetDateTime: wordsOf(v.onset), reaction });
    return withNote(base.id ? made : { ...made, patient, recordedDate: today() }, wordsOf(v.note));
  },
};

const RELATIONS: Partial<Record<OptionName, string>> = { father: 'FTH', mother: 'MTH', brother: 'BRO', sister: 'SIS', son: 'SON', daughter: 'DAU', mgf: 'MGRFTH', mgm: 'MGRMTH', pgf: 'PGRFTH', pgm: 'PGRMTH', uncle: 'UNCLE', aunt: 'AUNT' };
const relationOf = (r: Loose): string => Object.entries(RELATIONS).find(([, code]) => code === firstCode(r.relationship))?.[0] ?? '';
export const familyForm = (word: (relation: OptionName) => string): EntryForm => ({
  name: 'family',
  type: 'FamilyMemberHistory',
  fields: [
    { name: 'relation', kind: 'choice', options: Object.keys(RELATIONS) as OptionName[], required: true },
    { name: 'age', kind: 'number', unit: 'a', min: 0, max: 120 },
    { name: 'disease', kind: 'concept', source: CONDITIONS, required: true, wide: true },
    note,
  ],
  read: (r) => ({ relation: relationOf(r), disease: r.condition?.[0]?.code ?? null, age: String(r.condition?.[0]?.onsetAge?.value ?? ''), note: noteOf(r) }),
  write: (v, base, patient) => {
    const age = wordsOf(v.age);
    const relation = wordsOf(v.relation) as OptionName;
    const onsetAge = age ? { value: Number(age), unit: 'ans', system: UCUM, code: 'a' } : undefined;
    const condition = [put({ ...base.condition?.[0] } as Loose, { code: conceptOf(v.disease), onsetAge }), ...(base.condition?.slice(1) ?? [])];
    const same = relationOf(base) === relation;
    const made = { ...base, status: base.status ?? 'completed', relationship: same ? base.relationship : coded('v3-RoleCode', RELATIONS[relation] ?? 'FAMMEMB', word(relation)), condition } as Loose;
    return withNote(base.id ? made : { ...made, patient, date: today() }, wordsOf(v.note));
  },
});

export const SURGERY: EntryForm = {
  name: 'surgery',
  type: 'Procedure',
  fields: [
    { name: 'act', kind: 'concept', source: from('Procedure'), required: true, wide: true },
    { name: 'performed', kind: 'date' },
    { name: 'side', kind: 'choice', options: SIDES },
    note,
  ],
  read: (r) => ({ act: r.code ?? null, performed: typedDate(r.performedDateTime ?? r.performedPeriod?.start), side: sideIn(r), note: noteOf(r) }),
  write: (v, base, subject) => {
    const dated = base.performedPeriod ? base : put(base, { performedDateTime: wordsOf(v.performed) });
    const made = { ...dated, status: base.status ?? 'completed', code: conceptOf(v.act), ...(base.id ? {} : { subject }) };
    return withNote(withSide(made, wordsOf(v.side)), wordsOf(v.note));
  },
};

const ROUTES: OptionName[] = ['oral', 'subcutaneous', 'intramuscular', 'intravenous', 'inhaled', 'topical'];
export const medicationForm = (word: (route: OptionName) => string): EntryForm => ({
  name: 'medication',
  type: 'MedicationStatement',
  fields: [
    { name: 'medicine', kind: 'concept', source: from('MedicationStatement', 'code', 'medicationCodeableConcept'), required: true, wide: true },
    { name: 'dosage', kind: 'text', required: true, wide: true },
    { name: 'route', kind: 'choice', options: ROUTES },
    { name: 'onset', kind: 'date' },
    { name: 'end', kind: 'date', future: true },
    note,
  ],
  read: (r) => ({ medicine: r.medicationCodeableConcept ?? null, dosage: r.dosage?.[0]?.text ?? '', route: ROUTES.find((route) => word(route) === conceptText(r.dosage?.[0]?.route)) ?? '', onset: typedDate(r.effectivePeriod?.start ?? r.effectiveDateTime), end: typedDate(r.effectivePeriod?.end), note: noteOf(r) }),
  write: (v, base, subject) => {
    const route = wordsOf(v.route) as OptionName;
    const dosage = [put({ ...base.dosage?.[0] } as Loose, { text: wordsOf(v.dosage), route: route ? { text: word(route) } : base.dosage?.[0]?.route }), ...(base.dosage?.slice(1) ?? [])];
    const end = wordsOf(v.end);
    const period = { ...(v.onset ? { start: wordsOf(v.onset) } : {}), ...(end ? { end } : {}) };
    const over = end !== '' && end < today().slice(0, end.length);
    const made = put(without(base, 'effectiveDateTime'), { status: over ? 'completed' : base.id && base.status !== 'completed' ? base.status : 'active', medicationCodeableConcept: conceptOf(v.medicine), effectivePeriod: Object.keys(period).length ? period : undefined, dosage });
    return withNote(base.id ? made : { ...made, subject, dateAsserted: today() }, wordsOf(v.note));
  },
});

export const IMMUNIZATION: EntryForm = {
  name: 'immunization',
  type: 'Immunization',
  fields: [
    { name: 'vaccine', kind: 'concept', source: from('Immunization', 'vaccine-code', 'vaccineCode'), required: true, wide: true },
    { name: 'performed', kind: 'date', required: true },
    { name: 'lot', kind: 'text' },
    { name: 'origin', kind: 'choice', options: ['here', 'reported'], required: true },
    note,
  ],
  read: (r) => ({ vaccine: r.vaccineCode ?? null, performed: typedDate(r.occurrenceDateTime), lot: r.lotNumber ?? '', origin: r.primarySource === false ? 'reported' : 'here', note: noteOf(r) }),
  write: (v, base, patient) => {
    const day = wordsOf(v.performed);
    const kept = typedDate(base.occurrenceDateTime) === typedDate(day);
    const made = put(base, { status: base.status ?? 'completed', vaccineCode: conceptOf(v.vaccine), occurrenceDateTime: kept ? base.occurrenceDateTime : day, lotNumber: wordsOf(v.lot), primarySource: v.origin !== 'reported' });
    return withNote(base.id ? made : { ...made, patient }, wordsOf(v.note));
  },
};

export const FLAG: EntryForm = {
  name: 'flag',
  type: 'Flag',
  fields: [
    { name: 'alert', kind: 'text', required: true, wide: true },
    { name: 'flagKind', kind: 'choice', options: ['safety', 'clinical', 'admin'], required: true },
    { name: 'end', kind: 'date', future: true },
  ],
  read: (r) => ({ alert: conceptText(r.code), flagKind: firstCode(r.category?.[0]) || 'clinical', end: typedDate(r.period?.end) }),
  write: (v, base, subject) => {
    const end = wordsOf(v.end);
    const made = { ...base, status: base.status ?? 'active', category: [coded('flag-category', wordsOf(v.flagKind))], code: conceptText(base.code) === wordsOf(v.alert) ? base.code : { text: wordsOf(v.alert) }, period: { start: base.period?.start ?? today(), ...(end ? { end } : {}) } };
    return (base.id ? made : { ...made, subject }) as Loose;
  },
};
