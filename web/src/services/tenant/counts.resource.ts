import { useQueries } from '@tanstack/react-query';
import { fhirCount } from '../../fhir/client';

/** The types a clinic fills first; the others are counted by FHIR search. */
export const COUNTED = [
  'Patient', 'Encounter', 'Condition', 'AllergyIntolerance', 'MedicationRequest', 'MedicationStatement', 'Observation', 'DiagnosticReport',
  'Procedure', 'Immunization', 'Appointment', 'Organization', 'Location', 'Practitioner', 'PractitionerRole',
] as const;

export function useCounts() {
  return useQueries({
    queries: COUNTED.map((type) => ({ queryKey: ['fhir', type, 'count'], queryFn: ({ signal }: { signal: AbortSignal }) => fhirCount(type, signal) })),
  });
}
