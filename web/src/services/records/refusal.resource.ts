// Whether the chart on the screen is refused: what its sections asked for, and were denied.
import { notifyManager, useQueryClient, type Query } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Failure } from '../../fhir/http';

export type Refusal = 'none' | 'part' | 'whole';

const isDenied = (error: unknown): boolean => error instanceof Failure && error.kind === 'denied';

interface Asked { pending: boolean; denied: boolean }

/** Wholly refused: everything asked of the record beyond who the patient is was denied. */
export function refusalOf(asked: Asked[]): Refusal {
  const settled = asked.filter((one) => !one.pending);
  if (!settled.some((one) => one.denied)) return 'none';
  return settled.length === asked.length && settled.every((one) => one.denied) ? 'whole' : 'part';
}

export function useRefusal(patientId: string): Refusal {
  const cache = useQueryClient().getQueryCache();
  const ofChart = ({ queryKey }: Query) => queryKey[0] === 'fhir' && queryKey[1] !== 'Patient' && queryKey.includes(patientId);
  const read = () => refusalOf(cache.findAll({ predicate: ofChart }).map(({ state }) => ({ pending: state.status === 'pending', denied: isDenied(state.error) })));
  return useSyncExternalStore((tell) => cache.subscribe(notifyManager.batchCalls(tell)), read);
}

export { isDenied };
