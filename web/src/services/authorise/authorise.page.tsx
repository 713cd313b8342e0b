import '@mantine/core/styles/Checkbox.css';
import { Button, Checkbox } from '@mantine/core';
import { IconAppWindow, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { PatientPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { EncounterChoice } from './encounter.form';
import { useAppRequest, useDecision, type AppRequest } from './request.resource';
import './authorise.css';

/** An application asks to act for the person: who asks, for what, on whose record. */
export default function AuthorisePage() {
  const { t } = useTranslation();
  const [ticket] = useState(() => new URLSearchParams(window.location.search).get('request') ?? '');
  const request = useAppRequest(ticket, useLanguage());
  return (
    <div className="mh-page mh-authorise">
      <Loaded query={request}>{(asked) => <Question ticket={ticket} asked={asked} />}</Loaded>
      {request.isError && <p className="mh-quiet">{t('authorise.over')}</p>}
    </div>
  );
}

function Question({ ticket, asked }: { ticket: string; asked: AppRequest }) {
  const { t } = useTranslation();
  const me = useMe();
  const [refused, setRefused] = useState<string[]>([]);
  const [patient, setPatient] = useState<Picked | null>(null);
  const [encounter, setEncounter] = useState('');
  const decide = useDecision(ticket);
  const chosen = asked.patient ?? patient?.id ?? '';
  const ready = asked.needs === null || (chosen !== '' && (asked.needs === 'patient' || encounter !== ''));
  const answer = (allow: boolean) =>
    decide.mutate({
      allow,
      scopes: allow ? asked.scopes.map((one) => one.scope).filter((scope) => !refused.includes(scope)) : [],
      ...(asked.needs && chosen ? { patient: chosen } : {}),
      ...(asked.needs === 'encounter' && encounter ? { encounter } : {}),
    });
  return (
    <form
      className="mh-panel mh-authorise-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) answer(true);
      }}
    >
      <div className="mh-authorise-head">
        <IconAppWindow size={30} stroke={1.5} aria-hidden="true" />
        <div>
          <h1 className="mh-title">{t('authorise.title', { name: asked.name })}</h1>
          <p className="mh-quiet">{t('authorise.who', { name: me.name, tenant: me.tenantTitle })}</p>
        </div>
      </div>
      {asked.remembered && <p className="mh-inline mh-ok"><IconCircleCheck size={16} aria-hidden="true" />{t('authorise.remembered')}</p>}
      <fieldset className="mh-scopes">
        <legend>{t('authorise.what')}</legend>
        {asked.scopes.map(({ scope, sentence, required }) => (
          <Checkbox
            key={scope}
            label={sentence}
            description={required ? t('authorise.required') : undefined}
            checked={!refused.includes(scope)}
            disabled={required}
            onChange={(event) => setRefused(event.currentTarget.checked ? refused.filter((one) => one !== scope) : [...refused, scope])}
          />
        ))}
      </fieldset>
      {asked.needs && !asked.patient && <PatientPicker label={t('authorise.patient')} hint={t('authorise.patientHint')} picked={patient} pick={setPatient} />}
      {asked.needs === 'encounter' && chosen && <EncounterChoice key={chosen} patientId={chosen} chosen={encounter} choose={setEncounter} />}
      <p className="mh-quiet">{t('authorise.then', { host: asked.host })}</p>
      {decide.isError && <FailureNotice error={decide.error} />}
      <div className="mh-row">
        <Button type="submit" loading={decide.isPending && decide.variables.allow} disabled={!ready || decide.isPending}>{t('authorise.allow')}</Button>
        <Button variant="default" loading={decide.isPending && !decide.variables.allow} disabled={decide.isPending} onClick={() => answer(false)}>{t('authorise.refuse')}</Button>
      </div>
    </form>
  );
}
