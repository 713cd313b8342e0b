import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export const HIT_KINDS = ['patient', 'note', 'document', 'condition', 'allergy', 'medication', 'procedure', 'result'] as const;
export type HitKind = (typeof HIT_KINDS)[number];

export interface Hit {
  kind: HitKind;
  patient: string;
  patientName: string;
  resource: string;
  title: string;
  /** The title with the words marked, where they stand in it. */
  titleParts?: { text: string; hit: boolean }[];
  excerpt: { text: string; hit: boolean }[];
  date?: string;
}

export const SHORTEST = 2;
const LIMIT = '50';

/** Words in one record, or in those of one's patients; nothing is asked before two letters stand there. */
export function useFind(words: string, patientId?: string) {
  const asked = words.trim();
  return useQuery({
    queryKey: ['find', patientId ?? '', asked],
    enabled: asked.length >= SHORTEST,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const path = patientId ? `patients/${encodeURIComponent(patientId)}/find` : 'find';
      const answer = await getJson<{ hits?: Hit[]; truncated?: boolean }>(`${API}${path}?${new URLSearchParams({ q: asked, limit: LIMIT })}`, signal);
      return { hits: answer.hits ?? [], truncated: answer.truncated ?? false };
    },
  });
}

/** Hits by patient, in the order in which each patient first comes. */
export function byPatient(hits: Hit[]): { patient: string; name: string; hits: Hit[] }[] {
  const groups = new Map<string, { patient: string; name: string; hits: Hit[] }>();
  for (const hit of hits) {
    const group = groups.get(hit.patient) ?? { patient: hit.patient, name: hit.patientName, hits: [] };
    group.hits.push(hit);
    groups.set(hit.patient, group);
  }
  return [...groups.values()];
}
