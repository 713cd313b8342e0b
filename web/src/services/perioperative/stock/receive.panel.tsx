import { Button, NumberInput, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import { Panel } from '../../../design/Panel';
import { newId } from '../core/entry.resource';
import { StateTag } from '../implant/device-state.panel';
import { DeviceFacts } from '../implant/found.panel';
import { useScan, type Scanned } from '../implant/implant.resource';
import { ScanField } from '../implant/scan-field.form';
import { TypedLabel } from '../implant/typed-label.form';
import { useReceive } from './stock.resource';

/** A delivery: scan, quantity, Enter. */
export function Receive() {
  const { t } = useTranslation();
  const scan = useScan();
  const field = useRef<HTMLInputElement>(null);
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState<{ code: string; device: Scanned } | null>(null);
  const [stored, setStored] = useState('');
  const read = (code: string) => {
    setFound(null);
    setStored('');
    scan.mutate(code, { onSuccess: (device) => device && setFound({ code, device }) });
  };
  const done = (text: string) => {
    setFound(null);
    setStored(text);
    setTurn((now) => now + 1);
  };
  return (
    <Panel title={t('peri.stock.receive')}>
      <ScanField key={turn} scan={read} busy={scan.isPending} field={field} />
      <TypedLabel key={`typed-${turn}`} read={read} busy={scan.isPending} />
      {scan.error && !found ? <FailureNotice error={scan.error} /> : null}
      {found && <ReceiveForm key={found.code} code={found.code} device={found.device} done={done} />}
      <p role="status">{stored && <span className="mh-ok mh-inline"><IconCheck size={18} aria-hidden="true" />{t('peri.stock.stored', { name: stored })}</span>}</p>
    </Panel>
  );
}

const MOST = 9999;

function ReceiveForm({ code, device, done }: { code: string; device: Scanned; done: (text: string) => void }) {
  const { t } = useTranslation();
  const [quantity, setQuantity] = useState<number | string>(1);
  const [name, setName] = useState(device.name ?? '');
  const [location, setLocation] = useState(device.stock?.location ?? '');
  const receive = useReceive();
  // A label read into this field is no quantity.
  const fits = typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1 && quantity <= MOST;
  const id = useRef(newId());
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (receive.isPending || !fits) return;
    receive.mutate({ id: id.current, code, quantity, ...(name.trim() ? { name: name.trim() } : {}), ...(location.trim() ? { location: location.trim() } : {}) }, { onSuccess: (line) => done(`${quantity} × ${line?.name ?? name}`) });
  };
  return (
    <form className="mh-peri-found" onSubmit={submit} aria-label={t('peri.stock.receive')}>
      <div className="mh-row"><h3>{device.name ?? t('peri.implant.unknown')}</h3><StateTag state={device.state} /></div>
      <DeviceFacts device={device} />
      <div className="mh-fields mh-fields-3">
        <NumberInput ref={field} size="lg" label={t('peri.stock.quantity')} min={1} max={MOST} clampBehavior="none" error={fits ? undefined : t('peri.fault.bounds')} hideControls value={quantity} onChange={setQuantity} />
        <TextInput size="lg" label={t('peri.implant.name')} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput size="lg" label={t('peri.stock.location')} maxLength={120} value={location} onChange={(event) => setLocation(event.currentTarget.value)} />
      </div>
      {receive.error ? <FailureNotice error={receive.error} /> : null}
      <div className="mh-actions mh-actions-end"><Button size="lg" type="submit" loading={receive.isPending}>{t('peri.stock.receiveIt')}</Button></div>
    </form>
  );
}
