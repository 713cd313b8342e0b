import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../design/Confirm';
import { useSend } from '../../fhir/verbs';
import { ActLine } from './act-line.panel';
import { useReasons, type Surgery } from './case.resource';

const SHORTEST = 3;

interface ReasonModalProps { surgery: Surgery; act: 'cancel' | 'postpone'; close: () => void }

/** Cancelling and postponing want a coded reason and words of one's own; the act and its side are said again. */
export function ReasonModal({ surgery, act, close }: ReasonModalProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const reasons = useReasons();
  const send = useSend('surgery');
  const run = () =>
    send.mutate({ method: 'POST', path: `surgeries/${encodeURIComponent(surgery.id)}/${act}`, body: { version: surgery.version, reason, note: words.trim() } }, { onSuccess: close });
  return (
    <Confirm title={t(`surgery.${act}Title`)} action={t(`surgery.${act}It`)} danger blocked={reason === null || words.trim().length < SHORTEST} busy={send.isPending} error={send.error} run={run} close={close}>
      <p className="mh-confirm-act"><ActLine surgery={surgery} strong /></p>
      <Select label={t('surgery.reason')} value={reason} onChange={setReason} data={(reasons.data?.[act] ?? []).map(({ code, text }) => ({ value: code, label: text }))} comboboxProps={{ withinPortal: true }} />
      <Textarea mt={8} label={t('surgery.reasonWords')} rows={2} maxLength={500} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
    </Confirm>
  );
}
