// Medical alerts (`/api/v1/medical-alerts`): who is called to whom, and what they answered.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../fhir/http';
import { useLive } from '../../fhir/live';
import { API } from '../../fhir/verbs';

export const PRIORITIES = ['high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];
export type State = 'triggered' | 'notified' | 'acked' | 'responding' | 'resolved' | 'withdrawn';
export type Answer = 'ack' | 'respond' | 'pass' | 'resolve' | 'withdraw';
export const CALLABLE = ['surgeon', 'anaesthetist', 'clinician', 'nurse', 'pharmacist', 'medical_admin'] as const;

export interface Alert {
  id: string;
  version: number;
  priority: Priority;
  state: State;
  text: string | null;
  patient: { id: string | null; name: string | null };
  sender: string | null;
  people: { reference: string; name: string | null }[];
  roles: string[];
  rung: number;
  sent: string;
  /** When the next people are called by themselves. */
  next: string | null;
  /** The escalation itself stands still. */
  late: boolean;
  /** Calls me, and nobody has taken it. */
  waits: boolean;
  may: Answer[];
  events: { code: string; at: string; who: string | null; words: string | null }[];
}

export interface Count { waiting: number; high: number; late: number }

const ROOM = 'alerts';
export type Scope = 'mine' | 'open';
/** The stream tells those who may read the record; who is called without a tie to the patient learns it by asking. */
const ASK_MS = 10_000;

export const useAlerts = (scope: Scope) =>
  useQuery({ queryKey: [ROOM, 'list', scope], placeholderData: keepPreviousData, refetchInterval: ASK_MS, queryFn: ({ signal }) => getJson<{ items: Alert[]; more: boolean }>(`${API}medical-alerts?filter=${scope}`, signal) });

export const useAlertsOf = (patient: string) =>
  useQuery({ queryKey: [ROOM, 'patient', patient], queryFn: ({ signal }) => getJson<{ items: Alert[] }>(`${API}medical-alerts?patient=${encodeURIComponent(patient)}`, signal) });

export const useCount = (on: boolean) =>
  useQuery({ queryKey: [ROOM, 'count'], enabled: on, refetchInterval: ASK_MS, refetchIntervalInBackground: true, queryFn: ({ signal }) => getJson<Count>(`${API}medical-alerts/count`, signal) });

export interface Saying { alert: Alert; said: Answer; comment?: string }

/** Answers an alert as it was read: the second of two is told so. */
export function useAnswer() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ alert, said, comment }: Saying) =>
      sendJson<Alert>('POST', `${API}medical-alerts/${encodeURIComponent(alert.id)}/${said}`, { version: alert.version, ...(comment ? { comment } : {}) }),
    onSettled: () => queries.invalidateQueries({ queryKey: [ROOM] }),
  });
}

export interface Call { patient: string; priority: Priority; text: string; to: string[] }

export function useCall() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (call: Call) => sendJson<Alert>('POST', `${API}medical-alerts/send`, call),
    onSettled: () => queries.invalidateQueries({ queryKey: [ROOM] }),
  });
}

const WATCHED = ['CommunicationRequest'] as const;

/** Runs when an alert changed. Reminders are of the same type, and hundreds of them are planned at once. */
export const useAlertNews = (run: () => void, patient?: string): void =>
  useLive(WATCHED, (change) => {
    if (change === 'reset' || change.id.startsWith('alert-')) run();
  }, patient);
