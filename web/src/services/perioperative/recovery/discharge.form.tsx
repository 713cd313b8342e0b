import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../datatypes/Date/DateText';
import { FailureNotice } from '../../../design/FailureNotice';
import { newId } from '../core/entry.resource';
import { valueWord } from '../core/words.resource';
import { fromFor, isAgainst, useRecoverySend, type Discharge, type Recovery } from './recovery.resource';

const TO = ['ward', 'ambulatory', 'intensive-care', 'home'] as const;

/** The criteria, met or not, and the decision of the anaesthetist. */
export function DischargeForm({ surgery, recovery }: { surgery: string; recovery: Recovery }) {
  const { t } = useTranslation();
  const [to, setTo] = useState<string>('ward');
  const [note, setNote] = useState('');
  const [reason, setReason] = useState('');
  const id = useRef(newId());
  const send = useRecoverySend(surgery, 'discharge');
  const { criteria } = recovery;
  const decided = recovery.discharges ?? (recovery.discharge ? [recovery.discharge] : []);
  // One decision for each way out: whoever left the recovery room may still go home.
  const open = TO.filter((one) => !decided.some(({ from }) => from === fromFor(one)));
  const chosen = open.find((one) => one === to) ?? open[0] ?? 'ward';
  const unmet = isAgainst(recovery, chosen);
  const run = () => send.mutate({ id: id.current, from: fromFor(chosen), to: chosen, ...(note.trim() ? { note: note.trim() } : {}), ...(unmet && reason.trim() ? { overrideReason: reason.trim() } : {}) }, {
    onSuccess: () => {
      id.current = newId();
      setNote('');
      setReason('');
    },
  });
  return (
    <>
      <ul className="mh-peri-criteria">
        {criteria.map(({ code, met, text }) => <li key={code} className={met ? 'mh-ok' : 'mh-warn'}>{met ? <IconCheck size={20} aria-hidden="true" /> : <IconCircleX size={20} aria-hidden="true" />}<span>{text}</span><span className="mh-sr">{t(met ? 'peri.discharge.met' : 'peri.discharge.unmet')}</span></li>)}
      </ul>
      {decided.map((discharge) => <Decided key={discharge.id} discharge={discharge} />)}
      {open.length > 0 && (
        <div className="mh-peri-decide">
          <NativeSelect size="lg" label={t('peri.discharge.to')} value={chosen} onChange={(event) => setTo(event.currentTarget.value)} data={open.map((value) => ({ value, label: valueWord(value) }))} />
          <TextInput size="lg" label={t('peri.note')} maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {unmet && <TextInput size="lg" label={t('peri.discharge.reason')} description={t('peri.discharge.reasonHint')} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />}
          {send.error ? <FailureNotice error={send.error} /> : null}
          <Button size="lg" loading={send.isPending} disabled={unmet && reason.trim().length < 3} onClick={run}>{t('peri.discharge.decide')}</Button>
          <p className="mh-quiet">{t('peri.discharge.who')}</p>
        </div>
      )}
    </>
  );
}

function Decided({ discharge }: { discharge: Discharge }) {
  const { t } = useTranslation();
  return (
    <div className="mh-notice">
      <IconCheck size={20} aria-hidden="true" />
      <div>
        <p><strong>{t('peri.discharge.decided', { to: valueWord(discharge.to) })}</strong> <DateText value={discharge.time} time /></p>
        <p>{discharge.by?.name} {discharge.note}</p>
        {discharge.overrideReason && <p className="mh-warn mh-inline"><IconAlertTriangle size={16} aria-hidden="true" />{t('peri.overridden', { reason: discharge.overrideReason })}</p>}
      </div>
    </div>
  );
}
