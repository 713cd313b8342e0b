import { useQuery } from '@tanstack/react-query';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { today } from '../../datatypes/Date/today';
import { fhirSearch } from '../../fhir/client';
import type { Appointment, Encounter } from '../../fhir/types';
import { codeText } from '../../i18n/code';

export interface EncounterRow {
  id: string;
  start: string | undefined;
  end: string | undefined;
  title: string;
  reason: string;
  practitioners: string[];
  status: string;
  classCode: string | undefined;
}

export function encounterRow(encounter: Encounter): EncounterRow {
  const type = encounter.type?.map(conceptText).filter(Boolean).join(', ');
  return {
    id: encounter.id ?? '',
    start: encounter.period?.start,
    end: encounter.period?.end,
    title: type || codeText('encounterClass', encounter.class?.code, encounter.class?.display),
    reason: encounter.reasonCode?.map(conceptText).filter(Boolean).join(', ') ?? '',
    practitioners: [...new Set((encounter.participant ?? []).flatMap((p) => p.individual?.display ?? []))],
    status: encounter.status ?? 'unknown',
    classCode: encounter.class?.code,
  };
}

export interface AppointmentRow {
  id: string;
  start: string | undefined;
  title: string;
  who: string[];
  status: string;
}

export function appointmentRow(appointment: Appointment): AppointmentRow {
  const words = [appointment.description, ...(appointment.serviceType ?? []).map(conceptText), ...(appointment.reasonCode ?? []).map(conceptText)];
  return {
    id: appointment.id ?? '',
    start: appointment.start,
    title: words.find(Boolean) ?? conceptText(appointment.appointmentType),
    who: (appointment.participant ?? [])
      .filter((p) => !p.actor?.reference?.includes('Patient/'))
      .flatMap((p) => p.actor?.display ?? []),
    status: appointment.status ?? '',
  };
}

export function useLatestEncounters(patientId: string, count: number) {
  return useQuery({
    queryKey: ['fhir', 'Encounter', patientId, count],
    queryFn: async ({ signal }) => {
      const page = await fhirSearch<Encounter>('Encounter', { patient: patientId, _sort: '-date', _count: String(count) }, signal);
      return { rows: page.rows, more: page.next !== null };
    },
  });
}

export function useNextAppointments(patientId: string, count: number) {
  return useQuery({
    queryKey: ['fhir', 'Appointment', patientId, count],
    queryFn: async ({ signal }) => {
      const query = { patient: patientId, date: `ge${today()}`, _sort: 'date', _count: String(count) };
      return (await fhirSearch<Appointment>('Appointment', query, signal)).rows.map(appointmentRow).filter((row) => row.status !== 'cancelled');
    },
  });
}

export function usePastAppointments(patientId: string) {
  return useQuery({
    queryKey: ['fhir', 'Appointment', patientId, 'past'],
    queryFn: async ({ signal }) => (await fhirSearch<Appointment>('Appointment', { patient: patientId, date: `lt${today()}`, _sort: '-date', _count: '50' }, signal)).rows.map(appointmentRow),
  });
}
