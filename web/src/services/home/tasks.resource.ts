// What waits for one person: the open Tasks they own. Results to review have a list of their own.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { conceptText, hasCode } from '../../datatypes/CodeableConcept/concept';
import { today } from '../../datatypes/Date/today';
import { fhirRead, fhirSearch, searchPath } from '../../fhir/client';
import { getJson, request } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { CodeableConcept, Period, Reference, Resource } from '../../fhir/types';
import { personOf, type PersonLine } from './person.resource';

export interface Task extends Resource {
  resourceType: 'Task';
  status?: string;
  priority?: string;
  code?: CodeableConcept;
  description?: string;
  for?: Reference;
  authoredOn?: string;
  restriction?: { period?: Period };
}

export interface TaskLine {
  id: string;
  title: string;
  urgent: boolean;
  /** A result to review. */
  result: boolean;
  due: string | undefined;
  /** Past its time: told anew, whoever saw it before. */
  overdue: boolean;
  since: string | undefined;
  person: PersonLine | null;
}

const SHOWN = 50;
/** Steps of courses stand in their own list, and are changed by its verbs alone. */
const COURSE = 'urn:medhub:task|workflow-step';
const OPEN = 'requested,received,accepted,ready,in-progress';
const RESULT = 'result-review';

export function taskLine(task: Task, person: PersonLine | null, now = Date.now()): TaskLine {
  const urgent = ['urgent', 'asap', 'stat'].includes(task.priority ?? '');
  return { id: task.id ?? '', title: task.description || conceptText(task.code), urgent, result: hasCode(task.code, RESULT), due: task.restriction?.period?.end, overdue: Date.parse(task.restriction?.period?.end ?? '') < now, since: task.authoredOn, person };
}

/** Urgent first, then what is due first; what is never due stands last, oldest first. */
export const byPress = (a: TaskLine, b: TaskLine): number =>
  Number(b.overdue && b.urgent) - Number(a.overdue && a.urgent) || Number(b.urgent) - Number(a.urgent) || (a.due ?? '9').localeCompare(b.due ?? '9') || (a.since ?? '').localeCompare(b.since ?? '');

export function useTasks(practitioner: string | null) {
  return useQuery({
    queryKey: ['fhir', 'Task', 'mine', practitioner],
    enabled: practitioner !== null,
    queryFn: async ({ signal }) => {
      const page = await fhirSearch<Task>('Task', { owner: practitioner ?? undefined, status: OPEN, 'code:not': COURSE, _count: String(SHOWN), _include: 'Task:patient' }, signal);
      const day = today();
      return { rows: page.rows.map((task) => taskLine(task, personOf(page, [task.for], day))).sort(byPress), more: page.next !== null };
    },
  });
}

/** A notice has its own name once it is late, so that having seen the task is not having seen that it is late. */
export const noticeId = ({ id, overdue, urgent }: TaskLine): string => (overdue && urgent ? `${id}:late` : id);

/** Milliseconds until the next of these is late; null when none will be. */
export function nextLate(rows: readonly TaskLine[], now: number): number | null {
  const coming = rows.filter((task) => !task.overdue && task.due).map((task) => Date.parse(task.due ?? '') - now).filter((wait) => wait > 0);
  return coming.length ? Math.min(...coming) : null;
}

/** Gives a task another state, unless somebody changed it meanwhile; answers the state it had. */
export function useTaskState() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, status }: { id: string; status: string }) => {
      const task = await fhirRead<Task>('Task', id);
      await request(`${searchPath('Task', {})}/${encodeURIComponent(id)}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/fhir+json', Accept: 'application/fhir+json', 'If-Match': `W/"${task.meta?.versionId ?? ''}"` },
        body: JSON.stringify({ ...task, status }),
      });
      return task.status ?? 'requested';
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['fhir', 'Task'] }),
  });
}

export interface Steps { mine: number; overdue: number }

/** How many steps of courses wait for this person; counted when the list is opened, since each change of a task is news. */
export const useSteps = (opened: boolean) =>
  useQuery({ queryKey: ['workflow', 'count'], enabled: opened, staleTime: 10_000, queryFn: ({ signal }) => getJson<Steps>(`${API}workflows/tasks/count`, signal) });
