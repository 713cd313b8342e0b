// What could be done about a day that runs late (`/api/v1/theatre/day/proposals`), and the calls that do it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryString } from '../../fhir/client';
import { getJson, sendJson } from '../../fhir/http';
import { useLive } from '../../fhir/live';
import { API } from '../../fhir/verbs';

interface Call { method: 'POST' | 'PUT'; path: string; body: unknown }

export interface Proposal {
  id: string;
  kind: 'move' | 'swap' | 'earlier' | 'overrun';
  patient: { id: string; name: string } | null;
  text: string;
  why: string;
  avoided: number;
  calls: Call[];
}

/** When a case is expected to begin and end, by its median and by what has passed already. */
export interface Expected { case: string; start: string; end: string; late: number; expected: number; basis: string }

export interface Proposals { late: number; projection: Expected[]; proposals: Proposal[] }

const WATCHED = ['Appointment', 'Procedure'] as const;
const EACH_MS = 60_000;

export function useProposals(site: string) {
  const queries = useQueryClient();
  useLive(WATCHED, () => void queries.invalidateQueries({ queryKey: ['surgery', 'proposals'] }));
  return useQuery({ queryKey: ['surgery', 'proposals', site], refetchInterval: EACH_MS, queryFn: ({ signal }) => getJson<Proposals>(`${API}theatre/day/proposals?${queryString({ facility: site })}`, signal) });
}

/** Carries a proposal out, call by call as the server named them; what is refused ends it and is told. */
export function useTake() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (proposal: Proposal) => {
      for (const { method, path, body } of proposal.calls) await sendJson(method, API + path, body);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['surgery'] }),
  });
}
