// Vacations, closures and absences: what the plan has to keep to.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { clockMinutes, isoWeek, weekdayOf } from '../../datatypes/Date/clinic';
import { getJson, sendJson } from '../../fhir/http';
import { API, type Verb } from '../../fhir/verbs';
import { queryOf } from './board.resource';

export type Weeks = 'all' | 'odd' | 'even';

/** A vacation opératoire: who has a room, every week or every other one. */
export interface Vacation { id: string; version: number; room: string; roomName: string; owner: string; ownerName: string; weekday: number; from: string; until: string; weeks: Weeks; release: number; starts: string | null; ends: string | null }

export type ClosureKind = 'closed' | 'absent' | 'holiday' | 'on-call';
export interface ClosureRow { id: string; of: string; ofName: string; kind: ClosureKind; from: string; until: string; reason: string; weekday?: number | null; weeks?: Weeks | null; hours?: { from: string; until: string } | null }

export function useVacations(facility: string) {
  return useQuery({ queryKey: ['theatre', 'plan', 'blocks', facility], queryFn: async ({ signal }) => (await getJson<{ blocks: Vacation[] }>(`${API}theatre/blocks${queryOf({ facility })}`, signal)).blocks ?? [] });
}

export function useClosures(from: string, to: string) {
  return useQuery({ queryKey: ['theatre', 'plan', 'closures', from, to], queryFn: async ({ signal }) => (await getJson<{ closures: ClosureRow[] }>(`${API}theatre/closures${queryOf({ from, to })}`, signal)).closures ?? [] });
}

/** A change of the frame of the plan; every list of the theatre is then asked anew. */
export function useFrame<T = unknown>() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Verb) => sendJson<T>(method, API + path, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['theatre', 'plan'] }),
  });
}

/** Whether a vacation is held on a day: its weekday, its parity by ISO week, its first and last day. */
export function heldOn({ weekday, weeks, starts, ends }: Pick<Vacation, 'weekday' | 'weeks' | 'starts' | 'ends'>, day: string): boolean {
  if (weekdayOf(day) !== weekday || (starts && day < starts) || (ends && day > ends)) return false;
  return weeks === 'all' || (isoWeek(day) % 2 === 1) === (weeks === 'odd');
}

/** Whether the hours make sense. */
export const hoursFit = (from: string, until: string): boolean => {
  const [start, end] = [clockMinutes(from), clockMinutes(until)];
  return start !== null && end !== null && start < end;
};
