// A clinician's day: today's appointments of the clinic and the patients who are in the house now.
import { useQuery } from '@tanstack/react-query';
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

const SHOWN = 40;

export function useAppointmentsOf(day: string) {
  return useQuery({
    queryKey: ['fhir', 'Appointment', 'day', day],
    queryFn: async ({ signal }) => {
      const query = { date: day, _sort: 'date', _count: String(SHOWN), _include: 'Appointment:patient' };
      const page = await fhirSearch<Appointment>('Appointment', query, signal);
      const rows = page.rows.map((a): DayRow<AppointmentRow> => ({ row: appointmentRow(a), patient: patientOf(page, (a.participant ?? []).map((p) => p.actor)) }));
      return { rows: rows.filter(({ row }) => row.status !== 'cancelled'), more: page.next !== null };
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
