// Ward stations: browsers that several people share, known by a device token that stays in them.
import { useQuery } from '@tanstack/react-query';
import { getRows } from '../../fhir/verbs';

export interface Station { id: string; name: string; created: string | undefined; by: string }

export function useStations() {
  return useQuery({
    queryKey: ['stations'],
    queryFn: async ({ signal }) =>
      (await getRows<Partial<Station>>('stations', 'stations', signal)).map((one): Station => ({ id: one.id ?? '', name: one.name ?? '', created: one.created, by: one.by ?? '' })),
  });
}

const KEY = 'medhub.station';

export interface ThisStation { id: string; name: string; token: string }

/** The station that this browser is; the sign-in page reads the same place. */
export function thisStation(): ThisStation | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<ThisStation> | null;
    return kept?.id && kept.token ? { id: kept.id, name: kept.name ?? '', token: kept.token } : null;
  } catch {
    return null;
  }
}

export const keepStation = (station: ThisStation): void => localStorage.setItem(KEY, JSON.stringify(station));
export const forgetStation = (): void => localStorage.removeItem(KEY);
