// Which of the loaded queries a change may concern.
import type { QueryKey } from '@tanstack/react-query';
import type { Change } from '../../fhir/live';

const HOLDS: Record<string, readonly string[]> = {
  // A work list of the clinic is made of several types; its key says which list it is.
  results: ['Task', 'DiagnosticReport', 'Observation', 'Communication'],
  notes: ['Composition'],
  orders: ['ServiceRequest', 'DiagnosticReport'],
};

/** What a key is about: `['fhir', 'Observation', …]` one type, `['results', …]` a list of several. */
function concerns(key: QueryKey, type: string): boolean {
  if (key[0] === 'fhir') return key[1] === type;
  return typeof key[0] === 'string' && (HOLDS[key[0]]?.includes(type) ?? false);
}

/**
 * Whether a query has to be asked anew after a change. A query whose key names the patient of the change does; one that names
 * another chart, the one that is open, does not: asking for it would write an access that nobody made. A list that names
 * nobody does.
 */
export function isStale(key: QueryKey, change: Change, openChart: string | null): boolean {
  if (!concerns(key, change.type)) return false;
  if (change.patient === null) return true;
  const texts = key.slice(1).filter((part): part is string => typeof part === 'string');
  if (texts.some((text) => text.includes(change.patient ?? ''))) return true;
  return openChart === null || !texts.includes(openChart);
}

/** Whose chart an address belongs to. */
export const chartOf = (path: string): string | null => /^\/patients\/(?!nouveau(?:\/|$))([^/]+)/.exec(path)?.[1] ?? null;
