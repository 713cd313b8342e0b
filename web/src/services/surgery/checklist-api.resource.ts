import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryString } from '../../fhir/client';
import { getJson } from '../../fhir/http';
import { useLive } from '../../fhir/live';
import { API, getRows } from '../../fhir/verbs';
import type { Checklist, Said } from './checklist.resource';
import type { Tap } from './queue';
import { tapKey } from './use-taps';

const path = (surgery: string) => `surgeries/${encodeURIComponent(surgery)}/checklist`;

/** `version` chooses among those of the house, as long as nothing was told. */
export function useChecklist(surgery: string, version: string | null) {
  const queries = useQueryClient();
  const queryKey = ['surgery', 'checklist', surgery, version];
  useLive(['QuestionnaireResponse'], () => void queries.invalidateQueries({ queryKey }));
  return useQuery({ queryKey, placeholderData: keepPreviousData, queryFn: ({ signal }) => getJson<Checklist>(`${API}${path(surgery)}${version ? `?${queryString({ version })}` : ''}`, signal) });
}

/** The versions of the house, by their name. */
export const useVersions = () =>
  useQuery({ queryKey: ['surgery-checklists', document.documentElement.lang], staleTime: 600_000, queryFn: async ({ signal }) => (await getRows<Checklist>('checklists', 'checklists', signal)).map(({ version, title }) => ({ value: version, label: title })) });

export function tapOf(surgery: string, version: string, said: Said): Tap {
  const [key, at] = [tapKey(), new Date().toISOString()];
  return { key, surgery, kind: 'checklist', method: 'POST', path: path(surgery), body: { key, at, version, entry: said }, at };
}

export const saidBy = (tap: Tap): Said | null => (tap.body.entry as Said | undefined) ?? null;
