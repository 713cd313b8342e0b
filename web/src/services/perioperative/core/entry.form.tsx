import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import { asNumbers, faultsOf } from './check';
import { isClock, lastInstantAt } from './clock';
import { Fields } from './fields.form';
import { isUnusual, newId, useAdd, type Kind, type Sheet, type Value, type Values } from './entry.resource';
import { kindWord } from './words.resource';

export interface EntryFormProps {
  sheet: Sheet;
  surgery: string;
  kind: Kind;
  first?: Values;
  hints?: Record<string, string>;
  /** Fields that are shown now, by what was filled in. */
  shown?: (values: Values) => Kind['fields'];
  /** What the values mean, told while they are typed. */
  renderLive?: (values: Values) => ReactNode;
  /** A value that is put in from beside the form; a new `turn` puts it in again. */
  put?: { name: string; value: string; turn: number };
  done: () => void;
  cancel: () => void;
}

/** What is decided stands after what it is about. */
const isDecision = (name: string): boolean => name.startsWith('decision');

/** One entry: its values, its hour, a remark. Enter or Ctrl+Enter sends it; what was typed stays when the server refuses. */
export function EntryForm({ sheet, surgery, kind, first = {}, hints, shown, renderLive, put, done, cancel }: EntryFormProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Values>(first);
  useEffect(() => {
    if (put) setValues((now) => ({ ...now, [put.name]: put.value }));
    // A region that is touched again is put in again, hence by its turn.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [put?.turn]);
  const [clock, setClock] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  // The same id until it is stored: a lost answer cannot enter it twice.
  const id = useRef(newId());
  const add = useAdd(sheet, surgery);
  const fields = shown ? shown(values) : kind.fields;
  const faults = faultsOf(fields, values);
  const clockFault = clock !== '' && !isClock(clock);
  const send = (confirmed: boolean) => {
    setTried(true);
    if (Object.keys(faults).length || clockFault || add.isPending) return;
    const at = clock ? lastInstantAt(clock, new Date()) : null;
    const kept = asNumbers(fields, Object.fromEntries(fields.map(({ name }) => [name, values[name]])));
    add.mutate([{ id: id.current, kind: kind.kind, values: kept, ...(at ? { time: at.toISOString() } : {}), ...(note.trim() ? { note: note.trim() } : {}), ...(confirmed ? { confirmed } : {}) }], { onSuccess: done });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(false);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('[role="dialog"]')) return;
      if (event.key === 'Escape') cancel();
      else if (event.key === 'Enter' && event.ctrlKey) send(false);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  const change = (name: string, value: Value | undefined) => setValues((now) => ({ ...now, [name]: value }));
  const told = tried ? Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, t(`peri.fault.${fault}`)])) : {};
  return (
    <form className="mh-peri-form" aria-label={kindWord(kind.kind)} noValidate onSubmit={submit}>
      <h3>{kindWord(kind.kind)}</h3>
      <Fields fields={fields.filter(({ name }) => !isDecision(name))} values={values} hints={hints} faults={told} change={change} />
      {renderLive?.(values)}
      {fields.some(({ name }) => isDecision(name)) && <Fields fields={fields.filter(({ name }) => isDecision(name))} values={values} faults={told} change={change} />}
      <div className="mh-peri-fields">
        <Clock clock={clock} change={setClock} fault={clockFault} />
        {kind.kind !== 'note' && <Remark note={note} change={setNote} />}
      </div>
      {add.error ? <FailureNotice error={add.error} /> : null}
      <div className="mh-actions mh-actions-end mh-peri-actions">
        <Button size="lg" variant="default" onClick={cancel}>{t('form.cancel')}</Button>
        {isUnusual(add.error) && <Button size="lg" variant="default" className="mh-peri-confirm" loading={add.isPending} onClick={() => send(true)}>{t('peri.confirmUnusual')}</Button>}
        <Button size="lg" type="submit" loading={add.isPending}>{t('peri.save')}</Button>
      </div>
    </form>
  );
}

export function Clock({ clock, change, fault }: { clock: string; change: (clock: string) => void; fault: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="mh-peri-box">
      <label>
        {t('peri.time')} <small className="mh-quiet">{t('peri.timeHint')}</small>
        <input type="text" inputMode="numeric" autoComplete="off" maxLength={7} placeholder={t('peri.timeExample')} value={clock} onChange={(event) => change(event.currentTarget.value)} />
      </label>
      {fault && <p className="mh-field-error" role="alert">{t('peri.fault.time')}</p>}
    </div>
  );
}

function Remark({ note, change }: { note: string; change: (note: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="mh-peri-box">
      <label>{t('peri.note')}<input type="text" autoComplete="off" maxLength={500} value={note} onChange={(event) => change(event.currentTarget.value)} /></label>
    </div>
  );
}
