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
  /** Day of the latest prescription, when what is told and what is prescribed are one line. */
  prescribed: string | undefined;
  status: string;
  current: boolean;
  prescriber: string | null;
}

function rowsOf(uses: MedicationUse[], language: Language, today: string): MedicationRow[] {
  return uses
    .filter((use) => use.status !== 'entered-in-error')
    .map((use) => ({
      id: `${use.resourceType}/${use.id}`,
      name: medicationName(use),
      dosages: (use.dosageInstruction ?? use.dosage ?? []).map((dosage) => dosageView(dosage, language)),
      since: use.effectivePeriod?.start ?? use.authoredOn ?? use.effectiveDateTime ?? use.dateAsserted,
      until: use.effectivePeriod?.end,
      prescribed: use.resourceType === 'MedicationRequest' ? use.authoredOn : undefined,
      status: use.status ?? 'unknown',
      current: isCurrent(use, today),
      prescriber: use.requester?.display ?? null,
    }));
}

const sameLine = (row: MedicationRow): string => JSON.stringify([row.current, row.name, row.dosages, row.current ? '' : [row.since, row.status]]);

const earlier = (a: string | undefined, b: string | undefined) => (!a || (b && b < a) ? b : a);
const later = (a: string | undefined, b: string | undefined) => (!a || (b && b > a) ? b : a);

/** The same medicine at the same dose, renewed or also reported, is one line: two would read as a double dose. */
function merged(rows: MedicationRow[]): MedicationRow[] {
  const lines = new Map<string, MedicationRow>();
  for (const row of rows) {
    const key = sameLine(row);
    const first = lines.get(key);
    lines.set(key, first ? { ...first, since: earlier(first.since, row.since), until: later(first.until, row.until), prescribed: later(first.prescribed, row.prescribed) } : row);
  }
  return [...lines.values()];
}

export function medicationsOf(uses: MedicationUse[], language: Language, today: string): MedicationRow[] {
  return merged(rowsOf(uses, language, today)).sort((a, b) => Number(b.current) - Number(a.current) || (b.since ?? '').localeCompare(a.since ?? ''));
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
