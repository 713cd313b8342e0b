// What a patient agreed to, refused, withdrew, opposes; every decision keeps the text that was shown.
import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../fhir/http';
import { API, getRows, rowsOf } from '../../fhir/verbs';

export const KINDS = ['processing', 'sharing', 'research', 'telehealth', 'messages', 'photo'] as const;
export type Kind = (typeof KINDS)[number];
export const METHODS = ['written', 'oral', 'electronic'] as const;
export type Method = (typeof METHODS)[number];
export type Decision = 'permit' | 'deny' | 'withdraw';
export type State = Decision | 'unasked';

export interface ConsentRow {
  kind: Kind;
  state: State;
  version: string;
  at: string | undefined;
  method: Method | null;
  by: string;
  note: string;
}

export interface Opposition { actor: string | null; name: string; since: string | undefined; reason: string; active: boolean }

export interface ConsentText { kind: string; version: string; current: boolean; title: string; text: string }

interface ConsentAnswer {
  kind?: string;
  decision?: string | null;
  version?: string | null;
  at?: string | null;
  method?: string | null;
  collected_by?: string | null;
  note?: string | null;
}

interface OppositionAnswer { practitioner?: string | null; name?: string | null; since?: string | null; reason?: string | null; active?: boolean }

const stateOf = (decision: string | null | undefined): State => (decision === 'permit' || decision === 'deny' || decision === 'withdraw' ? decision : 'unasked');
const methodOf = (method: string | null | undefined): Method | null => METHODS.find((one) => one === method) ?? null;

/** One row a kind, in the order of the list, whatever the server leaves out. */
export function consentRows(answers: ConsentAnswer[]): ConsentRow[] {
  return KINDS.map((kind) => {
    const found = answers.find((one) => one.kind === kind);
    return {
      kind,
      state: stateOf(found?.decision),
      version: found?.version ?? '',
      at: found?.at ?? undefined,
      method: methodOf(found?.method),
      by: found?.collected_by ?? '',
      note: found?.note ?? '',
    };
  });
}

const oppositionOf = (one: OppositionAnswer): Opposition => ({
  actor: one.practitioner ?? null,
  name: one.name ?? one.practitioner ?? '',
  since: one.since ?? undefined,
  reason: one.reason ?? '',
  active: one.active ?? true,
});

export function useConsents(patient: string) {
  return useQuery({
    queryKey: ['consents', patient],
    queryFn: async ({ signal }) => {
      const answer = await getJson<unknown>(`${API}patients/${encodeURIComponent(patient)}/consent`, signal);
      return { rows: consentRows(rowsOf<ConsentAnswer>(answer, 'consents')), oppositions: rowsOf<OppositionAnswer>(answer, 'oppositions').map(oppositionOf).filter((one) => one.active) };
    },
  });
}

export function useConsentTexts(language: string) {
  return useQuery({
    queryKey: ['consent-texts', language],
    staleTime: 300_000,
    queryFn: ({ signal }) => getRows<ConsentText>('consent-texts', 'texts', signal),
  });
}

export interface HistoryLine { at: string | undefined; kind: Kind | 'opposition'; state: State; method: Method | null; version: string; who: string; note: string; against: string }

interface HistoryAnswer { at?: string | null; kind?: string; decision?: string | null; method?: string | null; text_version?: string | null; who?: string | null; note?: string | null; against?: string | null }

export function historyLine(one: HistoryAnswer): HistoryLine {
  return {
    at: one.at ?? undefined,
    kind: KINDS.find((kind) => kind === one.kind) ?? 'opposition',
    state: stateOf(one.decision),
    method: methodOf(one.method),
    version: one.text_version ?? '',
    who: one.who ?? '',
    note: one.note ?? '',
    against: one.against ?? '',
  };
}

export function useConsentHistory(patient: string) {
  return useQuery({
    queryKey: ['consents', patient, 'history'],
    queryFn: async ({ signal }) => (await getRows<HistoryAnswer>(`patients/${encodeURIComponent(patient)}/consent-history`, 'history', signal)).map(historyLine),
  });
}
