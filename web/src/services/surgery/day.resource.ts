// The theatre's day: what the server knows, and over it the taps that wait here.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Side } from '../../datatypes/CodeableConcept/laterality';
import { queryString } from '../../fhir/client';
import { getJson } from '../../fhir/http';
import { useLive } from '../../fhir/live';
import { API } from '../../fhir/verbs';
import type { CaseStatus, Person } from './case.resource';
import type { PhaseCode } from './checklist.resource';
import type { Mark, MilestoneCode, Planned } from './projection';
import type { Tap } from './queue';
import type { Anaesthesia, Setting, Urgency } from './request.resource';

export interface DayCase extends Planned {
  number: string;
  patient: { id: string; name: string; birthDate: string } | null;
  act: string;
  side: Side | null;
  surgeon: Person | null;
  anaesthesia: Anaesthesia | '';
  setting: Setting;
  urgency: Urgency;
  status: CaseStatus;
  checklist: Partial<Record<PhaseCode, 'open' | 'go' | 'no-go'>>;
  milestones: DayMark[];
}

export interface DayMark extends Mark { pending?: boolean }

export interface DayRoomView { ref: string; name: string; cases: DayCase[] }

export interface Day { day: string; facilities: { ref: string; name: string }[]; rooms: DayRoomView[] }

const WATCHED = ['Appointment', 'Procedure', 'ServiceRequest', 'QuestionnaireResponse'] as const;

export function useDay(day: string, site: string) {
  const queries = useQueryClient();
  useLive(WATCHED, () => void queries.invalidateQueries({ queryKey: ['surgery', 'day'] }));
  return useQuery({
    queryKey: ['surgery', 'day', day, site],
    queryFn: ({ signal }) => getJson<Day>(`${API}surgeries/day?${queryString({ date: day, facility: site })}`, signal),
  });
}

/** The milestones of a case with what was tapped here since; an undone one is gone. */
export function marksWith(known: readonly DayMark[], taps: readonly Tap[], surgery: string): DayMark[] {
  return taps.reduce<DayMark[]>((now, tap) => {
    if (tap.surgery !== surgery || tap.refused !== undefined) return now;
    const code = tap.body.code as MilestoneCode | undefined;
    if (!code) return now;
    const others = now.filter((mark) => mark.code !== code);
    if (tap.kind === 'undo') return others;
    return tap.kind === 'milestone' ? [...others, { code, time: String(tap.body.time ?? tap.at), pending: true }] : now;
  }, [...known]);
}

export const withTaps = (day: Day, taps: readonly Tap[]): Day => ({
  ...day,
  rooms: day.rooms.map((room) => ({ ...room, cases: room.cases.map((one) => ({ ...one, milestones: marksWith(one.milestones, taps, one.id) })) })),
});
