// Ward stations: browsers that several people share, known by a token that stays in them.
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
