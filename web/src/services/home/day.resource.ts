// The day of the clinic: the appointments to come, who waits and who is in the house.
import { useQuery } from '@tanstack/react-query';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { clinicDay } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { fhirSearch } from '../../fhir/client';
import type { Appointment, Encounter } from '../../fhir/types';
import { codeText } from '../../i18n/code';
import { personOf, type PersonLine } from './person.resource';

export interface DayRow { id: string; start: string | undefined; title: string; who: string[]; status: string; person: PersonLine | null }

const filled = (texts: (string | undefined)[]): string[] => texts.filter((text): text is string => Boolean(text));

export function appointmentLine(appointment: Appointment, person: PersonLine | null): DayRow {
  const words = filled([appointment.description, ...(appointment.serviceType ?? []).map(conceptText), ...(appointment.reasonCode ?? []).map(conceptText), conceptText(appointment.appointmentType)]);
  const others = (appointment.participant ?? []).filter((part) => !part.actor?.reference?.includes('Patient/'));
  return { id: appointment.id ?? '', start: appointment.start, title: words[0] ?? '', who: filled(others.map((part) => part.actor?.display)), status: appointment.status ?? '', person };
}

export function encounterLine(encounter: Encounter, person: PersonLine | null): DayRow {
  const reason = filled((encounter.reasonCode ?? []).map(conceptText)).join(', ');
  const type = filled((encounter.type ?? []).map(conceptText)).join(', ');
  return {
    id: encounter.id ?? '',
    start: encounter.period?.start,
    title: reason || type || codeText('encounterClass', encounter.class?.code, encounter.class?.display),
    who: [...new Set(filled((encounter.participant ?? []).map((part) => part.individual?.display)))],
    status: encounter.status ?? '',
    person,
  };
}

const SHOWN = 60;

export interface Programme {
  /** The first day from today that has appointments. */
  day: string;
  rows: DayRow[];
  more: boolean;
}

/** Keeps the appointments of the first day; `null` when none is to come. */
export function firstDay(rows: DayRow[], complete: boolean): Programme | null {
  const kept = rows.filter((row) => row.start && row.status !== 'cancelled' && row.status !== 'entered-in-error');
  const day = kept[0]?.start && clinicDay(new Date(kept[0].start));
  if (!day) return null;
  const ofDay = kept.filter((row) => clinicDay(new Date(row.start ?? '')) === day);
  return { day, rows: ofDay, more: !complete && ofDay.length === kept.length };
}

/** The next day with appointments: those of one professional, or of the whole clinic. */
export function useProgramme(practitioner: string | null) {
  return useQuery({
    queryKey: ['fhir', 'Appointment', 'programme', today(), practitioner],
    queryFn: async ({ signal }) => {
      const day = today();
      const query = { date: `ge${day}`, practitioner: practitioner ?? undefined, _sort: 'date', _count: String(SHOWN), _include: 'Appointment:patient' };
      const page = await fhirSearch<Appointment>('Appointment', query, signal);
      return firstDay(page.rows.map((row) => appointmentLine(row, personOf(page, (row.participant ?? []).map((part) => part.actor), day))), page.next === null);
    },
  });
}

export interface Present { rows: DayRow[]; more: boolean }

/** Encounters in one of these states; those who wait longest stand first. */
function useEncounters(name: string, status: string, sort: string) {
  return useQuery({
    queryKey: ['fhir', 'Encounter', name],
    queryFn: async ({ signal }): Promise<Present> => {
      const day = today();
      const page = await fhirSearch<Encounter>('Encounter', { status, _sort: sort, _count: String(SHOWN), _include: 'Encounter:patient' }, signal);
      return { rows: page.rows.map((row) => encounterLine(row, personOf(page, [row.subject], day))), more: page.next !== null };
    },
  });
}

export const useWaiting = () => useEncounters('waiting', 'arrived,triaged', 'date');
export const usePresent = () => useEncounters('present', 'in-progress,onleave', '-date');
