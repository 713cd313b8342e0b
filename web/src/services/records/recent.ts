// The charts a person opened last, on this station: bare ids, by tenant and user; names are read anew each time.
import type { Me } from '../../fhir/session';

const KEPT = 12;
const key = (me: Me) => `medhub.recent.${me.tenant}.${me.user}`;

export function recentIds(me: Me): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(me)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string').slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function rememberPatient(me: Me, id: string): void {
  try {
    localStorage.setItem(key(me), JSON.stringify([id, ...recentIds(me).filter((other) => other !== id)].slice(0, KEPT)));
  } catch {
    // A browser that refuses storage only forgets the list.
  }
}
