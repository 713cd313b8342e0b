// What makes this browser a known ward station: a secret that an administrator put here, and that the server knows.
const KEY = 'medhub.station';

export interface KeptStation { id: string; name: string; token: string }

export function keptStation(): KeptStation | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<KeptStation> | null;
    return kept?.id && kept.token ? { id: kept.id, name: kept.name ?? '', token: kept.token } : null;
  } catch {
    return null;
  }
}

export const stationToken = (): string | null => keptStation()?.token ?? null;

export function keepStation(station: KeptStation | null): void {
  try {
    if (station) localStorage.setItem(KEY, JSON.stringify(station));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that refuses storage cannot be a station; the next sign-in says so.
  }
}

const DEVICE = 'medhub.device';

/** A token without rights that says: somebody signed in with this browser before, so its tries are not an attacker's. */
export function deviceToken(): string | null {
  try {
    return localStorage.getItem(DEVICE);
  } catch {
    return null;
  }
}

export function keepDevice(token: string): void {
  try {
    localStorage.setItem(DEVICE, token);
  } catch {
    // Forgotten: the next sign-in counts as one from a new browser.
  }
}
