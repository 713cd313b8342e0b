import { useQuery } from '@tanstack/react-query';
import { type Language } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { dosageView, isCurrent, medicationName, type DosageView, type MedicationName } from '../../datatypes/Dosage/medication';
import { fhirSearchAll } from '../../fhir/client';
import type { MedicationUse } from '../../fhir/types';

const LIMIT = 400;

export interface MedicationRow {
  id: string;
  name: MedicationName;
  dosages: DosageView[];
  since: string | undefined;
  until: string | undefined;
  status: string;
  current: boolean;
  prescriber: string | null;
}

export function medicationsOf(uses: MedicationUse[], language: Language, today: string): MedicationRow[] {
  return uses
    .filter((use) => use.status !== 'entered-in-error')
    .map((use) => ({
      id: `${use.resourceType}/${use.id}`,
      name: medicationName(use),
      dosages: (use.dosageInstruction ?? use.dosage ?? []).map((dosage) => dosageView(dosage, language)),
      since: use.effectivePeriod?.start ?? use.authoredOn ?? use.effectiveDateTime ?? use.dateAsserted,
      until: use.effectivePeriod?.end,
      status: use.status ?? 'unknown',
      current: isCurrent(use, today),
      prescriber: use.requester?.display ?? null,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current) || (b.since ?? '').localeCompare(a.since ?? ''));
}

/** Prescriptions and what the patient says to take, together. */
export function useMedications(patientId: string, language: Language) {
  return useQuery({
    queryKey: ['fhir', 'Medication', patientId, language],
    queryFn: async ({ signal }) => {
      const query = { patient: patientId, _count: '200' };
      const [requests, statements] = await Promise.all([
        fhirSearchAll<MedicationUse>('MedicationRequest', query, LIMIT, signal),
        fhirSearchAll<MedicationUse>('MedicationStatement', query, LIMIT, signal),
      ]);
      return medicationsOf([...requests.rows, ...statements.rows], language, today());
    },
  });
}
