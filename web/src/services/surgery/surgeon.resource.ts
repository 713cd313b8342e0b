import { useQuery } from '@tanstack/react-query';
import { practitionerPicked, type Practitioner } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { fhirRead } from '../../fhir/client';
import { useMe } from '../../fhir/session';

/** The surgeon who is signed in asks for an operation of their own. */
export function useOwnName(): Picked | null {
  const me = useMe();
  const id = me.roles.includes('surgeon') ? (me.practitioner?.split('/').pop() ?? null) : null;
  const query = useQuery({ queryKey: ['fhir', 'Practitioner', id], enabled: id !== null, queryFn: async ({ signal }) => practitionerPicked(await fhirRead<Practitioner>('Practitioner', id ?? '', signal)) });
  return id ? (query.data ?? { id, label: me.name }) : null;
}
