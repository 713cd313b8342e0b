import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../datatypes/Date/today';
import { FailureNotice } from '../../design/FailureNotice';
import { Failure } from '../../fhir/http';
import { useMe } from '../../fhir/session';
import { useSend } from '../../fhir/verbs';
import { keep, kept, letGo } from './kept';
import { candidatesIn } from './refusal';
import { DuplicatesPanel } from './duplicates.panel';
import { useDuplicates } from './duplicates.resource';
import { AddressPanel, ContactPanel, CoverPanel, DoctorsPanel, IdentityPanel, PeoplePanel, SituationPanel } from './registration.form';
import { faultsOf, filledByNir, registrationBody, type Draft, type Field } from './registration.resource';
import './registration.css';

const REASON_LEAST = 5;

/** A new patient, by the keyboard alone: who is already known is looked for while typing. */
export default function RegistrationPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => kept(me.user));
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const [tried, setTried] = useState(false);
  const [seen, setSeen] = useState(false);
  const [namesake, setNamesake] = useState('');
  const [settled] = useDebouncedValue(draft, 300);
  const duplicates = useDuplicates(settled);
  useEffect(() => keep(me.user, settled), [me.user, settled]);
  const send = useSend<{ id?: string }>('fhir');
  const refused = candidatesIn(send.error);
  const known = [...refused, ...duplicates.found.filter((one) => !refused.some((other) => other.id === one.id))];
  const faults = faultsOf(draft, today());
  const twin = seen && known.some((one) => one.same);

  const change = (part: Partial<Draft>) => {
    setSeen(false);
    setDraft((now) => {
      const next = { ...now, ...part };
      return part.nir === undefined ? next : { ...next, ...filledByNir(next) };
    });
  };
  const submit = async () => {
    setTried(true);
    if (Object.keys(faults).length) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid="true"]')?.focus());
      return;
    }
    if (known.length && !seen) return;
    if (twin && namesake.trim().length < REASON_LEAST) return;
    const made = await send.mutateAsync({ method: 'POST', path: 'patients/register', body: registrationBody(draft, known.map((one) => one.id), twin ? namesake : '') });
    if (!made?.id) return;
    letGo(me.user);
    void navigate({ to: `/patients/${made.id}` });
  };
  const fields = {
    draft,
    change,
    leave: (field: Field) => setLeft((now) => new Set(now).add(field)),
    fault: (field: Field) => {
      const fault = faults[field];
      if (!fault || (!tried && (fault === 'required' || !left.has(field)))) return undefined;
      return fault === 'deathBefore' || fault === 'guardian' ? t(`desk.fault.${fault}`) : t(`registration.fault.${fault}`);
    },
    error: send.error,
  };
  const elsewhere = send.error && refused.length === 0 && !(send.error instanceof Failure && send.error.fields.length > 0) ? send.error : null;
  return (
    <form
      ref={form}
      className="mh-page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit().catch(() => undefined);
      }}
    >
      <div className="mh-page-head">
        <h1 className="mh-title">{t('registration.title')}</h1>
        <p className="mh-quiet">{t('registration.explain')}</p>
      </div>
      <div className="mh-registration">
        <div className="mh-column">
          <IdentityPanel {...fields} />
          <AddressPanel {...fields} />
          <ContactPanel {...fields} />
          <PeoplePanel {...fields} />
          <CoverPanel {...fields} />
          <DoctorsPanel {...fields} />
          <SituationPanel {...fields} />
        </div>
        <div className="mh-column mh-registration-side">
          <DuplicatesPanel known={known} seen={seen} see={setSeen} duplicates={duplicates} must={tried && known.length > 0 && !seen} namesake={twin ? { value: namesake, change: setNamesake, short: tried && namesake.trim().length < REASON_LEAST } : null} />
          {elsewhere && <FailureNotice error={elsewhere} />}
          <div className="mh-actions">
            <Button type="submit" loading={send.isPending}>{t('registration.create')}</Button>
            <span className="mh-quiet">{t('registration.status')}</span>
          </div>
        </div>
      </div>
    </form>
  );
}
