// Whom to notify is no part of the registration itself: it is added to the record that was just made.
import { fhirBase, fhirRead } from '../../fhir/client';
import { request } from '../../fhir/http';
import type { Patient } from '../../fhir/types';

/** Adds to the record as it stands; another's change in between is refused by the server, not overwritten. */
export async function addContact(patientId: string, contact: Record<string, unknown>): Promise<void> {
  const patient = await fhirRead<Patient & { contact?: unknown[] }>('Patient', patientId);
  await request(`${fhirBase()}/Patient/${encodeURIComponent(patientId)}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/fhir+json', Accept: 'application/fhir+json', 'If-Match': `W/"${patient.meta?.versionId ?? ''}"` },
    body: JSON.stringify({ ...patient, contact: [...(patient.contact ?? []), contact] }),
  });
}
