// A patient as the banner and the lists show one.
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ageOn, type Age } from '../../datatypes/Date/age';
import { today } from '../../datatypes/Date/today';
import { personName, type PersonName } from '../../datatypes/HumanName/name';
import { identityOf, type Identity } from '../../datatypes/Identifier/identity';
import { fhirRead, fhirSearch } from '../../fhir/client';
import type { Patient } from '../../fhir/types';

export interface PatientView {
  id: string;
  name: PersonName;
  birthDate: string | undefined;
  /** Age today, or at death. */
  age: Age | null;
  gender: string | undefined;
  identity: Identity;
  deceased: boolean;
  deceasedOn: string | undefined;
  city: string | null;
  /** An address for an image; null where there is none. */
  photo: string | null;
}

const BASE64 = /^[A-Za-z0-9+/]+=*$/;

function photoOf({ photo }: Patient): string | null {
  const [first] = photo ?? [];
  return first?.contentType === 'image/jpeg' && first.data && BASE64.test(first.data) ? `data:image/jpeg;base64,${first.data}` : null;
}

/** `day` is the day on which the age is said. */
export function patientView(patient: Patient, day: string): PatientView {
  const deceasedOn = patient.deceasedDateTime;
  const address = patient.address?.find((a) => a.use !== 'old') ?? patient.address?.[0];
  return {
    id: patient.id ?? '',
    name: personName(patient.name),
    birthDate: patient.birthDate,
    age: ageOn(patient.birthDate, deceasedOn?.slice(0, 10) ?? day),
    gender: patient.gender,
    identity: identityOf(patient),
    deceased: patient.deceasedBoolean === true || deceasedOn !== undefined,
    deceasedOn,
    city: [address?.postalCode, address?.city].filter(Boolean).join(' ') || null,
    photo: photoOf(patient),
  };
}

const patientKey = (id: string) => ['fhir', 'Patient', id];

export function usePatient(id: string) {
  const options = { queryKey: patientKey(id), queryFn: ({ signal }: { signal?: AbortSignal }) => fhirRead<Patient>('Patient', id, signal) };
  // Asked while the frame renders, so that the banner's request leaves before those of the sections under it.
  usePrefetchQuery(options);
  const query = useQuery(options);
  const data = useMemo(() => (query.data ? patientView(query.data, today()) : undefined), [query.data]);
  return { ...query, data };
}

/** Several patients by id, in the order asked; those that may not be read are left out. */
export function usePatients(ids: string[]) {
  return useQuery({
    queryKey: ['fhir', 'Patient', 'ids', ids.join(',')],
    enabled: ids.length > 0,
    queryFn: async ({ signal }) => {
      const page = await fhirSearch<Patient>('Patient', { _id: ids.join(','), _count: String(ids.length) }, signal);
      const found = new Map(page.rows.map((patient) => [patient.id, patient]));
      const day = today();
      return ids.flatMap((id) => {
        const patient = found.get(id);
        return patient ? [patientView(patient, day)] : [];
      });
    },
  });
}
