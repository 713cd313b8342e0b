// Whether the chart on the screen is closed to the person, wholly or in part. A list that was withheld must never be
// shown as an empty one, so the chart asks what may be read of it, and listens to what its sections were denied.
import { notifyManager, usePrefetchQuery, useQuery, useQueryClient, type Query } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Failure, getJson } from '../../fhir/http';

export type Refusal = 'unknown' | 'none' | 'part' | 'whole';

export const isDenied = (error: unknown): boolean => error instanceof Failure && error.kind === 'denied';

interface Asked { pending: boolean; denied: boolean }

/** Wholly refused: everything asked of the record beyond who the patient is was denied. */
export function refusalOf(asked: Asked[]): Refusal {
  const settled = asked.filter((one) => !one.pending);
  if (!settled.some((one) => one.denied)) return 'none';
  return settled.length === asked.length && settled.every((one) => one.denied) ? 'whole' : 'part';
}

/** What a chart is made of; other parts (identity, appointments, invoices) are open to more people. */
const CARE = ['summary', 'clinical'];

export function refusalOfGroups(groups: string[]): Refusal {
  const open = CARE.filter((group) => groups.includes(group)).length;
  if (open === CARE.length) return 'none';
  return open === 0 ? 'whole' : 'part';
}

/** The parts of the record that the person may read; null where the server does not tell. */
async function readGroups(patientId: string, signal: AbortSignal): Promise<string[] | null> {
  try {
    return (await getJson<{ groups?: string[] }>(`/api/v1/access/mine?${new URLSearchParams({ patient: patientId })}`, signal)).groups ?? null;
  } catch (error) {
    if (error instanceof Failure && error.kind === 'missing') return null;
    throw error;
  }
}

function useGroups(patientId: string): { refusal: Refusal; summary: boolean } {
  const options = { queryKey: ['fhir', 'Patient', 'mine', patientId], queryFn: ({ signal }: { signal: AbortSignal }) => readGroups(patientId, signal) };
  // The sections wait for it: it is asked while the frame renders, together with the patient.
  usePrefetchQuery(options);
  const mine = useQuery(options);
  if (mine.isPending) return { refusal: 'unknown', summary: false };
  if (isDenied(mine.error)) return { refusal: 'whole', summary: false };
  return mine.data ? { refusal: refusalOfGroups(mine.data), summary: mine.data.includes('summary') } : { refusal: 'none', summary: true };
}

function useDenials(patientId: string): Refusal {
  const cache = useQueryClient().getQueryCache();
  const ofChart = ({ queryKey }: Query) => queryKey[0] === 'fhir' && queryKey[1] !== 'Patient' && queryKey.includes(patientId);
  const read = () => refusalOf(cache.findAll({ predicate: ofChart }).map(({ state }) => ({ pending: state.status === 'pending', denied: isDenied(state.error) })));
  return useSyncExternalStore((tell) => cache.subscribe(notifyManager.batchCalls(tell)), read);
}

/** How far the chart is closed, and whether its summary, of which the allergies are a part, may be read. */
export function useRefusal(patientId: string): { refusal: Refusal; summary: boolean } {
  const told = useGroups(patientId);
  const met = useDenials(patientId);
  return told.refusal === 'none' ? { ...told, refusal: met } : told;
}
