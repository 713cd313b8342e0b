// Which notifications a person saw on this station: bare ids of tasks, by tenant and user.
import type { Me } from '../../fhir/session';

const KEPT = 200;
const key = (me: Me) => `medhub.seen.${me.tenant}.${me.user}`;

export function seenIds(me: Me): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(me)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string').slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function markSeen(me: Me, ids: readonly string[]): void {
  try {
    localStorage.setItem(key(me), JSON.stringify([...new Set([...ids, ...seenIds(me)])].slice(0, KEPT)));
  } catch {
    // A browser that refuses storage counts them as new again.
  }
}
