// Steps of courses (`/api/v1/workflows`): what waits, for whom, until when, and what may be done with it.
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Side } from '../../datatypes/CodeableConcept/laterality';
import { Failure, getJson, sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export type State = 'waiting' | 'ready' | 'claimed' | 'done' | 'skipped' | 'held' | 'cancelled';
export type Risk = 'overdue' | 'at-risk' | 'none';
export type Verb = 'claim' | 'release' | 'complete' | 'skip' | 'comment';
export interface Named { reference?: string; name?: string }

export interface Step {
  id: string;
  version: number;
  workflow: string;
  template: string;
  /** The step's own name in its template; `title` is what people read. */
  step: string;
  title: string;
  state: State;
  risk: Risk;
  /** Whom it has reached: late, it goes to the whole team, later to the administration. */
  reach: 'owner' | 'team' | 'admin';
  since?: string;
  due?: string;
  case: string;
  /** The operation in words, and its side: two of one patient are told apart. Absent where the caller may not see it. */
  act?: string;
  side?: Side;
  patient: string;
  patientName?: string;
  roles: string[];
  owner?: Named;
  mine: boolean;
  after: string[];
  may: Verb[];
  opens?: { kind: 'case' | 'chart' | 'documents' | 'theatre'; id: string };
  reason?: string;
  automatic: boolean;
  decidedBy?: Named;
  decidedAt?: string;
  comments?: { author: string; date: string; text: string }[];
}

export interface Course { workflow: string; template: string; version: string; state: 'active' | 'held' | 'completed' | 'ended'; done: number; total: number; steps: Step[] }
export interface Courses { case: string; patient: string; workflows: Course[] }

export interface Active {
  workflow: string;
  template: string;
  case: string;
  patient: string;
  patientName?: string;
  done: number;
  total: number;
  risk: Risk;
  due?: string;
  state: 'active' | 'held';
  now: Pick<Step, 'step' | 'title' | 'state' | 'risk' | 'due' | 'roles'>[];
}

interface Page<T> { items: T[]; next?: string; truncated?: boolean }
interface Waiting extends Page<Step> { total: number }

const ROOM = 'workflow';
export type Scope = 'mine' | 'team';

/** A surgeon's steps are his own; those of others belong to whoever of their role takes them. */
export const firstScope = (roles: readonly string[]): Scope => (roles.includes('surgeon') ? 'mine' : 'team');

const waiting = (scope: Scope, after: string | null, signal: AbortSignal) =>
  getJson<Waiting>(`${API}workflows/tasks?filter=${scope}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`, signal);

/** What waits most for this person or for their role, and how much there is of it. */
export const useInbox = (scope: Scope) =>
  useQuery({ queryKey: [ROOM, 'tasks', scope], placeholderData: keepPreviousData, queryFn: ({ signal }) => waiting(scope, null, signal) });

/** All that waits, the most pressing first, as far as it was asked for. */
export const useWholeInbox = (scope: Scope) =>
  useInfiniteQuery({
    queryKey: [ROOM, 'tasks', scope, 'whole'],
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => waiting(scope, pageParam, signal),
    getNextPageParam: ({ next }) => next ?? null,
    select: ({ pages }) => joined(pages),
  });

/** Pages as one list. A step that grew late between two readings is on both: it is shown once, where it is more pressing. */
export function joined(pages: Waiting[]): Pick<Waiting, 'items' | 'truncated'> & { total: number } {
  const items = [...new Map(pages.flatMap((page) => page.items).toReversed().map((step) => [step.id, step])).values()].toReversed();
  // Every page counts the whole list, as it was when that page was read.
  return { items, total: Math.max(pages[0]?.total ?? 0, items.length), truncated: pages.some((page) => page.truncated) };
}

/** The courses of an operation; none where none has begun. */
export const useCourses = (surgery: string) =>
  useQuery({
    queryKey: [ROOM, 'case', surgery],
    queryFn: async ({ signal }) => {
      try {
        return await getJson<Courses>(`${API}workflows/surgical/${encodeURIComponent(surgery)}/status`, signal);
      } catch (error) {
        if (error instanceof Failure && error.kind === 'missing') return null;
        throw error;
      }
    },
  });

export const useActive = (after: string | null) =>
  useQuery({ queryKey: [ROOM, 'active', after], placeholderData: keepPreviousData, queryFn: ({ signal }) => getJson<Page<Active>>(`${API}workflows/active${after === null ? '' : `?after=${encodeURIComponent(after)}`}`, signal) });

export interface Act { step: Step; verb: Verb; comment?: string; reason?: string }

/** Does something with a step, as it was read: the second of two is told so. */
export function useAct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ step, verb, comment, reason }: Act) =>
      sendJson<Step>('POST', `${API}workflows/tasks/${encodeURIComponent(step.id)}/${verb}`, { version: step.version, ...(comment ? { comment } : {}), ...(reason ? { reason } : {}) }),
    onSettled: () => queries.invalidateQueries({ queryKey: [ROOM] }),
  });
}

export function useBegin(surgery: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson<Courses>('POST', `${API}workflows/surgical/create`, { case: surgery }),
    onSettled: () => queries.invalidateQueries({ queryKey: [ROOM] }),
  });
}

/** Where a step is done. */
export function placeOf({ opens, case: surgery, patient }: Step): string {
  switch (opens?.kind) {
    case 'chart':
      return `/patients/${opens.id}`;
    case 'documents':
      return `/surgeries/${surgery}/documents`;
    case 'theatre':
      return '/theatre';
    case 'case':
      return `/surgeries/${opens.id}`;
    default:
      return `/patients/${patient}`;
  }
}

/** Which step is chosen after one has gone: the next, else the one before. */
export const nextOf = (steps: Step[], id: string): string | null => {
  const at = steps.findIndex((step) => step.id === id);
  return (steps[at + 1] ?? steps[at - 1])?.id ?? null;
};
