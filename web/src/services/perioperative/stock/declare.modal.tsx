import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../design/Confirm';
import { useDeclare, type By } from './stock.resource';

/** A recall: from then on the lot is refused in every theatre, and its carriers are flagged. */
export function DeclareRecall({ first, close }: { first: { by: By; value: string }; close: () => void }) {
  const { t } = useTranslation();
  const [gtin, setGtin] = useState(first.by === 'gtin' ? first.value : '');
  const [lot, setLot] = useState(first.by === 'lot' ? first.value : '');
  const [reference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const send = useDeclare();
  const run = () => send.mutate({ gtin: gtin.trim(), ...(lot.trim() ? { lot: lot.trim() } : {}), ...(reference.trim() ? { reference: reference.trim() } : {}), reason: reason.trim() }, { onSuccess: close });
  return (
    <Confirm title={t('peri.recall.declare')} action={t('peri.recall.declareIt')} danger blocked={!gtin.trim() || reason.trim().length < 3} busy={send.isPending} error={send.error} run={run} close={close}>
      <p>{t('peri.recall.declareHint')}</p>
      <TextInput label={t('peri.implant.gtin')} value={gtin} maxLength={14} inputMode="numeric" onChange={(event) => setGtin(event.currentTarget.value)} />
      <TextInput label={t('peri.implant.lot')} description={t('peri.recall.lotHint')} value={lot} maxLength={20} onChange={(event) => setLot(event.currentTarget.value)} />
      <TextInput label={t('peri.recall.reference')} value={reference} maxLength={60} onChange={(event) => setReference(event.currentTarget.value)} />
      <Textarea label={t('peri.recall.reason')} rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Confirm>
  );
}
