import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import { asNumbers, faultsOf } from './check';
import { clockOf, isClock, lastInstantAt } from './clock';
import { Clock } from './entry.form';
import { isUnusual, useCorrect, type Correction, type Entry, type Kind, type Sheet, type Values } from './entry.resource';
import { Fields } from './fields.form';
import { kindWord } from './words.resource';

const SHORTEST = 3;

interface CorrectProps { sheet: Sheet; surgery: string; entry: Entry; kind: Kind | undefined; close: () => void }

/** A correction says why; the first text stays, struck through or as a version before. */
export function CorrectModal({ sheet, surgery, entry, kind, close }: CorrectProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Values>(entry.values);
  const [clock, setClock] = useState('');
  const [reason, setReason] = useState('');
  const correct = useCorrect(sheet, surgery);
  const fields = kind?.fields ?? [];
  const faults = faultsOf(fields, values);
  const ready = reason.trim().length >= SHORTEST && !correct.isPending;
  const send = (rest: Partial<Correction>) => correct.mutate({ entry: entry.id, correction: { version: entry.version, reason: reason.trim(), ...rest } }, { onSuccess: close });
  const save = (confirmed: boolean) => {
    const at = clock ? lastInstantAt(clock, new Date()) : null;
    send({ values: changed(entry.values, asNumbers(fields, values)), ...(at ? { time: at.toISOString() } : {}), ...(confirmed ? { confirmed } : {}) });
  };
  const told = Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, t(`peri.fault.${fault}`)]));
  return (
    <Modal opened onClose={close} title={t('peri.correctTitle', { what: kindWord(entry.kind) })} size={720} yOffset={60} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className="mh-peri-form mh-peri-modal">
        <Fields fields={fields} values={values} faults={told} change={(name, value) => setValues((now) => ({ ...now, [name]: value }))} />
        <div className="mh-peri-fields"><Clock clock={clock || clockOf(new Date(entry.time))} change={setClock} fault={clock !== '' && !isClock(clock)} /></div>
        <TextInput label={t('peri.correctReason')} description={t('peri.correctHint')} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {correct.error ? <FailureNotice error={correct.error} /> : null}
        <div className="mh-actions mh-actions-end">
          <Button size="lg" variant="default" onClick={close}>{t('form.cancel')}</Button>
          <Button size="lg" variant="default" className="mh-danger" disabled={!ready} onClick={() => send({ strike: true })}>{t('peri.strike')}</Button>
          {isUnusual(correct.error) && <Button size="lg" variant="default" className="mh-peri-confirm" disabled={!ready} onClick={() => save(true)}>{t('peri.confirmUnusual')}</Button>}
          <Button size="lg" disabled={!ready || Object.keys(faults).length > 0} loading={correct.isPending} onClick={() => save(false)}>{t('peri.correct')}</Button>
        </div>
      </div>
    </Modal>
  );
}

/** Only what differs: what the server is not told stays as it is. A value that was emptied is told as null. */
function changed(before: Values, after: Values): Values {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(names.filter((name) => (before[name] ?? null) !== (after[name] ?? null) && !(before[name] === undefined && after[name] === '')).map((name) => [name, after[name] === '' ? null : (after[name] ?? null)]));
}
