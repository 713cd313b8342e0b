import { Button, TextInput } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../datatypes/Date/DateText';
import { SideMark } from '../../../datatypes/CodeableConcept/SideMark';
import { FailureNotice } from '../../../design/FailureNotice';
import { isRefusal, newId } from '../core/entry.resource';
import type { Surgery } from '../core/surgery.resource';
import { StateTag } from './device-state.panel';
import { isRefused, useImplantAdd, type Scanned } from './implant.resource';

const SHORTEST = 5;

interface FoundProps { surgery: Surgery; code: string; device: Scanned; done: (name: string) => void; cancel: () => void; /** Another label is being read: the cursor belongs into the field. */ again: () => void }

/** What was scanned. The button that records it has the focus: one confirmation. What may not be used has none without a reason. */
export function Found({ surgery, code, device, done, cancel, again }: FoundProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [name, setName] = useState('');
  const id = useRef(newId());
  const confirm = useRef<HTMLButtonElement>(null);
  const why = useRef<HTMLInputElement>(null);
  const add = useImplantAdd(surgery.id);
  const refused = isRefused(device.state) || isRefusal(add.error, 'implant.expired') || isRefusal(add.error, 'implant.recalled');
  useEffect(() => {
    if (refused) why.current?.focus();
    else confirm.current?.focus();
  }, [refused]);
  const run = () => add.mutate(
    { id: id.current, code, ...(surgery.side ? { side: surgery.side } : {}), ...(device.name ? {} : name.trim() ? { name: name.trim() } : {}), ...(reason.trim() ? { overrideReason: reason.trim() } : {}) },
    { onSuccess: () => done(device.name ?? name.trim()) },
  );
  // A reader that goes on types into what has the focus, and its Enter must not confirm the label before.
  const press = (event: KeyboardEvent) => {
    if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) again();
  };
  return (
    <section className="mh-peri-found" data-refused={refused || undefined} aria-label={t('peri.implant.scanned')}>
      <div className="mh-row">
        <h3>{device.name ?? device.reference ?? t('peri.implant.unknown')}</h3>
        <StateTag state={device.state} />
        <SideMark side={surgery.side} />
      </div>
      <DeviceFacts device={device} />
      {device.recall && <div className="mh-notice mh-notice-stop" role="alert"><IconAlertOctagon size={20} aria-hidden="true" /><div><strong>{t('peri.device.recalled')}</strong> {device.recall.reference} {device.recall.reason}</div></div>}
      {device.used.length > 0 && <div className="mh-notice mh-notice-stop" role="alert"><IconAlertOctagon size={20} aria-hidden="true" /><div>{t('peri.implant.used')}</div></div>}
      {!device.name && <TextInput size="lg" label={t('peri.implant.name')} description={t('peri.implant.nameHint')} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />}
      {refused && <TextInput ref={why} size="lg" label={t('peri.implant.override')} description={t('peri.implant.overrideHint')} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />}
      {add.error ? <FailureNotice error={add.error} /> : null}
      <div className="mh-actions mh-actions-end">
        <Button size="lg" variant="default" onClick={cancel}>{t('peri.implant.discard')}</Button>
        <Button ref={confirm} onKeyDown={press} size="lg" variant={refused ? 'default' : 'filled'} className={refused ? 'mh-danger' : undefined} disabled={refused && reason.trim().length < SHORTEST} loading={add.isPending} onClick={run}>{t(refused ? 'peri.implant.recordAnyway' : 'peri.implant.record')}</Button>
      </div>
    </section>
  );
}

export function DeviceFacts({ device }: { device: Scanned }) {
  const { t } = useTranslation();
  const absent = <span className="mh-absent">{t('common.notRecorded')}</span>;
  return (
    <dl className="mh-facts mh-peri-facts">
      <dt>{t('peri.implant.lot')}</dt><dd><strong>{device.lot ?? absent}</strong></dd>
      {device.serial && <><dt>{t('peri.implant.serial')}</dt><dd><strong>{device.serial}</strong></dd></>}
      <dt>{t('peri.implant.expiry')}</dt><dd><strong className={isRefused(device.state) ? 'mh-stop' : undefined}><DateText value={device.expiry ?? undefined} /></strong></dd>
      <dt>{t('peri.implant.gtin')}</dt><dd>{device.gtin ?? absent}</dd>
      <dt>{t('peri.implant.maker')}</dt><dd>{device.manufacturer ?? absent}</dd>
      <dt>{t('peri.implant.stock')}</dt><dd>{device.stock ? `${device.stock.quantity}${device.stock.location ? ` · ${device.stock.location}` : ''}` : t('peri.implant.notInStock')}</dd>
    </dl>
  );
}
