// A surgeon's week: consultations and theatre in one list.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { MINUTE, atClinic } from '../../datatypes/Date/clinic';
import { clinicDay } from '../../datatypes/Date/format';
import { getJson, sendJson } from '../../fhir/http';
import { useLive } from '../../fhir/live';
import { API, type Verb } from '../../fhir/verbs';

export interface Entry {
  id: string;
  version?: number;
  kind: 'theatre' | 'consultation';
  status: string;
  start: string;
  end: string;
  minutes: number;
  patient: { id: string; name: string; birthDate: string | null; initials: string } | null;
  practitioner: { ref: string; name: string } | null;
  room: { ref: string; name: string } | null;
  case: string | null;
  number?: string | null;
  act?: string | null;
  side?: 'right' | 'left' | 'both' | null;
  type?: string | null;
  reason?: string | null;
}

const KEY = 'agenda';
const GATHER_MS = 120;

export function useEntries(from: string, to: string, practitioner: string | null) {
  return useQuery({
    queryKey: [KEY, 'entries', from, to, practitioner],
    enabled: practitioner !== null,
    queryFn: async ({ signal }) => (await getJson<{ appointments: Entry[] }>(`${API}appointments?${new URLSearchParams({ from, to, practitioner: practitioner ?? '' })}`, signal)).appointments ?? [],
  });
}

/** Keeps the week true while it is open: a change asks anew. */
export function useAgendaLive(): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive(['Appointment', 'ServiceRequest'], () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void queries.invalidateQueries({ queryKey: [KEY] }), GATHER_MS);
  });
}

export interface FreeSlot { start: string; end: string }

export function useFree(practitioner: string, from: string, to: string, minutes: number) {
  const id = practitioner.split('/').pop() ?? practitioner;
  return useQuery({
    queryKey: [KEY, 'free', id, from, to, minutes],
    queryFn: async ({ signal }) => (await getJson<{ slots: FreeSlot[] }>(`${API}providers/${encodeURIComponent(id)}/availability?${new URLSearchParams({ from, to, minutes: String(minutes) })}`, signal)).slots ?? [],
  });
}

export function useAgendaSend<T = unknown>() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Verb) => sendJson<T>(method, API + path, body),
    onSettled: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}

export interface Feed { id: string; created?: string | null; lastUsed?: string | null }

export const useFeeds = () => useQuery({ queryKey: [KEY, 'feeds'], queryFn: async ({ signal }) => (await getJson<{ feeds: Feed[] }>(`${API}calendar-feeds`, signal)).feeds ?? [] });

/** What happens on each day, in the order of its hours; what was cancelled is gone. */
export function byDay(entries: Entry[], days: string[]): { day: string; entries: Entry[] }[] {
  const standing = entries.filter(({ status }) => status !== 'cancelled' && status !== 'entered-in-error').sort((a, b) => a.start.localeCompare(b.start));
  return days.map((day) => ({ day, entries: standing.filter(({ start }) => clinicDay(new Date(start)) === day) }));
}

export interface Placed { entry: Entry; top: number; height: number; column: number; columns: number }

const FIRST = 7 * 60;
const LAST = 20 * 60;
const SHORTEST = 2.2;

/** Where each entry stands in the column of its day, in percent: what overlaps stands side by side. */
export function placedOn(day: string, entries: Entry[]): Placed[] {
  const [from, until] = [atClinic(day, FIRST), atClinic(day, LAST)];
  const long = until - from;
  const placed: (Placed & { end: number; group: number })[] = [];
  let group = 0;
  let groupEnd = 0;
  for (const entry of entries) {
    const start = Math.max(from, Date.parse(entry.start));
    const end = Math.min(until, Math.max(Date.parse(entry.end), Date.parse(entry.start) + MINUTE));
    if (start >= groupEnd) group += 1;
    groupEnd = Math.max(start >= groupEnd ? end : groupEnd, end);
    const taken = new Set(placed.filter((one) => one.group === group && one.end > start).map(({ column }) => column));
    let column = 0;
    while (taken.has(column)) column += 1;
    placed.push({ entry, top: (100 * (start - from)) / long, height: Math.max(SHORTEST, (100 * (end - start)) / long), column, columns: 1, end, group });
  }
  const wide = (group: number) => 1 + Math.max(...placed.filter((one) => one.group === group).map(({ column }) => column));
  return placed.map(({ entry, top, height, column, group: mine }) => ({ entry, top, height, column, columns: wide(mine) }));
}

export const HOURS = Array.from({ length: (LAST - FIRST) / 60 }, (_, index) => FIRST / 60 + index);
