// The optimiser works on the server; this page starts it, watches it and takes or leaves what it found.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addDays, mondayOf } from '../../datatypes/Date/clinic';
import { getJson, postJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export const COSTS = ['dropped', 'lateness', 'overtime', 'opening', 'roomChange', 'ambulatory', 'disturbance', 'risk'] as const;
export type CostPart = (typeof COSTS)[number];
export type Cost = Partial<Record<CostPart, number>> & { total: number };

export interface Spot { room: string; roomName?: string; start: string; end?: string }
export interface Move { case: string; number: string | null; act: string | null; booking: string | null; from: Spot | null; to: Spot | null; reason?: string }
export interface Job { state: 'running' | 'done' | 'stopped' | 'failed'; elapsed: number; costNow: Cost; cost: Cost; improvements: { n: number; at: number; cost: number }[]; moves: Move[]; text?: string }
export interface Settings { from: string; to: string; facility?: string; seconds: number; move: 'all' | 'drafts' | 'none'; add: boolean }

const path = (job: string) => `${API}ai/optimize-schedule/${encodeURIComponent(job)}`;
/** A computation has no record that would tell of it: it is asked while it runs, and only then. */
const WATCH_MS = 400;

export function useJob(job: string | null) {
  return useQuery({
    queryKey: ['theatre', 'optimise', job],
    enabled: job !== null,
    queryFn: ({ signal }) => getJson<Job>(`${path(job ?? '')}?since=0`, signal),
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? WATCH_MS : false),
  });
}

export const useStart = () => useMutation({ mutationFn: (settings: Settings) => postJson<{ job: string }>(`${API}ai/optimize-schedule`, settings) });

export function useJobVerb(job: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (verb: 'stop' | 'apply') => postJson<{ booked?: number; moved?: number }>(`${path(job ?? '')}/${verb}`, {}),
    onSettled: (_, __, verb) => queries.invalidateQueries({ queryKey: verb === 'apply' ? ['theatre', 'plan'] : ['theatre', 'optimise', job] }),
  });
}

export interface Insertion { at: (Spot & { end: string }) | null; moves: Move[]; cost: Cost; elapsed: number; proposal: string }

export const useInsertion = () => useMutation({ mutationFn: (body: { case: string; minutes?: number }) => postJson<Insertion>(`${API}theatre/emergency`, body) });

export function useInsert() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (proposal: string) => postJson<unknown>(`${API}theatre/emergency/${encodeURIComponent(proposal)}/apply`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: ['theatre', 'plan'] }),
  });
}

/** The corners of a falling line, in the unit square: time to the right, cost upwards. */
export function fallOf(improvements: Job['improvements'], elapsed: number): { x: number; y: number }[] {
  const first = improvements[0];
  const last = improvements.at(-1);
  if (!first || !last) return [];
  const [high, low] = [Math.max(...improvements.map(({ cost }) => cost)), Math.min(...improvements.map(({ cost }) => cost))];
  const long = Math.max(elapsed, last.at, 0.001);
  const height = (cost: number) => (high === low ? 0.5 : (cost - low) / (high - low));
  const steps = improvements.flatMap(({ at, cost }, index) => {
    const before = improvements[index - 1];
    const here = { x: at / long, y: height(cost) };
    return before ? [{ x: here.x, y: height(before.cost) }, here] : [here];
  });
  return [...steps, { x: 1, y: height(last.cost) }];
}

/** The working week of a day; what is past of it cannot be planned any more. */
export function horizonOf(day: string, now: string): { from: string; to: string } {
  const [monday, friday] = [mondayOf(day), addDays(mondayOf(day), 4)];
  const from = monday < now ? now : monday;
  return { from, to: friday < from ? from : friday };
}
