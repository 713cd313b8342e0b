// A patient on one line of the home page.
import { ageOn, type Age } from '../../datatypes/Date/age';
import { personName } from '../../datatypes/HumanName/name';
import { byKey, referenceKey } from '../../datatypes/Reference/reference';
import type { Page } from '../../fhir/client';
import type { Patient, Reference, Resource } from '../../fhir/types';

export interface PersonLine { id: string; name: string; gender: string | undefined; age: Age | null }

export function personLine(patient: Patient, day: string): PersonLine {
  const died = patient.deceasedDateTime?.slice(0, 10);
  return { id: patient.id ?? '', name: personName(patient.name).full, gender: patient.gender, age: ageOn(patient.birthDate, died ?? day) };
}

/** The patient among several references, as it came with the page; null when it may not be read. */
export function personOf(page: Page<Resource>, references: (Reference | undefined)[], day: string): PersonLine | null {
  const included = byKey(page.included);
  for (const reference of references) {
    const key = referenceKey(reference);
    const found = key?.startsWith('Patient/') ? included.get(key) : undefined;
    if (found) return personLine(found as Patient, day);
  }
  return null;
}
