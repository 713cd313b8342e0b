/** The token of the invitation in the address. It is taken out of it, so that it is in no history and behind no link. */
let kept: string | null = null;

export function invitationToken(): string | null {
  const given = /^#([0-9a-f]{64})$/.exec(window.location.hash)?.[1];
  if (given) {
    kept = given;
    window.sessionStorage.setItem('medhub.booking', given);
    window.history.replaceState(null, '', '/rendez-vous');
  }
  return kept ?? window.sessionStorage.getItem('medhub.booking');
}

