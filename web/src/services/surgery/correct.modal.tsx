import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { Confirm } from '../../design/Confirm';
import { useSend } from '../../fhir/verbs';
import type { Surgery } from './case.resource';
import { atClock, type MilestoneCode } from './projection';

const SHORTEST = 3;

const clockOf = (time: string): string => formatTime(time, 'en') ?? '';

/** An hour that was tapped wrong is corrected with a reason; the first one stays in the history. */
export function CorrectModal({ surgery, close }: { surgery: Surgery; close: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState<MilestoneCode | ''>('');
  const [clock, setClock] = useState('');
  const [reason, setReason] = useState('');
  const send = useSend('surgery');
  const known = surgery.milestones.find((mark) => mark.code === code);
  const time = known ? atClock(known.time, clockOf(known.time), clock) : null;
  const run = () => send.mutate({ method: 'POST', path: `surgeries/${encodeURIComponent(surgery.id)}/milestones/correct`, body: { code, time, reason: reason.trim() } }, { onSuccess: close });
  return (
    <Confirm title={t('milestone.correct')} action={t('surgery.save')} blocked={!time || reason.trim().length < SHORTEST} busy={send.isPending} error={send.error} run={run} close={close}>
      <div className="mh-fields">
        <NativeSelect
          label={t('milestone.which')}
          value={code}
          data={[{ value: '', label: '' }, ...surgery.milestones.map((mark) => ({ value: mark.code, label: t(`milestone.name.${mark.code}`) }))]}
          onChange={(event) => {
            const next = event.currentTarget.value as MilestoneCode | '';
            setCode(next);
            setClock(clockOf(surgery.milestones.find((mark) => mark.code === next)?.time ?? ''));
          }}
        />
        <TextInput type="time" label={t('common.time')} value={clock} onChange={(event) => setClock(event.currentTarget.value)} />
        <Textarea className="mh-wide" label={t('surgery.reason')} rows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </div>
    </Confirm>
  );
}
