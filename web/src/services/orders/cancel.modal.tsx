import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../design/Confirm';
import { useSend } from '../../fhir/verbs';
import type { Order } from './order.resource';

const SHORTEST = 3;

export function CancelModal({ order, close }: { order: Order; close: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const send = useSend('orders');
  const run = () => send.mutate({ method: 'POST', path: `orders/${encodeURIComponent(order.id)}/cancel`, body: { reason: reason.trim() } }, { onSuccess: close });
  return (
    <Confirm title={t('orders.cancelTitle')} action={t('orders.cancelIt')} danger blocked={reason.trim().length < SHORTEST} busy={send.isPending} error={send.error} run={run} close={close}>
      <p className="mh-strong">{order.display}</p>
      <Textarea label={t('orders.cancelReason')} rows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Confirm>
  );
}
