// The plan of the theatre as the server tells it: rooms by day, bookings, and who waits.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { getJson } from '../../fhir/http';
import { useLive } from '../../fhir/live';
import { API } from '../../fhir/verbs';

export type Side = 'right' | 'left' | 'both';
export type Lock = 'draft' | 'published' | 'locked';
export type Setting = 'ambulatory' | 'inpatient';
export type CaseStatus = 'requested' | 'scheduled' | 'pre_op' | 'in_progress' | 'post_op' | 'completed' | 'cancelled' | 'postponed';

export interface Named { ref: string; name: string }
export interface Person { id: string; name: string; birthDate: string | null; initials: string }
export interface TeamMember { role: string; ref: string; name: string }

export interface Conflict { kind: string; resource: string; name: string; holder: string | null; booking: string | null; from: string; until: string; minutes: number; text: string }
export interface Offer { room: string; roomName: string; start: string; end: string; cost: number; text: string }

export interface Booking {
  id: string;
  version: number;
  case: string | null;
  number: string | null;
  patient: Person | null;
  act: string | null;
  actCode: string | null;
  side: Side | null;
  room: string;
  surgeon: Named | null;
  team: TeamMember[];
  devices: Named[];
  start: string;
  end: string;
  minutes: number;
  cleaning: number;
  clean: string;
  lock: Lock;
  setting: Setting | null;
  status: string;
  holdUntil: string | null;
  urgency: string | null;
  target: string | null;
  late: number | null;
  caseStatus: CaseStatus;
  p50: number | null;
  p80: number | null;
  p90: number | null;
  milestones: { code: string; time: string }[];
  conflicts: Conflict[];
}

export interface Waiting {
  case: string;
  number: string | null;
  patient: Person | null;
  act: string | null;
  actCode: string | null;
  side: Side | null;
  surgeon: Named | null;
  minutes: number;
  cleaning: number;
  setting: Setting | null;
  nights: number;
  urgency: string | null;
  notBefore: string | null;
  target: string | null;
  late: number | null;
  facility: string | null;
  room: string | null;
  requested: string | null;
  status: string;
}

export interface Block { id: string; from: string; until: string; owner: string; ownerName: string; released: boolean; releaseOn: string | null }
export interface Closure { id: string; from: string; until: string; reason: string }
export interface RoomDay { day: string; open: string | null; close: string | null; blocks: Block[]; closures: Closure[]; occupied: number; overtime: number | null; end: string | null }
export interface RoomRow { ref: string; name: string; short: string; facility: string; days: RoomDay[] }
export interface Absence { id: string; ref: string; name: string; from: string; until: string; reason: string }

export interface Board { from: string; to: string; now: string; zone: string; version: number; rooms: RoomRow[]; bookings: Booking[]; unscheduled: Waiting[]; absences: Absence[] }

export interface Resources {
  facilities: { ref: string; name: string; organization: string }[];
  rooms: { ref: string; name: string; short: string; facility: string; capabilities: string[] }[];
  people: { ref: string; name: string; initials: string; roles: string[]; specialty: string | null; facility: string | null }[];
  equipment: { ref: string; name: string; kind: string; count: number; turnaround: number; facility: string | null }[];
  beds: { ref: string; name: string; kind: string; count: number; facility: string | null }[];
}

const KEY = 'theatre';
/** A booking touches several records at once: they are answered together. */
const GATHER_MS = 120;

/** What the plan is made of. */
export const PLAN_TYPES = ['Appointment', 'Slot', 'Schedule', 'ServiceRequest', 'Procedure'] as const;

/** Keeps every list of the theatre true while its page is open: a change asks anew, nothing is asked without one. */
export function useTheatreLive(): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive(PLAN_TYPES, () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void queries.invalidateQueries({ queryKey: [KEY, 'plan'] }), GATHER_MS);
  });
}

export const queryOf = (values: Record<string, string | undefined>): string => {
  const given = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length ? `?${new URLSearchParams(given)}` : '';
};

export const boardKey = (from: string, to: string, facility: string, scenario = '') => [KEY, 'plan', 'board', from, to, facility, scenario] as const;

/** The plan; with a scenario, the plan as that has it. */
export function useBoard(from: string, to: string, facility: string, scenario = '') {
  return useQuery({
    queryKey: boardKey(from, to, facility, scenario),
    queryFn: ({ signal }) => getJson<Board>(`${API}theatre/board${queryOf({ from, to, facility, scenario })}`, signal),
    placeholderData: keepPreviousData,
  });
}

export function useResources() {
  return useQuery({
    queryKey: [KEY, 'resources'],
    queryFn: ({ signal }) => getJson<Resources>(`${API}theatre/resources`, signal),
    staleTime: Infinity,
  });
}

export const idOf = (reference: string): string => reference.split('/').pop() ?? reference;

/** The number of a case without the code of its act: what may be read in a corridor. */
export const plainNumber = (number: string | null): string => (number ?? '').replace(/-[A-Z]{4}\d{3}$/, '');

/** How a late or pressing case is marked. */
export type Pressure = 'late' | 'near' | 'calm' | 'none';
const NEAR_DAYS = 3;
export const pressureOf = (late: number | null): Pressure => (late === null ? 'none' : late > 0 ? 'late' : late > -NEAR_DAYS ? 'near' : 'calm');

/** How the chance of working late is marked. */
export type Risk = 'low' | 'some' | 'high';
export const riskOf = (chance: number | null): Risk => (chance === null || chance < 0.2 ? 'low' : chance < 0.5 ? 'some' : 'high');

/** The sites that have rooms, the one with the most of them first. */
export function sitesOf(resources: Resources | undefined): { ref: string; name: string }[] {
  const rooms = (site: string) => resources?.rooms.filter(({ facility }) => facility === site).length ?? 0;
  return (resources?.facilities ?? []).filter(({ ref }) => rooms(ref) > 0).sort((a, b) => rooms(b.ref) - rooms(a.ref));
}
