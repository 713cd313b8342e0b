// A clinician's day: the appointments to come and the patients who are in the house now.
import { useQuery } from '@tanstack/react-query';
import { clinicDay } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { byKey, referenceKey } from '../../datatypes/Reference/reference';
import { fhirSearch, type Page } from '../../fhir/client';
import type { Appointment, Encounter, Patient, Reference, Resource } from '../../fhir/types';
import { patientView, type PatientView } from './patient.resource';
import { appointmentRow, encounterRow, type AppointmentRow, type EncounterRow } from './visits.resource';

export interface DayRow<T> { row: T; patient: PatientView | null }

function patientOf(page: Page<Resource>, references: (Reference | undefined)[]): PatientView | null {
  const included = byKey(page.included);
  for (const reference of references) {
    const key = referenceKey(reference);
    if (key?.startsWith('Patient/') && included.has(key)) return patientView(included.get(key) as Patient, today());
  }
  return null;
}

const SHOWN = 60;

export interface Programme {
  /** The first day from today that has appointments. */
  day: string;
  rows: DayRow<AppointmentRow>[];
  more: boolean;
}

/** Keeps the appointments of the first day; `null` when none is to come. */
export function firstDay(rows: DayRow<AppointmentRow>[], complete: boolean): Programme | null {
  const kept = rows.filter(({ row }) => row.start && row.status !== 'cancelled' && row.status !== 'entered-in-error');
  const day = kept[0]?.row.start && clinicDay(new Date(kept[0].row.start));
  if (!day) return null;
  const ofDay = kept.filter(({ row }) => clinicDay(new Date(row.start ?? '')) === day);
  return { day, rows: ofDay, more: !complete && ofDay.length === kept.length };
}

/** The next day with appointments: those of one professional, or of the whole clinic. */
export function useProgramme(practitioner: string | null) {
  return useQuery({
    queryKey: ['fhir', 'Appointment', 'programme', today(), practitioner],
    queryFn: async ({ signal }) => {
      const query = { date: `ge${today()}`, practitioner: practitioner ?? undefined, _sort: 'date', _count: String(SHOWN), _include: 'Appointment:patient' };
      const page = await fhirSearch<Appointment>('Appointment', query, signal);
      const rows = page.rows.map((a): DayRow<AppointmentRow> => ({ row: appointmentRow(a), patient: patientOf(page, (a.participant ?? []).map((p) => p.actor)) }));
      return firstDay(rows, page.next === null);
    },
  });
}

export function useCurrentEncounters() {
  return useQuery({
    queryKey: ['fhir', 'Encounter', 'in-progress'],
    queryFn: async ({ signal }) => {
      const query = { status: 'in-progress', _sort: '-date', _count: String(SHOWN), _include: 'Encounter:patient' };
      const page = await fhirSearch<Encounter>('Encounter', query, signal);
      return { rows: page.rows.map((e): DayRow<EncounterRow> => ({ row: encounterRow(e), patient: patientOf(page, [e.subject]) })), more: page.next !== null };
    },
  });
}
