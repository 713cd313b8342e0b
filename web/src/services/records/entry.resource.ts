// Lines of a chart as forms: what is asked, how it is read from a resource and written into one.
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { fhirRead, fhirSearch } from '../../fhir/client';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { CodeableConcept, Coding, Resource } from '../../fhir/types';
import type { Picked } from '../../design/Picker';
import type chart from '../../i18n/chart.fr.json';

export type FieldName = keyof (typeof chart)['entry']['field'];
export type OptionName = keyof (typeof chart)['entry']['option'];
export type FormName = keyof (typeof chart)['entry']['title'];

/** Where codes that were used before are looked for: type and search parameter. */
export interface ConceptSource { type: string; param: string; element: string }

export type Field = { name: FieldName; required?: boolean; wide?: boolean } & (
  | { kind: 'text' | 'area' }
  | { kind: 'date'; future?: boolean }
  | { kind: 'choice'; options: OptionName[] }
  | { kind: 'concept'; source: ConceptSource }
  | { kind: 'practitioner' }
  | { kind: 'number'; unit: string; min: number; max: number }
);

export type Value = string | CodeableConcept | null;
export type Values = Partial<Record<FieldName, Value>>;

export const wordsOf = (value: Value | undefined): string => (typeof value === 'string' ? value.trim() : '');
export const conceptOf = (value: Value | undefined): CodeableConcept | undefined => (value && typeof value === 'object' ? value : undefined);

/** A resource of which a form reads and writes some members; the others are kept as they are. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Loose = Resource & Record<string, any>;

export interface EntryForm {
  name: FormName;
  type: string;
  fields: Field[];
  read: (resource: Loose) => Values;
  write: (values: Values, base: Loose, patient: { reference: string }) => Loose;
}

export const readEntry = (type: string, id: string, signal?: AbortSignal): Promise<Loose> => fhirRead<Loose>(type, id, signal);

const SHOWN = 8;
const ASKED = '60';
const ICD10_SHAPE = /^[A-TV-Z]\d\d(?:\.?\d{1,3})?$/i;
const ICD10_SYSTEM = 'http://hl7.org/fhir/sid/icd-10';

const pickedOf = (concept: CodeableConcept, detail?: string): Picked => ({ id: JSON.stringify(concept), label: conceptText(concept), detail });
export const picked = (concept: CodeableConcept | undefined): Picked | null => (concept && conceptText(concept) ? pickedOf(concept) : null);
export const unpicked = (one: Picked | null): CodeableConcept | null => (one ? (JSON.parse(one.id) as CodeableConcept) : null);

function elementsOf(resource: Resource, path: string): CodeableConcept[] {
  let found: unknown[] = [resource];
  for (const part of path.split('.')) found = found.flatMap((one) => (one as Record<string, unknown>)[part] ?? []);
  return found as CodeableConcept[];
}

const codeOf = (concept: CodeableConcept): Coding | undefined => concept.coding?.find((one) => one.code);

/** Distinct concepts, the most used first. */
export function ranked(concepts: CodeableConcept[], typed: string): CodeableConcept[] {
  const wanted = typed.toLocaleLowerCase();
  const found = new Map<string, { concept: CodeableConcept; count: number }>();
  for (const concept of concepts) {
    const code = codeOf(concept);
    const words = conceptText(concept);
    if (!words || !(words.toLocaleLowerCase().includes(wanted) || code?.code?.toLocaleLowerCase().startsWith(wanted) || foldedIncludes(words, wanted))) continue;
    const key = code ? `${code.system}|${code.code}|${words}` : words.toLocaleLowerCase();
    const known = found.get(key);
    if (known) known.count += 1;
    else found.set(key, { concept: { ...(concept.coding ? { coding: concept.coding } : {}), text: words }, count: 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || conceptText(a.concept).localeCompare(conceptText(b.concept))).map((one) => one.concept).slice(0, SHOWN);
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
const foldedIncludes = (text: string, part: string) => fold(text).includes(fold(part));

interface Diagnoses { concepts?: { system: string; code: string; display: string }[] }

/** Diagnoses of the classification that the clinic has loaded, if it has. */
const diagnoses = (typed: string, signal: AbortSignal): Promise<Picked[]> =>
  getJson<Diagnoses>(`${API}diagnoses?${new URLSearchParams({ q: typed })}`, signal).then(
    ({ concepts = [] }) => concepts.map(({ system, code, display }) => pickedOf({ coding: [{ system, code, display }], text: display }, code)),
    () => [],
  );

/** Codes already used in the clinic, those of a loaded classification, then a typed ICD-10 code, then the words as they are. */
export async function findConcepts(source: ConceptSource, typed: string, words: { code: string; free: string }, signal: AbortSignal): Promise<Picked[]> {
  const code = typed.toUpperCase();
  const isCode = source.type === 'Condition' && ICD10_SHAPE.test(typed);
  const ask = (param: string, value: string) => fhirSearch<Resource>(source.type, { [param]: value, _elements: source.element.split('.')[0], _count: ASKED }, signal).then((page) => page.rows, () => []);
  const [rows, loaded] = await Promise.all([isCode ? ask(source.param, code) : ask(`${source.param}:text`, typed), source.type === 'Condition' ? diagnoses(typed, signal) : []]);
  const known = ranked(rows.flatMap((row) => elementsOf(row, source.element)), typed).map((concept) => pickedOf(concept, codeOf(concept)?.code));
  const used = new Set(known.map((one) => one.detail));
  known.push(...loaded.filter((one) => !used.has(one.detail)).slice(0, SHOWN));
  if (isCode && !known.some((one) => one.detail === code)) known.push(pickedOf({ coding: [{ system: ICD10_SYSTEM, code }], text: code }, words.code));
  return [...known, pickedOf({ text: typed }, words.free)];
}
