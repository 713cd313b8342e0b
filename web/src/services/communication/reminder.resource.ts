// Reminders of appointments (`/api/v1/appointment-reminders`) and what patients want (`communication/patient/…`).
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export type Channel = 'mail' | 'sms';
export type State = 'planned' | 'held' | 'sent' | 'cancelled';
export const LISTS = ['held', 'planned', 'sent'] as const;
export type ListName = (typeof LISTS)[number];

export interface Reminder {
  id: string;
  version: number;
  appointment: string;
  patient: { id: string | null; name: string | null };
  /** The hour of the appointment that it is about. */
  start: string;
  step: 'j-7' | 'j-2' | 'j-1';
  channel: Channel;
  state: State;
  reason: string | null;
  at: string;
  attempts: number;
  sent: string | null;
  text: string | null;
}

export interface Reminders { items: Reminder[]; more: boolean; mail: boolean; sms: boolean; simulator: boolean }

export interface Way { address: string | null; allowed: boolean; set_up: boolean }
export interface Preferences { version: number; language: 'fr' | 'en' | 'de'; mail: Way; sms: Way; landline: boolean; silent: boolean }

const ROOM = 'reminders';
/** The clock of the server sends what is due every few seconds. */
const ASK_MS = 10_000;

export const useReminders = (state: ListName) =>
  useQuery({ queryKey: [ROOM, 'list', state], placeholderData: keepPreviousData, refetchInterval: ASK_MS, queryFn: ({ signal }) => getJson<Reminders>(`${API}appointment-reminders?state=${state}`, signal) });

export const useRemindersOf = (patient: string) =>
  useQuery({ queryKey: [ROOM, 'patient', patient], refetchInterval: ASK_MS, queryFn: ({ signal }) => getJson<Reminders>(`${API}appointment-reminders?patient=${encodeURIComponent(patient)}`, signal) });

/** Sends a reminder now, or takes it back, as it was read. */
export function useDecide() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ reminder, verb }: { reminder: Reminder; verb: 'send' | 'cancel' }) =>
      sendJson<Reminder>('POST', `${API}appointment-reminders/${encodeURIComponent(reminder.id)}/${verb}`, { version: reminder.version }),
    onSettled: () => queries.invalidateQueries({ queryKey: [ROOM] }),
  });
}

export function usePlanAll() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson<{ planned: number }>('POST', `${API}appointment-reminders/schedule`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: [ROOM] }),
  });
}

const pathOf = (patient: string) => `${API}communication/patient/${encodeURIComponent(patient)}/preferences`;

export const usePreferences = (patient: string) =>
  useQuery({ queryKey: [ROOM, 'preferences', patient], queryFn: ({ signal }) => getJson<Preferences>(pathOf(patient), signal) });

export function useRefuse(patient: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: { version: number; mail: boolean; sms: boolean }) => sendJson<Preferences>('PUT', pathOf(patient), wish),
    onSettled: () => queries.invalidateQueries({ queryKey: [ROOM] }),
  });
}
