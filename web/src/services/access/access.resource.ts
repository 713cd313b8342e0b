// The policies in force, and why a record opens to one person and not to another.
import { useQuery } from '@tanstack/react-query';
import type { Language } from '../../datatypes/Date/format';
import { getJson, sendJson } from '../../fhir/http';
import { API, getRows, rowsOf } from '../../fhir/verbs';

/** The field groups that are about one patient, in the order of their delicacy. */
export const GROUPS = ['identity', 'contact', 'schedule', 'billing', 'consent', 'summary', 'clinical', 'sensitive', 'psych'] as const;
export type Group = (typeof GROUPS)[number];
export const VERBS = ['read', 'write', 'sign', 'delete', 'export', 'erase'] as const;

/** The files of the policy folder, in the order in which they are read to a person. */
export const FILES = ['invariants', 'everyone', 'physicians', 'nurse', 'pharmacist', 'secretary', 'billing', 'medical_admin', 'auditor', 'patient', 'integration'] as const;
export type PolicyFile = (typeof FILES)[number];

type Sentence = string | Partial<Record<Language, string>> | undefined;
interface Told { sentence?: Sentence; fr?: string; en?: string; de?: string }

/** A sentence in the reader's language, French where there is no other. */
export function told(answer: Told | string, language: Language): string {
  if (typeof answer === 'string') return answer;
  if (typeof answer.sentence === 'string') return answer.sentence;
  const all = answer.sentence ?? answer;
  return all[language] ?? all.fr ?? '';
}

interface PolicyAnswer extends Told { id?: string; file?: string; effect?: string; see?: string | null; text?: string }

export interface PolicyRow { id: string; file: PolicyFile | null; forbids: boolean; sentence: string; see: string; text: string }

export function policyRow(answer: PolicyAnswer, language: Language): PolicyRow {
  const name = (answer.file ?? '').split('/').at(-1)?.replace(/\.cedar$/, '') ?? '';
  const text = answer.text ?? '';
  return {
    id: answer.id ?? '',
    file: FILES.find((file) => file === name) ?? null,
    forbids: answer.effect === 'forbid' || (answer.effect === undefined && /^\s*forbid/m.test(text)),
    sentence: told(answer, language),
    see: answer.see ?? '',
    text: text.trim(),
  };
}

export function usePolicies(language: Language) {
  return useQuery({
    queryKey: ['access-policies', language],
    staleTime: 300_000,
    queryFn: async ({ signal }) => {
      const answer = await getJson<{ closed?: boolean }>(`${API}access/policies`, signal);
      return { closed: answer.closed ?? false, rows: rowsOf<PolicyAnswer>(answer, 'policies').map((one) => policyRow(one, language)) };
    },
  });
}

export interface AccountChoice { id: string; name: string; roles: string[]; disabled: boolean }

export function useAccountChoices() {
  return useQuery({
    queryKey: ['accounts', 'choices'],
    queryFn: async ({ signal }) =>
      (await getRows<Partial<AccountChoice> & { user?: string }>('accounts', 'accounts', signal))
        .map((one): AccountChoice => ({ id: one.id ?? '', name: one.name || one.user || '', roles: one.roles ?? [], disabled: one.disabled ?? false }))
        .sort((a, b) => a.name.localeCompare(b.name, 'fr')),
  });
}

export interface Ask { account: string; patient: string; verb: string; group: string }

export interface Reason { policy: string; forbids: boolean; sentence: string }
export interface Explanation { allowed: boolean; reasons: Reason[]; ties: string[]; marks: string[]; wouldOpen: string[] }

interface ExplainAnswer {
  allowed?: boolean;
  reasons?: ({ policy?: string; effect?: string } & Told)[];
  ties?: string[];
  marks?: string[];
  would_open?: (string | Told)[];
}

export function explanation(answer: ExplainAnswer, language: Language): Explanation {
  return {
    allowed: answer.allowed ?? false,
    reasons: (answer.reasons ?? []).map((one) => ({ policy: one.policy ?? '', forbids: one.effect === 'forbid', sentence: told(one, language) })),
    ties: answer.ties ?? [],
    marks: answer.marks ?? [],
    wouldOpen: (answer.would_open ?? []).map((one) => told(one, language)).filter(Boolean),
  };
}

export function useExplanation(ask: Ask | null, language: Language) {
  return useQuery({
    queryKey: ['access-explain', ask, language],
    enabled: ask !== null,
    staleTime: 0,
    queryFn: async () => explanation((await sendJson<ExplainAnswer>('POST', `${API}access/explain`, ask)) ?? {}, language),
  });
}

export interface Who { id: string; name: string; roles: string[]; ties: string[]; marks: string[]; groups: Map<string, boolean> }

type GroupsAnswer = string[] | Record<string, boolean | { allowed?: boolean; read?: boolean }> | { group?: string; allowed?: boolean }[];
interface WhoAnswer { id?: string; account?: string; user?: string; name?: string; roles?: string[]; ties?: string[]; marks?: string[]; groups?: GroupsAnswer }

function groupsOf(answer: GroupsAnswer | undefined): Map<string, boolean> {
  if (Array.isArray(answer)) return new Map(answer.map((one) => (typeof one === 'string' ? [one, true] : [one.group ?? '', one.allowed ?? true])));
  return new Map(Object.entries(answer ?? {}).map(([name, one]) => [name, typeof one === 'boolean' ? one : (one.allowed ?? one.read ?? false)]));
}

export function whoView(answer: WhoAnswer): Who {
  return {
    id: answer.id ?? answer.account ?? '',
    name: answer.name || answer.user || '',
    roles: answer.roles ?? [],
    ties: answer.ties ?? [],
    marks: answer.marks ?? [],
    groups: groupsOf(answer.groups),
  };
}

export function useWho(patient: string | null) {
  return useQuery({
    queryKey: ['access-who', patient],
    enabled: patient !== null,
    staleTime: 0,
    queryFn: async ({ signal }) => rowsOf<WhoAnswer>(await getJson<unknown>(`${API}access/who?patient=${encodeURIComponent(patient ?? '')}`, signal), 'accounts').map(whoView),
  });
}
