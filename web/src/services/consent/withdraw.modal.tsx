import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices } from '../../design/Choices';
import { Confirm } from '../../design/Confirm';
import { useSend } from '../../fhir/verbs';
import { METHODS, type ConsentRow } from './consent.resource';

/** A withdrawal holds at the next request; what was done before stays lawful. */
export function WithdrawModal({ patientId, row, close }: { patientId: string; row: ConsentRow; close: () => void }) {
  const { t } = useTranslation();
  const [method, setMethod] = useState<string>('oral');
  const [note, setNote] = useState('');
  const send = useSend('consents');
  const run = () =>
    send.mutate(
      {
        method: 'PUT',
        path: `patients/${encodeURIComponent(patientId)}/consent`,
        body: { kind: row.kind, decision: 'withdraw', method, ...(row.version ? { text_version: row.version } : {}), ...(note.trim() ? { note: note.trim() } : {}) },
      },
      { onSuccess: close },
    );
  return (
    <Confirm title={t('consent.withdrawTitle')} action={t('consent.withdraw')} danger busy={send.isPending} error={send.error} run={run} close={close}>
      <p className="mh-strong">{t(`consent.kind.${row.kind}`)}</p>
      <p className="mh-lead">{t(`consent.withdrawExplain.${row.kind}`)}</p>
      <div className="mh-fields">
        <Choices one line legend={t('consent.how')} choices={METHODS.map((value) => ({ value, label: t(`consent.method.${value}`) }))} chosen={[method]} change={([value]) => setMethod(value ?? 'oral')} />
        <Textarea className="mh-wide" label={t('consent.note')} rows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      </div>
    </Confirm>
  );
}
