import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { IconCalendarSearch } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../datatypes/Date/today';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf } from '../../design/faults';
import { Panel } from '../../design/Panel';
import { PractitionerPicker } from '../../design/PersonPickers';
import { useSend } from '../../fhir/verbs';
import { ActSearch } from './act.form';
import type { Surgery } from './case.resource';
import { DurationField } from './duration.form';
import { NeedsField } from './needs.form';
import { ANAESTHESIAS, SETTINGS, URGENCIES, emptyDraft, faultsOf, requestBody, usePrediction, withAct, withSetting, withUrgency, type Anaesthesia, type Draft, type DraftFault, type Setting, type Urgency } from './request.resource';
import { SideButtons } from './side.panel';
import { useOwnName } from './surgeon.resource';

interface RequestFormProps { patientId: string; done: (surgery: Surgery) => void; cancel: () => void }

/** One dense form; what the act brings is filled in. Ctrl+Enter asks, and looks for a place in the plan. */
export function RequestForm({ patientId, done, cancel }: RequestFormProps) {
  const { t } = useTranslation();
  const own = useOwnName();
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(null, today()));
  const [tried, setTried] = useState(false);
  const filled = draft.surgeon || !own ? draft : { ...draft, surgeon: own };
  const prediction = usePrediction(filled.act, filled.approach, filled.surgeon);
  const send = useSend<Surgery>('surgery', 'orders');
  const faults = faultsOf(filled);
  const error = (fault: DraftFault) => faultOf(send.error, fault) ?? (tried && faults.includes(fault) ? t(`surgery.missing.${fault}`) : undefined);
  const set = (part: Partial<Draft>) => setDraft({ ...filled, ...part });
  const run = () => {
    setTried(true);
    if (faults.length || send.isPending) return;
    send.mutate({ method: 'POST', path: 'surgeries', body: requestBody(patientId, filled, prediction.data?.p50 ?? null) }, { onSuccess: (surgery) => surgery && done(surgery) });
  };
  const press = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter') return;
    event.preventDefault();
    run();
  };
  return (
    <Panel title={t('surgery.request')} side={<span className="mh-quiet">{t('surgery.requestKeys')}</span>}>
      <div className="mh-request" onKeyDown={press}>
        <div className="mh-request-column">
          <ActSearch first act={filled.act} take={(act) => setDraft(withAct(filled, act))} error={error('act')} />
          {filled.act?.lateral !== false && filled.act && <SideButtons side={filled.side} change={(side) => set({ side })} error={error('side')} />}
          <TextInput label={t('surgery.diagnosis')} value={filled.diagnosis} maxLength={300} error={faultOf(send.error, 'diagnosis')} onChange={(event) => set({ diagnosis: event.currentTarget.value })} />
          <Choices one line legend={t('surgery.urgency')} choices={URGENCIES.map((value) => ({ value, label: t(`surgery.urgencies.${value}`) }))} chosen={[filled.urgency]} change={([value]) => setDraft(withUrgency(filled, (value ?? 'elective') as Urgency, today()))} />
          <div className="mh-fields">
            <TextInput type="date" label={t('surgery.target')} min={today()} value={filled.target} error={error('target')} onChange={(event) => set({ target: event.currentTarget.value })} />
            <TextInput type="date" label={t('surgery.notBefore')} min={today()} value={filled.notBefore} error={faultOf(send.error, 'notBefore')} onChange={(event) => set({ notBefore: event.currentTarget.value })} />
          </div>
        </div>
        <div className="mh-request-column">
          <PractitionerPicker label={t('surgery.surgeon')} picked={filled.surgeon} pick={(surgeon) => set({ surgeon })} error={error('surgeon')} />
          <DurationField draft={filled} prediction={prediction} change={(minutes) => set({ minutes })} error={faultOf(send.error, 'minutes')} />
          <Choices one line legend={t('surgery.setting')} choices={SETTINGS.map((value) => ({ value, label: t(`surgery.settings.${value}`) }))} chosen={[filled.setting]} change={([value]) => setDraft(withSetting(filled, (value ?? 'ambulatory') as Setting))} />
          <div className="mh-fields">
            <NativeSelect label={t('surgery.anaesthesia')} value={filled.anaesthesia} data={ANAESTHESIAS.map((value) => ({ value, label: t(`surgery.anaesthesias.${value}`) }))} onChange={(event) => set({ anaesthesia: event.currentTarget.value as Anaesthesia })} />
            <NumberInput label={t('surgery.nights')} min={0} max={90} value={filled.nights} disabled={filled.setting === 'ambulatory'} onChange={(value) => set({ nights: Number(value) || 0 })} />
            <TextInput label={t('surgery.position')} value={filled.position} maxLength={120} onChange={(event) => set({ position: event.currentTarget.value })} />
            <TextInput label={t('surgery.approach')} value={filled.approach} maxLength={120} onChange={(event) => set({ approach: event.currentTarget.value })} />
          </div>
          <NeedsField needs={filled.needs} change={(needs) => set({ needs })} />
          <Textarea label={t('surgery.note')} rows={2} maxLength={1000} value={filled.note} onChange={(event) => set({ note: event.currentTarget.value })} />
        </div>
        <div className="mh-request-foot">
          {send.isError && <FailureNotice error={send.error} />}
          <div className="mh-actions mh-actions-end">
            <p className="mh-field-error mh-grow" role="status">{tried && faults.length > 0 && t('surgery.incomplete', { what: faults.map((fault) => t(`surgery.missing.${fault}`)).join(' · ') })}</p>
            <Button variant="default" onClick={cancel}>{t('form.cancel')}</Button>
            <Button leftSection={<IconCalendarSearch size={16} aria-hidden="true" />} aria-keyshortcuts="Control+Enter" loading={send.isPending} onClick={run}>{t('surgery.ask')}</Button>
          </div>
        </div>
      </div>
    </Panel>
  );
}
