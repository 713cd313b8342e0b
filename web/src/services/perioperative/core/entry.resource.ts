// An entry of the theatre's record: what happened, when, by whom; corrected with a reason, never overwritten.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Failure, sendJson } from '../../../fhir/http';
import { API } from '../../../fhir/verbs';
import type { OperationOutcome } from '../../../fhir/types';

export type Value = string | number | boolean | null;
export type Values = Record<string, Value | undefined>;

export interface Person { reference?: string; name?: string }

export interface Field {
  name: string;
  type: 'choice' | 'text' | 'integer' | 'decimal' | 'flag' | 'time';
  required?: boolean;
  values?: string[];
  unit?: string;
  /** Beyond these the server asks again; beyond `min` and `max` it refuses. */
  low?: number;
  high?: number;
  min?: number;
  max?: number;
}

export interface Kind { kind: string; fields: Field[] }

export interface Entry {
  id: string;
  client?: string;
  version: number;
  kind: string;
  time: string;
  values: Values;
  note?: string | null;
  author?: Person;
  recorded?: string;
  status: 'final' | 'corrected' | 'struck';
  corrections?: { at: string; by?: Person; reason: string }[];
  specimen?: string;
}

export interface NewEntry { id: string; kind: string; time?: string; values: Values; note?: string; confirmed?: boolean }

export interface Correction { version: number; reason: string; values?: Values; time?: string; note?: string; strike?: boolean; confirmed?: boolean }

export type Sheet = 'perioperative' | 'anaesthesia';

export const casePath = (surgery: string, rest: string): string => `surgeries/${encodeURIComponent(surgery)}/${rest}`;

export const newId = (): string => crypto.randomUUID();

/** A number, also where it arrives as text because its written precision counts. */
export function num(value: Value | undefined): number | null {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Without what is blank. */
export const filled = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''));

const sent = (values: Values): Values => filled(values);

function useWrite<Body>(sheet: Sheet, surgery: string, path: (body: Body) => string, content: (body: Body) => unknown) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => sendJson('POST', API + casePath(surgery, path(body)), content(body)),
    // The old picture must not stand: a count that was just entered decides whether one may close.
    onSuccess: () => queries.invalidateQueries({ queryKey: [sheet, surgery] }),
  });
}

/** Sends entries; the same one sent twice (a lost answer) is stored once, by its id. */
export const useAdd = (sheet: Sheet, surgery: string) =>
  useWrite<NewEntry[]>(sheet, surgery, () => sheet, (entries) => ({ entries: entries.map((entry) => ({ ...entry, values: sent(entry.values) })) }));

export const useCorrect = (sheet: Sheet, surgery: string) =>
  useWrite<{ entry: string; correction: Correction }>(sheet, surgery, ({ entry }) => `${sheet}/${encodeURIComponent(entry)}/correct`, ({ correction }) => correction);

/** Whether the server refused for this, such as `record.unusual`: as the refusal itself, or beside one of the fields. */
export function isRefusal(error: unknown, code: string): boolean {
  if (!(error instanceof Failure)) return false;
  const issues = ((error.body as OperationOutcome | null)?.issue ?? []).flatMap(({ details }) => details?.coding?.map((coding) => coding.code) ?? []);
  return error.code === code || error.fields.some((field) => field.code === code) || issues.includes(code);
}

export const isUnusual = (error: unknown): boolean => isRefusal(error, 'record.unusual');
