import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../datatypes/Date/format';
import { personName } from '../datatypes/HumanName/name';
import { identityOf } from '../datatypes/Identifier/identity';
import { fhirSearch, type Query } from '../fhir/client';
import { mayAny, useMe } from '../fhir/session';
import type { HumanName, Identifier, Patient, Resource } from '../fhir/types';
import { useLanguage } from '../i18n';
import { Picker, type Picked } from './Picker';

interface PersonPickerProps {
  label: string;
  hint?: string;
  picked: Picked | null;
  pick: (picked: Picked | null) => void;
  error?: string;
}

const SHOWN = '8';

/** A word with a digit is a number of the person, the others are names. */
function personQuery(typed: string): Query {
  const words = typed.split(/[\s,]+/).filter(Boolean);
  return { name: words.filter((word) => !/\d/.test(word)), identifier: words.filter((word) => /\d/.test(word)), _count: SHOWN };
}

export function PatientPicker(props: PersonPickerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const view = (patient: Patient): Picked => ({
    id: patient.id ?? '',
    label: personName(patient.name).full || t('common.unnamed'),
    detail: [formatDate(patient.birthDate, language), identityOf(patient).ipp].filter(Boolean).join(' · '),
  });
  return (
    <Picker
      {...props}
      kind="Patient"
      placeholder={t('form.patientPlaceholder')}
      find={async (typed, signal) => (await fhirSearch<Patient>('Patient', personQuery(typed), signal)).rows.map(view)}
    />
  );
}

export interface Practitioner extends Resource { name?: HumanName[]; identifier?: Identifier[] }

export const RPPS = 'https://rpps.esante.gouv.fr';

export const rppsOf = (practitioner: Practitioner): string | null =>
  practitioner.identifier?.find((i) => i.system === RPPS || i.type?.coding?.some((c) => c.code === 'RPPS'))?.value ?? null;

export function practitionerPicked(practitioner: Practitioner): Picked {
  const prefix = practitioner.name?.[0]?.prefix?.join(' ');
  const rpps = rppsOf(practitioner);
  return { id: practitioner.id ?? '', label: [prefix, personName(practitioner.name).full].filter(Boolean).join(' '), detail: rpps ? `RPPS ${rpps}` : '' };
}

export function PractitionerPicker(props: PersonPickerProps) {
  const { t } = useTranslation();
  return (
    <Picker
      {...props}
      kind="Practitioner"
      placeholder={t('form.practitionerPlaceholder')}
      find={async (typed, signal) => (await fhirSearch<Practitioner>('Practitioner', personQuery(typed), signal)).rows.map(practitionerPicked)}
    />
  );
}

const PATIENT_ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** An auditor knows records by their number in the log, never people by their name. */
export function PatientField(props: PersonPickerProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [typed, setTyped] = useState(props.picked?.id ?? '');
  if (mayAny(me, ['care', 'desk', 'admin'])) return <PatientPicker {...props} />;
  return (
    <TextInput
      label={props.label}
      description={t('form.patientNumber')}
      value={typed}
      error={props.error}
      onChange={(event) => {
        const id = event.currentTarget.value.trim().replace(/^Patient\//, '');
        setTyped(id);
        props.pick(PATIENT_ID.test(id) ? { id, label: id } : null);
      }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
