import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson } from '../../fhir/http';
import { useLive } from '../../fhir/live';
import { API } from '../../fhir/verbs';
import type { Checklist, Said } from './checklist.resource';
import type { Tap } from './queue';
import { tapKey } from './use-taps';

const path = (surgery: string) => `surgeries/${encodeURIComponent(surgery)}/checklist`;

export function useChecklist(surgery: string) {
  const queries = useQueryClient();
  const queryKey = ['surgery', 'checklist', surgery];
  useLive(['QuestionnaireResponse'], () => void queries.invalidateQueries({ queryKey }));
  return useQuery({ queryKey, queryFn: ({ signal }) => getJson<Checklist>(API + path(surgery), signal) });
}

export function tapOf(surgery: string, said: Said): Tap {
  const [key, at] = [tapKey(), new Date().toISOString()];
  return { key, surgery, kind: 'checklist', method: 'POST', path: path(surgery), body: { key, at, entry: said }, at };
}

export const saidBy = (tap: Tap): Said | null => (tap.body.entry as Said | undefined) ?? null;
