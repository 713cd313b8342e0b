import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Choices } from '../../design/Choices';
import { Confirm } from '../../design/Confirm';
import { Loaded, Panel } from '../../design/Panel';
import { PractitionerPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { useSend } from '../../fhir/verbs';
import { METHODS, useConsents, type Opposition } from './consent.resource';

/** Whom the patient does not want to open the record; nobody overrides it. */
export function OppositionsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const consents = useConsents(patientId);
  const [opposing, setOpposing] = useState(false);
  const [lifting, setLifting] = useState<Opposition | null>(null);
  return (
    <Panel
      title={t('consent.oppositions')}
      count={consents.data?.oppositions.length}
      flush
      side={<Button size="compact-sm" variant="default" onClick={() => setOpposing(true)}>{t('consent.oppose')}</Button>}
    >
      <Loaded query={consents}>
        {({ oppositions }) =>
          oppositions.length ? (
            <ul className="mh-list">
              {oppositions.map((one) => (
                <li key={one.actor ?? 'all'} className="mh-consent">
                  <div className="mh-grow">
                    <p className="mh-strong">{one.actor ? one.name : t('consent.allSharing')}</p>
                    {one.reason && <p className="mh-quiet">{one.reason}</p>}
                  </div>
                  <span className="mh-quiet">{t('consent.since')} <DateText value={one.since} /></span>
                  <Button size="compact-sm" variant="default" onClick={() => setLifting(one)} aria-label={t('consent.liftOne', { name: one.actor ? one.name : t('consent.allSharing') })}>
                    {t('consent.lift')}
                  </Button>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('consent.noOpposition')}</p>
          )
        }
      </Loaded>
      {opposing && <OpposeModal patientId={patientId} close={() => setOpposing(false)} />}
      {lifting && <LiftModal patientId={patientId} opposition={lifting} close={() => setLifting(null)} />}
    </Panel>
  );
}

const path = (patientId: string) => `patients/${encodeURIComponent(patientId)}/opposition`;

function OpposeModal({ patientId, close }: { patientId: string; close: () => void }) {
  const { t } = useTranslation();
  const [scope, setScope] = useState('one');
  const [actor, setActor] = useState<Picked | null>(null);
  const [method, setMethod] = useState<string>('oral');
  const [reason, setReason] = useState('');
  const send = useSend('consents');
  const run = () =>
    send.mutate(
      {
        method: 'PUT',
        path: path(patientId),
        body: { decision: 'oppose', method, ...(scope === 'one' && actor ? { actor: `Practitioner/${actor.id}` } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) },
      },
      { onSuccess: close },
    );
  return (
    <Confirm title={t('consent.opposeTitle')} action={t('consent.oppose')} blocked={scope === 'one' && !actor} busy={send.isPending} error={send.error} run={run} close={close}>
      <p className="mh-lead">{t('consent.opposeExplain')}</p>
      <div className="mh-fields">
        <Choices
          one
          line
          legend={t('consent.opposeWhom')}
          choices={[
            { value: 'one', label: t('consent.opposeOne') },
            { value: 'all', label: t('consent.allSharing') },
          ]}
          chosen={[scope]}
          change={([value]) => setScope(value ?? 'one')}
        />
        {scope === 'one' && <div className="mh-wide"><PractitionerPicker label={t('consent.professional')} picked={actor} pick={setActor} /></div>}
        <Choices one line legend={t('consent.how')} choices={METHODS.map((value) => ({ value, label: t(`consent.method.${value}`) }))} chosen={[method]} change={([value]) => setMethod(value ?? 'oral')} />
        <Textarea className="mh-wide" label={t('consent.note')} rows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </div>
    </Confirm>
  );
}

function LiftModal({ patientId, opposition, close }: { patientId: string; opposition: Opposition; close: () => void }) {
  const { t } = useTranslation();
  const send = useSend('consents');
  const run = () =>
    send.mutate({ method: 'PUT', path: path(patientId), body: { decision: 'lift', method: 'oral', ...(opposition.actor ? { actor: opposition.actor } : {}) } }, { onSuccess: close });
  return (
    <Confirm title={t('consent.liftTitle')} action={t('consent.lift')} busy={send.isPending} error={send.error} run={run} close={close}>
      <p className="mh-strong">{opposition.actor ? opposition.name : t('consent.allSharing')}</p>
      <p className="mh-lead">{t('consent.liftExplain')}</p>
    </Confirm>
  );
}
