// Who is signed in, on which tenant, and whether the server answers. Two small stores outside React,
// because the HTTP layer writes them and any component may read them.
import { useSyncExternalStore } from 'react';

export interface Me {
  user: string;
  name: string;
  tenant: string;
  tenantTitle: string;
  roles: string[];
  practitioner: string | null;
  demo: boolean;
}

export type SessionState = { state: 'unknown' | 'out' } | { state: 'in' | 'expired'; me: Me };

class Store<T> {
  private listeners = new Set<() => void>();
  constructor(private value: T) {}
  get = (): T => this.value;
  set(value: T): void {
    if (JSON.stringify(value) === JSON.stringify(this.value)) return;
    this.value = value;
    for (const listener of this.listeners) listener();
  }
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

class SessionStore extends Store<SessionState> {
  /** A session that ended under an open page: the page stays, and the person signs in again in place. */
  expire(): void {
    const now = this.get();
    if (now.state === 'in') this.set({ state: 'expired', me: now.me });
  }
}

export const session = new SessionStore({ state: 'unknown' });
export const connection = new Store<{ reachable: boolean }>({ reachable: true });

export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.get);
export const useConnection = () => useSyncExternalStore(connection.subscribe, connection.get);

/** The signed-in person; only for components under the signed-in shell. */
export function useMe(): Me {
  const current = useSession();
  if (current.state !== 'in' && current.state !== 'expired') throw new Error('useMe outside of a session');
  return current.me;
}

/** What a person may do, by role: care for patients, receive them at the desk, run the tenant, read the access log. The
 * server decides; this only keeps from view what it would refuse. */
export type Power = 'care' | 'desk' | 'admin' | 'audit';

const POWERS: Record<string, Power> = {
  clinician: 'care',
  surgeon: 'care',
  anaesthetist: 'care',
  nurse: 'care',
  pharmacist: 'care',
  secretary: 'desk',
  billing: 'desk',
  medical_admin: 'admin',
  admin: 'admin',
  auditor: 'audit',
};

export const powersOf = (me: Me): Set<Power> => new Set(me.roles.flatMap((role) => POWERS[role] ?? []));

export const mayAny = (me: Me, powers: readonly Power[]): boolean => powers.some((power) => powersOf(me).has(power));
