import { Button } from '@mantine/core';
import { IconUrgent } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../datatypes/Date/today';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf } from '../../design/faults';
import { Panel } from '../../design/Panel';
import { PatientPicker, PractitionerPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { useSend } from '../../fhir/verbs';
import { ActSearch } from './act.form';
import type { Surgery } from './case.resource';
import { InsertionPanel } from './insertion.panel';
import { emptyDraft, faultsOf, requestBody, withAct, type Draft, type DraftFault, type Urgency } from './request.resource';
import { SideButtons } from './side.panel';
import { useOwnName } from './surgeon.resource';
import './surgery.css';

const URGENT = ['immediate', 'urgent'] as const;

/** Five fields at most, then where it disturbs the day least. */
export default function EmergencyPage() {
  const { t } = useTranslation();
  const { patient: given } = useSearch({ strict: false }) as { patient?: string };
  const own = useOwnName();
  const [patient, setPatient] = useState<Picked | null>(null);
  const [draft, setDraft] = useState<Draft>(() => ({ ...emptyDraft(null, today()), urgency: 'immediate', target: today(), setting: 'inpatient', nights: 1 }));
  const [tried, setTried] = useState(false);
  const send = useSend<Surgery>('surgery');
  const filled = draft.surgeon || !own ? draft : { ...draft, surgeon: own };
  const who = patient?.id ?? given ?? null;
  const faults = faultsOf(filled);
  const error = (fault: DraftFault) => faultOf(send.error, fault) ?? (tried && faults.includes(fault) ? t(`surgery.missing.${fault}`) : undefined);
  const run = () => {
    setTried(true);
    if (faults.length || !who || send.isPending) return;
    send.mutate({ method: 'POST', path: 'surgeries/emergency', body: requestBody(who, filled, null) });
  };
  const press = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter') return;
    event.preventDefault();
    run();
  };
  if (send.data) return <div className="mh-page"><h1 className="mh-sr">{t('surgery.emergency')}</h1><InsertionPanel surgery={send.data} /></div>;
  return (
    <div className="mh-page mh-op-narrow">
      <h1 className="mh-sr">{t('surgery.emergency')}</h1>
      <Panel title={t('surgery.emergency')} side={<IconUrgent size={18} aria-hidden="true" />}>
        <div className="mh-request-column" onKeyDown={press}>
          {!given && <PatientPicker label={t('surgery.patient')} picked={patient} pick={setPatient} error={tried && !who ? t('surgery.missing.patient') : faultOf(send.error, 'patient')} />}
          <ActSearch act={filled.act} take={(act) => setDraft(keepUrgent(withAct(filled, act)))} error={error('act')} />
          {filled.act && filled.act.lateral !== false && <SideButtons side={filled.side} change={(side) => setDraft({ ...filled, side })} error={error('side')} />}
          <Choices one line legend={t('surgery.urgency')} choices={URGENT.map((value) => ({ value, label: t(`surgery.urgencies.${value}`) }))} chosen={[filled.urgency]} change={([value]) => setDraft({ ...filled, urgency: (value ?? 'immediate') as Urgency })} />
          <PractitionerPicker label={t('surgery.surgeon')} picked={filled.surgeon} pick={(surgeon) => setDraft({ ...filled, surgeon })} error={error('surgeon')} />
          {send.isError && <FailureNotice error={send.error} />}
          <div className="mh-actions mh-actions-end">
            <Button size="md" leftSection={<IconUrgent size={18} aria-hidden="true" />} aria-keyshortcuts="Control+Enter" loading={send.isPending} onClick={run}>{t('surgery.emergencyAsk')}</Button>
          </div>
        </div>
      </Panel>
    </div>
  );
}

/** What is usual for the act does not make an emergency an outpatient. */
const keepUrgent = (draft: Draft): Draft => ({ ...draft, setting: 'inpatient', nights: Math.max(1, draft.nights) });
