import { Failure } from '../../fhir/http';
import { candidatesSaid, type Candidate } from './duplicates.resource';

/** The known patients that a refusal names; empty for any other refusal. */
export function candidatesIn(error: unknown): Candidate[] {
  const rows = error instanceof Failure ? (error.body as { candidates?: unknown } | null)?.candidates : undefined;
  return Array.isArray(rows) ? candidatesSaid(rows as Parameters<typeof candidatesSaid>[0]) : [];
}
