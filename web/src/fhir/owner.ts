// What a person keeps in this browser belongs to them: it goes when they sign out; an ended or locked session leaves it.
import { session, type Me } from './session';

/** The name under which somebody keeps things here. */
export const ownerOf = (me: Me): string => `${me.tenant}/${me.user}`;

/** Runs with the name of whoever has signed out. */
export function onSignedOut(forget: (owner: string) => void): void {
  let owner: string | null = null;
  session.subscribe(() => {
    const now = session.get();
    if ('me' in now) owner = ownerOf(now.me);
    if (now.state !== 'out' || owner === null) return;
    const gone = owner;
    owner = null;
    forget(gone);
  });
  const atFirst = session.get();
  if ('me' in atFirst) owner = ownerOf(atFirst.me);
}
