import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { PatientPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { Failure } from '../../fhir/http';
import { useLanguage } from '../../i18n';
import { useFiling, type Opened, type Proposal } from './mail.resource';

/** Whose letter it is. What the machine found stands in the fields; a person chooses the patient, always. */
export function FilingForm({ letter, done }: { letter: Opened; done: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const shown = (one: Proposal): Picked => ({ id: one.id, label: one.name ?? t('common.unnamed'), detail: [formatDate(one.birthDate ?? undefined, language), one.number].filter(Boolean).join(' · ') });
  const first = letter.patients[0];
  const [patient, setPatient] = useState<Picked | null>(letter.meant && first ? shown(first) : null);
  const [kind, setKind] = useState(letter.kind ?? '');
  const [date, setDate] = useState(letter.date ?? '');
  const [title, setTitle] = useState('');
  const [writer, setWriter] = useState(letter.writer ?? '');
  const [withText, setWithText] = useState(true);
  const filing = useFiling(letter.id);
  const wrong = (field: string) => (filing.error instanceof Failure ? filing.error.fields.find((fault) => fault.field === field)?.message : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (patient) filing.mutate({ version: letter.version, patient: patient.id, kind, date, title, writer, withText }, { onSuccess: done });
  };
  return (
    <form className="mh-mail-form" onSubmit={submit}>
      {!patient && letter.patients.length > 0 && (
        <fieldset className="mh-mail-proposed">
          <legend>{t('mail.perhaps')}</legend>
          {letter.patients.map((one) => (
            <button key={one.id} type="button" onClick={() => setPatient(shown(one))}>
              <strong>{one.name ?? t('common.unnamed')}</strong> <span>{shown(one).detail}</span>
              {one.why.length > 0 && <span className="mh-quiet">{t('mail.because', { why: one.why.map((reason) => t(`mail.why.${reason}`)).join(', ') })}</span>}
            </button>
          ))}
        </fieldset>
      )}
      <PatientPicker label={t('mail.patient')} picked={patient} pick={setPatient} error={wrong('patient')} />
      <NativeSelect label={t('mail.kind')} required value={kind} error={wrong('kind')} onChange={(event) => setKind(event.currentTarget.value)} data={[{ value: '', label: t('mail.kindChoose') }, ...letter.kinds.map(({ code, title: label }) => ({ value: code, label }))]} />
      <TextInput type="date" label={t('mail.date')} required value={date} error={wrong('date')} onChange={(event) => setDate(event.currentTarget.value)} />
      <TextInput label={t('mail.writer')} value={writer} maxLength={200} error={wrong('writer')} onChange={(event) => setWriter(event.currentTarget.value)} />
      <TextInput label={t('mail.title')} value={title} maxLength={200} error={wrong('title')} placeholder={letter.kinds.find(({ code }) => code === kind)?.title} onChange={(event) => setTitle(event.currentTarget.value)} />
      {letter.text && <Checkbox label={t('mail.withText')} checked={withText} onChange={(event) => setWithText(event.currentTarget.checked)} />}
      {filing.isError && <FailureNotice error={filing.error} />}
      <Button type="submit" loading={filing.isPending} disabled={!patient || !kind || !date}>{t('mail.file')}</Button>
    </form>
  );
}
