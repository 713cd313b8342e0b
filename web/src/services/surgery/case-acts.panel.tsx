import { Button } from '@mantine/core';
import { IconCalendarOff, IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { useSend } from '../../fhir/verbs';
import { mayChange, type Surgery } from './case.resource';
import { EditModal } from './edit.modal';
import { ReasonModal } from './reason.modal';

/** What may be done with a case that has not begun. */
export function CaseActs({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'edit' | 'cancel' | 'postpone' | null>(null);
  if (surgery.status === 'cancelled') return <div className="mh-actions mh-case-acts mh-noprint"><Resume surgery={surgery} /></div>;
  if (!mayChange(surgery)) return null;
  const close = () => setOpen(null);
  return (
    <div className="mh-actions mh-case-acts mh-noprint">
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden="true" />} onClick={() => setOpen('edit')}>{t('surgery.edit')}</Button>
      {surgery.status === 'postponed' && <Resume surgery={surgery} />}
      {surgery.status !== 'postponed' && <Button variant="default" leftSection={<IconPlayerPause size={16} aria-hidden="true" />} onClick={() => setOpen('postpone')}>{t('surgery.postpone')}</Button>}
      <Button variant="default" className="mh-danger" leftSection={<IconCalendarOff size={16} aria-hidden="true" />} onClick={() => setOpen('cancel')}>{t('surgery.cancel')}</Button>
      {open === 'edit' && <EditModal surgery={surgery} close={close} />}
      {(open === 'cancel' || open === 'postpone') && <ReasonModal surgery={surgery} act={open} close={close} />}
    </div>
  );
}

/** A postponed case waits for a place again. */
function Resume({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  const send = useSend('surgery');
  const run = () => send.mutate({ method: 'POST', path: `surgeries/${encodeURIComponent(surgery.id)}/resume`, body: { version: surgery.version } });
  return (
    <>
      <Button leftSection={<IconPlayerPlay size={16} aria-hidden="true" />} loading={send.isPending} onClick={run}>{t('surgery.resume')}</Button>
      {send.isError && <FailureNotice error={send.error} />}
    </>
  );
}
