// What is being typed outlives a reload and a server that restarts: kept in this tab alone, for this person alone,
// until it is sent. A tab that is closed forgets it.
import { EMPTY, type Draft } from './registration.resource';

const key = (user: string): string => `medhub.registration.${user}`;

export function kept(user: string): Draft {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(key(user)) ?? 'null');
    return found && typeof found === 'object' ? { ...EMPTY, ...(found as Partial<Draft>) } : EMPTY;
  } catch {
    return EMPTY;
  }
}

export function letGo(user: string): void {
  sessionStorage.removeItem(key(user));
}

export function keep(user: string, draft: Draft): void {
  const typed = JSON.stringify(draft);
  if (typed === JSON.stringify(EMPTY)) letGo(user);
  else sessionStorage.setItem(key(user), typed);
}
