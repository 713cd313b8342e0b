const KEPT = 'medhub.booking';
let kept: string | null = null;

/** The token of the invitation, empty without one that can be read. It is taken out of the address, so that it is in no
 * history and behind no link. An address that was cut does not open what was open before. */
export function invitationToken(): string {
  const { hash } = window.location;
  if (hash.length > 1) {
    kept = /^#([0-9a-f]{64})$/.exec(hash)?.[1] ?? '';
    window.sessionStorage.setItem(KEPT, kept);
    window.history.replaceState(null, '', '/rendez-vous');
  }
  kept ??= window.sessionStorage.getItem(KEPT) ?? '';
  return kept;
}
