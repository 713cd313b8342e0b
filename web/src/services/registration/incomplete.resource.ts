// Who comes in the next days with an identity that is not complete: what the desk puts right at the counter.
import { useQuery } from '@tanstack/react-query';
import { personName } from '../../datatypes/HumanName/name';
import { identityOf } from '../../datatypes/Identifier/identity';
import { referenceId } from '../../datatypes/Reference/reference';
import { fhirSearchAll } from '../../fhir/client';
import type { Appointment, Patient } from '../../fhir/types';

export type Missing = 'identity' | 'birthplace' | 'phone';
export interface IncompleteRow { id: string; name: string; at: string; missing: Missing[] }

const DAYS = 7;
const READ = 400;
const ASKED = 100;
const DAY_MS = 86_400_000;
const PLACE = 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace';

/** What is missing for a qualified identity, and to reach the person. */
export function missingOf(patient: Patient): Missing[] {
  const { extension = [] } = patient as { extension?: { url?: string }[] };
  return [
    ...(identityOf(patient).ins.status === 'qualified' ? [] : (['identity'] as const)),
    ...(extension.some((one) => one.url === PLACE) ? [] : (['birthplace'] as const)),
    ...((patient.telecom ?? []).some((one) => one.system === 'phone' && one.value) ? [] : (['phone'] as const)),
  ];
}

/** In the order of their appointments; whoever has nothing missing is left out. */
export function incompleteRows(patients: Patient[], first: ReadonlyMap<string, string>): IncompleteRow[] {
  return patients
    .flatMap((patient) => {
      const missing = missingOf(patient);
      const at = first.get(patient.id ?? '');
      return missing.length && at ? [{ id: patient.id ?? '', name: personName(patient.name).full, at, missing }] : [];
    })
    .sort((a, b) => a.at.localeCompare(b.at));
}

export const useIncomplete = () =>
  useQuery({
    queryKey: ['fhir', 'Patient', 'incomplete'],
    queryFn: async ({ signal }) => {
      const now = Date.now();
      const date = [`ge${new Date(now).toISOString()}`, `lt${new Date(now + DAYS * DAY_MS).toISOString()}`];
      const { rows } = await fhirSearchAll<Appointment>('Appointment', { date, status: 'booked,pending,arrived', _sort: 'date', _count: '200' }, READ, signal);
      const first = new Map<string, string>();
      for (const row of rows) {
        for (const { actor } of row.participant ?? []) {
          const id = referenceId(actor, 'Patient');
          if (id && row.start && !first.has(id)) first.set(id, row.start);
        }
      }
      const ids = [...first.keys()].slice(0, ASKED);
      if (!ids.length) return [];
      const found = await fhirSearchAll<Patient>('Patient', { _id: ids.join(), _count: String(ASKED) }, ASKED, signal);
      return incompleteRows(found.rows, first);
    },
  });
