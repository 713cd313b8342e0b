// The taps of the person who is signed in, for every screen of the theatre.
import { notifyManager, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { request } from '../../fhir/http';
import { session, connection, type Me } from '../../fhir/session';
import { API } from '../../fhir/verbs';
import { dropTap, keepTap, loadTaps } from './kept';
import { TapQueue, type Tap, type TapState } from './queue';

const LOCK = 'medhub.taps';

async function send({ method, path, body, key }: Tap): Promise<void> {
  await request(API + path, {
    method,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'Idempotency-Key': key },
    body: method === 'DELETE' ? undefined : JSON.stringify(body),
  });
}

const alone = async (run: () => Promise<void>): Promise<void> => {
  // Without TLS a browser has no locks: then each page sends for itself, and the names of the taps keep them single.
  if (navigator.locks) await navigator.locks.request(LOCK, run);
  else await run();
};

const ownerOf = (me: Me): string => `${me.tenant}/${me.user}`;

let current: { owner: string; queue: TapQueue } | null = null;

/** One queue a person; a person who comes after another does not send what the other tapped. */
export function tapsOf(me: Me): TapQueue {
  const owner = ownerOf(me);
  if (current?.owner !== owner) {
    const mine = () => {
      const now = session.get();
      return now.state === 'in' && ownerOf(now.me) === owner;
    };
    const queue = new TapQueue({
      load: () => loadTaps(owner).catch(() => []),
      keep: (tap) => keepTap(owner, tap),
      drop: dropTap,
      send: (tap) => (mine() ? send(tap) : Promise.reject(new Error('another person'))),
      alone,
    });
    current = { owner, queue };
    void queue.open();
  }
  return current.queue;
}

export const useTapState = (queue: TapQueue): TapState => useSyncExternalStore(queue.subscribe, queue.get);

const RETRY_MS = 4_000;

/** Sends again when the network or the person is back, and every few seconds while something waits. */
export function useSending(queue: TapQueue): void {
  const queries = useQueryClient();
  useEffect(() => {
    const now = () => void queue.flush();
    const later = setInterval(() => queue.waiting().length > 0 && now(), RETRY_MS);
    const stops = [connection.subscribe(() => connection.get().reachable && queue.waiting().length > 0 && now()), session.subscribe(now)];
    window.addEventListener('online', now);
    return () => {
      clearInterval(later);
      stops.forEach((stop) => stop());
      window.removeEventListener('online', now);
    };
  }, [queue]);
  useEffect(() => {
    let asking = false;
    // Until the page has read what a tap changed, the tap itself keeps showing it: nothing flickers back.
    const read = async (): Promise<void> => {
      if (asking || queue.get().sent.length === 0) return;
      asking = true;
      const settled = queue.get().sent;
      await queries.invalidateQueries({ queryKey: ['surgery'] });
      const stale = queries.getQueryCache().findAll({ queryKey: ['surgery'], type: 'active' }).some(({ state }) => state.isInvalidated || state.status === 'error');
      // After the components have been told what was read: before it, the old answer would show again for a moment.
      if (!stale) await new Promise<void>((done) => notifyManager.schedule(() => done(queue.settle(settled))));
      asking = false;
      if (!stale && queue.get().sent.length > 0) void read();
    };
    const again = setInterval(() => void read(), RETRY_MS);
    const stop = queue.subscribe(() => void read());
    return () => {
      clearInterval(again);
      stop();
    };
  }, [queue, queries]);
}

/** A name that no other tap has. */
export const tapKey = (): string => crypto.randomUUID();
