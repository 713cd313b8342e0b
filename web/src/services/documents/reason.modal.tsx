import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../design/Confirm';
import { useAct, type Document } from './document.resource';

export type Reasoned = 'withdraw' | 'refuse' | 'revoke';

const SHORTEST = 3;

/** What ends a document, or the agreement in it, is said with a reason; only a withdrawal cannot do without one. */
export function ReasonModal({ act, document, close }: { act: Reasoned; document: Document; close: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const run = useAct();
  const words = reason.trim();
  const send = () => run.mutate({ path: `${encodeURIComponent(document.id)}/${act}`, body: { version: document.version, ...(words ? { reason: words } : {}) } }, { onSuccess: close });
  return (
    <Confirm title={t(`papers.${act}Title`)} action={t(`papers.${act}It`)} danger blocked={act === 'withdraw' && words.length < SHORTEST} busy={run.isPending} error={run.error} run={send} close={close}>
      <p className="mh-strong">{document.title}</p>
      <p className="mh-lead">{t(`papers.${act}Explain`)}</p>
      <Textarea label={t('papers.reason')} rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Confirm>
  );
}
