// What the hub tells while a page is open: that a record changed, never what it holds. Who shows it asks anew, and the
// server decides again who may read it.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Store } from './store';

/** One line of the feed. `t` grows; `patient` is a bare id, or null for what belongs to no patient. */
export interface Change { t: number; type: string; id: string; patient: string | null; op: 'create' | 'update' | 'delete' }

/** `off` before the first answer, `on` while the stream runs, `lost` while it is asked for again. */
export type LiveState = 'off' | 'on' | 'lost';

export const liveState = new Store<LiveState>('off');
export const useLiveState = (): LiveState => useSyncExternalStore(liveState.subscribe, liveState.get);

type Listener = (change: Change | 'reset') => void;
const listeners = new Set<Listener>();

/** Hears every change, and `reset` when some were missed: then all that is shown has to be asked anew. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function tellLive(change: Change | 'reset'): void {
  for (const listener of listeners) listener(change);
}

/**
 * Runs when a record of one of these types changed (for this patient, where one is named), or when changes were missed.
 * Queries under `['fhir', type, …]` need no help: they are asked anew without it.
 */
export function useLive(types: readonly string[], run: (change: Change | 'reset') => void, patientId?: string): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const wanted = types.join();
  useEffect(
    () =>
      onLive((change) => {
        if (change === 'reset' || (wanted.split(',').includes(change.type) && (patientId === undefined || change.patient === patientId))) latest.current(change);
      }),
    [wanted, patientId],
  );
}
