import { Button, Modal, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf } from '../../design/faults';
import { useSend } from '../../fhir/verbs';
import { changesOf, type Surgery } from './case.resource';
import { ANAESTHESIAS, SETTINGS, URGENCIES, type Anaesthesia, type Setting, type Urgency } from './request.resource';
import { SideButtons } from './side.panel';

/** What may change before the patient is received; the version that was seen goes along, so that nobody's change is lost. */
export function EditModal({ surgery, close }: { surgery: Surgery; close: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(surgery);
  const send = useSend('surgery');
  const set = (part: Partial<Surgery>) => setDraft({ ...draft, ...part });
  const { side, diagnosis, urgency, target, setting, nights, anaesthesia, position, approach, minutes, note } = draft;
  const run = () =>
    send.mutate(
      { method: 'PUT', path: `surgeries/${encodeURIComponent(surgery.id)}`, body: { version: surgery.version, ...changesOf(surgery, draft) } },
      { onSuccess: close },
    );
  return (
    <Modal opened onClose={close} title={t('surgery.edit')} size={940} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className="mh-request-column">
        {surgery.lateral !== false && <SideButtons side={side} change={(value) => set({ side: value })} error={faultOf(send.error, 'side')} />}
        <div className="mh-fields mh-fields-3">
          <TextInput label={t('surgery.diagnosis')} value={diagnosis} maxLength={300} error={faultOf(send.error, 'diagnosis')} onChange={(event) => set({ diagnosis: event.currentTarget.value })} />
          <TextInput type="date" label={t('surgery.target')} value={target ?? ''} error={faultOf(send.error, 'target')} onChange={(event) => set({ target: event.currentTarget.value || null })} />
          <Choices one line legend={t('surgery.urgency')} choices={URGENCIES.map((value) => ({ value, label: t(`surgery.urgencies.${value}`) }))} chosen={[urgency]} change={([value]) => set({ urgency: (value ?? urgency) as Urgency })} />
          <Choices one line legend={t('surgery.setting')} choices={SETTINGS.map((value) => ({ value, label: t(`surgery.settings.${value}`) }))} chosen={[setting]} change={([value]) => set({ setting: (value ?? setting) as Setting, nights: value === 'ambulatory' ? 0 : Math.max(1, nights) })} />
          <NativeSelect label={t('surgery.anaesthesia')} value={anaesthesia ?? ''} data={[{ value: '', label: t('common.notRecorded') }, ...ANAESTHESIAS.map((value) => ({ value, label: t(`surgery.anaesthesias.${value}`) }))]} onChange={(event) => set({ anaesthesia: event.currentTarget.value as Anaesthesia | '' })} />
          <NumberInput label={t('surgery.nights')} min={0} max={90} value={nights} disabled={setting === 'ambulatory'} onChange={(value) => set({ nights: Number(value) || 0 })} />
          <TextInput label={t('surgery.position')} value={position} maxLength={120} onChange={(event) => set({ position: event.currentTarget.value })} />
          <TextInput label={t('surgery.approach')} value={approach} maxLength={120} onChange={(event) => set({ approach: event.currentTarget.value })} />
          <NumberInput label={t('surgery.minutes')} min={5} max={1200} step={5} value={minutes ?? ''} error={faultOf(send.error, 'minutes')} onChange={(value) => set({ minutes: value === '' ? null : Number(value) })} />
          <Textarea label={t('surgery.note')} rows={2} maxLength={1000} value={note} onChange={(event) => set({ note: event.currentTarget.value })} />
        </div>
        {send.isError && <FailureNotice error={send.error} />}
        <div className="mh-actions mh-actions-end">
          <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
          <Button loading={send.isPending} onClick={run}>{t('surgery.save')}</Button>
        </div>
      </div>
    </Modal>
  );
}
