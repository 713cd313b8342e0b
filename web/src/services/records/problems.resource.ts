import { useQuery } from '@tanstack/react-query';
import { ICD10, codeIn, conceptText, firstCode } from '../../datatypes/CodeableConcept/concept';
import { sideOf, type Side } from '../../datatypes/CodeableConcept/laterality';
import { fhirSearchAll } from '../../fhir/client';
import type { Condition } from '../../fhir/types';

const LIMIT = 400;
const ACTIVE = new Set(['active', 'recurrence', 'relapse']);

export interface ProblemRow {
  id: string;
  label: string;
  side: Side | null;
  icd10: string | null;
  since: string | undefined;
  until: string | undefined;
  active: boolean;
}

export function problemsOf(conditions: Condition[]): ProblemRow[] {
  return conditions
    .filter((c) => !['entered-in-error', 'refuted'].includes(firstCode(c.verificationStatus)))
    .map((c) => ({
      id: c.id ?? '',
      label: conceptText(c.code),
      side: sideOf(c.bodySite),
      icd10: codeIn(c.code, ICD10),
      since: c.onsetDateTime ?? c.onsetPeriod?.start ?? c.recordedDate,
      until: c.abatementDateTime ?? c.onsetPeriod?.end,
      active: c.clinicalStatus ? ACTIVE.has(firstCode(c.clinicalStatus)) : !c.abatementDateTime,
    }))
    .sort((a, b) => Number(b.active) - Number(a.active) || (b.since ?? '').localeCompare(a.since ?? ''));
}

export function useProblems(patientId: string) {
  return useQuery({
    queryKey: ['fhir', 'Condition', patientId],
    queryFn: async ({ signal }) => problemsOf((await fhirSearchAll<Condition>('Condition', { patient: patientId, _count: '200' }, LIMIT, signal)).rows),
  });
}
