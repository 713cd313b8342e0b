// Who is signed in, on which tenant, and whether the server answers.
import { useSyncExternalStore } from 'react';
import { Store } from './store';

export interface Me {
  user: string;
  name: string;
  tenant: string;
  tenantTitle: string;
  roles: string[];
  practitioner: string | null;
  demo: boolean;
  mail: string | null;
  /** Whether a second proof of identity is enrolled. */
  secondFactor: boolean;
  /** What the person has to do before anything else, such as `enrol-second-factor`. */
  must: string[];
  /** Seconds without a gesture after which the session ends; null where it does not. */
  idle: number | null;
  /** Charts opened in an emergency, and until when. */
  breakGlass: { patient: string; until: string }[];
  station: { id: string; name: string } | null;
}

export type SessionState = { state: 'unknown' | 'out' } | { state: 'in' | 'expired' | 'locked'; me: Me };

class SessionStore extends Store<SessionState> {
  /** A session that ended under an open page: the page stays, and the person signs in again in place. */
  expire(): boolean {
    const now = this.get();
    if (now.state === 'in') this.set({ state: 'expired', me: now.me });
    return now.state !== 'out' && now.state !== 'unknown';
  }

  /** The station is left: what is on it is hidden until its author comes back, or gone when another person comes. */
  lock(): void {
    const now = this.get();
    if (now.state === 'in' || now.state === 'expired') this.set({ state: 'locked', me: now.me });
  }

  /** Waits for the person who left; false when another came instead, or nobody. */
  returned(): Promise<boolean> {
    const left = this.get();
    if (!('me' in left)) return Promise.resolve(false);
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        const now = this.get();
        if (now.state !== 'in' && now.state !== 'out') return;
        stop();
        resolve(now.state === 'in' && samePerson(now.me, left.me));
      });
    });
  }
}

export const samePerson = (a: Me, b: Me): boolean => a.user === b.user && a.tenant === b.tenant;

export const session = new SessionStore({ state: 'unknown' });
export const connection = new Store<{ reachable: boolean }>({ reachable: true });

export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.get);
export const useConnection = () => useSyncExternalStore(connection.subscribe, connection.get);

/** The signed-in person; only for components under the signed-in shell. */
export function useMe(): Me {
  const current = useSession();
  if (!('me' in current)) throw new Error('useMe outside of a session');
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
