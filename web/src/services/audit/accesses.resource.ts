// Who opened a record: the list that the patient, their proxies and the auditor may see.
import { useInfiniteQuery } from '@tanstack/react-query';
import { getJson } from '../../fhir/http';
import { API, rowsOf } from '../../fhir/verbs';

export interface Access { at: string | undefined; who: string; role: string; action: string; what: string; purpose: string; glass: boolean; reason: string; denied: boolean }

interface AccessAnswer { at?: string; who?: string; role?: string | string[] | null; action?: string; what?: string | null; purpose?: string | null; break_glass?: boolean; reason?: string | null; outcome?: string | null }

export const accessView = (one: AccessAnswer): Access => ({
  at: one.at,
  who: one.who ?? '',
  role: [one.role ?? []].flat()[0]?.split(',')[0] ?? '',
  action: one.action ?? '',
  what: one.what ?? '',
  purpose: one.purpose ?? '',
  glass: one.break_glass ?? false,
  reason: one.reason ?? '',
  denied: one.outcome === '8' || one.outcome === 'denied',
});

export interface Span { from: string; to: string }

export function useAccesses(patient: string, { from, to }: Span) {
  const query = [from && `from=${from}`, to && `to=${to}`].filter(Boolean);
  return useInfiniteQuery({
    queryKey: ['access-list', patient, query],
    staleTime: 0,
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const asked = [...query, pageParam && `before=${encodeURIComponent(pageParam)}`].filter(Boolean).join('&');
      const answer = await getJson<unknown>(`${API}patients/${encodeURIComponent(patient)}/access-list${asked ? `?${asked}` : ''}`, signal);
      const next = (answer as { next?: string | number | null }).next;
      return { rows: rowsOf<AccessAnswer>(answer, 'accesses').map(accessView), next: next === null || next === undefined ? undefined : String(next) };
    },
    getNextPageParam: (page) => page.next,
  });
}
