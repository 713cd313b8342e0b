const TOKEN = 'medhub.wall';

/** The token of this screen, where it is one. It came in the address, and is not left there. */
export function wallToken(): string | null {
  const given = /^#([0-9a-f]{64})$/.exec(window.location.hash)?.[1];
  if (given) {
    window.localStorage.setItem(TOKEN, given);
    window.history.replaceState(null, '', '/wall');
  }
  return window.localStorage.getItem(TOKEN);
}

/** The address that makes a browser the screen of a corridor. */
export const wallAddress = (token: string): string => `${window.location.origin}/wall#${token}`;

export const forgetWall = (): void => window.localStorage.removeItem(TOKEN);
