// A surgical case as the server tells it: what is asked for, what is planned, what happened.
import { useQuery } from '@tanstack/react-query';
import type { Side } from '../../datatypes/CodeableConcept/laterality';
import { getJson } from '../../fhir/http';
import { API, getRows } from '../../fhir/verbs';
import type { Mark } from './projection';
import type { Anaesthesia, Need, Setting, Urgency } from './request.resource';

export const CASE_STEPS = ['requested', 'scheduled', 'pre_op', 'in_progress', 'post_op', 'completed'] as const;
export type CaseStatus = (typeof CASE_STEPS)[number] | 'cancelled' | 'postponed';

export interface Person { ref: string; name: string }

export interface Booking {
  id: string;
  version: number;
  room: string;
  roomName: string;
  start: string;
  end: string;
  cleaning: number;
  team: (Person & { role: string })[];
}

export interface Surgery {
  id: string;
  version: number;
  number: string;
  patient: string;
  act: string;
  actCode: string;
  side: Side | null;
  lateral: boolean | null;
  surgeon: Person | null;
  status: CaseStatus;
  urgency: Urgency;
  target: string | null;
  notBefore: string | null;
  setting: Setting;
  nights: number;
  anaesthesia: Anaesthesia | '';
  position: string;
  approach: string;
  minutes: number | null;
  diagnosis: string;
  needs: Need[];
  note: string;
  reason: string | null;
  booking: Booking | null;
  milestones: Mark[];
  requested: string | null;
}

export const surgeryKey = (id: string) => ['surgery', 'case', id];

export const useSurgery = (id: string) =>
  useQuery({ queryKey: surgeryKey(id), queryFn: ({ signal }) => getJson<Surgery>(`${API}surgeries/${encodeURIComponent(id)}`, signal) });

export const useSurgeriesOf = (patientId: string) =>
  useQuery({ queryKey: ['surgery', 'of', patientId], queryFn: ({ signal }) => getRows<Surgery>(`patients/${encodeURIComponent(patientId)}/surgeries`, 'surgeries', signal) });

const OPEN = new Set<CaseStatus>(['requested', 'scheduled', 'postponed']);

const EDITED = ['side', 'diagnosis', 'urgency', 'target', 'setting', 'nights', 'anaesthesia', 'position', 'approach', 'minutes', 'note'] as const;

/** What an edit says: only what is another than before, and something. */
export function changesOf(before: Surgery, after: Surgery): Partial<Surgery> {
  return Object.fromEntries(EDITED.filter((name) => after[name] !== before[name] && after[name] !== '' && after[name] !== null).map((name) => [name, after[name]]));
}

/** Before the patient is received the request may still be changed. */
export const mayChange = ({ status }: Pick<Surgery, 'status'>): boolean => OPEN.has(status);

export interface Reasons { cancel: { code: string; text: string }[]; postpone: { code: string; text: string }[] }

export const useReasons = () =>
  useQuery({ queryKey: ['surgery-reasons', document.documentElement.lang], staleTime: 600_000, queryFn: ({ signal }) => getJson<Reasons>(`${API}surgeries/reasons`, signal) });

export type CheckState = 'done' | 'missing' | 'unknown' | 'not-needed';
export interface Check { code: string; state: CheckState; text: string; at?: string }

export const useChecks = (id: string) =>
  useQuery({ queryKey: [...surgeryKey(id), 'checks'], queryFn: ({ signal }) => getRows<Check>(`surgeries/${encodeURIComponent(id)}/checks`, 'checks', signal) });

export interface HistoryEvent { at: string; by: string; text: string }

export const useHistory = (id: string) =>
  useQuery({ queryKey: [...surgeryKey(id), 'history'], queryFn: ({ signal }) => getRows<HistoryEvent>(`surgeries/${encodeURIComponent(id)}/history`, 'events', signal) });
