import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../../fhir/http';
import { API } from '../../../fhir/verbs';
import { casePath, type Field, type Person, type Values } from '../core/entry.resource';

export interface Visit {
  state: 'missing' | 'draft' | 'done';
  version: number;
  values: Values;
  author: Person | null;
  done: string | null;
  planned: string | null;
  hoursBefore: number | null;
  rule: { state: 'kept' | 'late' | 'not-applicable' | 'open'; sentence: string; due: string | null };
  overrideReason: string | null;
  fields: Field[];
}

export const visitKey = (surgery: string) => ['preanaesthesia', surgery];

export const useVisit = (surgery: string) =>
  useQuery({ queryKey: visitKey(surgery), staleTime: Infinity, queryFn: ({ signal }) => getJson<Visit>(API + casePath(surgery, 'preanaesthesia'), signal) });

/** The parts of the form, in the order of the consultation; what the server adds later stands at the end. */
export const PARTS = {
  risk: ['asa', 'urgent', 'weight', 'height'],
  airway: ['mallampati', 'mouthOpening', 'thyromental', 'difficultAirway', 'airway', 'dental'],
  history: ['allergies', 'history', 'anaesthesiaHistory', 'smoking', 'treatments', 'treatmentsToStop', 'exam', 'tests'],
  fasting: ['fastingSolids', 'fastingFluids'],
  plan: ['plan', 'planText', 'premedication', 'blood', 'bloodText', 'transfer', 'informed'],
} as const;
export type Part = keyof typeof PARTS;

export const NEEDED = ['asa', 'mallampati', 'allergies', 'plan', 'informed'] as const;

export const isNeeded = (name: string): boolean => (NEEDED as readonly string[]).includes(name);

/** What has to be there before the consultation is finished. */
export const missing = (values: Values): string[] => NEEDED.filter((name) => values[name] === undefined || values[name] === null || values[name] === '' || values[name] === false);

export function fieldsOf(part: Part, fields: Field[]): Field[] {
  const named = Object.values(PARTS).flat() as string[];
  const own = PARTS[part].flatMap((name) => fields.find((field) => field.name === name) ?? []);
  return part === 'plan' ? [...own, ...fields.filter(({ name }) => !named.includes(name))] : own;
}
