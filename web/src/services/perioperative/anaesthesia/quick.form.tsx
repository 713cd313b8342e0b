import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import { isTyping } from '../../../design/keyboard';
import { useLanguage } from '../../../i18n';
import { isClock, lastInstantAt } from '../core/clock';
import { isUnusual, newId, num, useAdd, type Entry, type NewEntry, type Value } from '../core/entry.resource';
import { fieldWord, valueWord } from '../core/words.resource';
import { isInfusion, type Catalogue } from './anaesthesia.resource';
import { ClassTag } from './class-tag.panel';
import { doseText } from './dose';
import { parseLine, type Parsed } from './line';

interface QuickProps { surgery: string; catalogue: Catalogue; last: Entry | undefined }

/** One line for a drug or for vital signs: typed, read back, Enter. « / » is the search of patients, « q » comes here. */
export function QuickLine({ surgery, catalogue, last }: QuickProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [line, setLine] = useState('');
  const [clock, setClock] = useState('');
  const [told, setTold] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState<NewEntry | null>(null);
  const add = useAdd('anaesthesia', surgery);
  const preview = useId();
  const parsed = parseLine(line, catalogue.drugs);
  useQuickKey(field);
  const send = (entry: NewEntry, text: string) => {
    setPending(entry);
    add.mutate([entry], {
      onSuccess: () => {
        setPending(null);
        setLine('');
        setClock('');
        setTold(text);
        field.current?.focus();
      },
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.kind === 'unknown' || add.isPending || (clock && !isClock(clock))) return;
    const at = clock ? lastInstantAt(clock, new Date()) : null;
    // A line sent again after a lost answer keeps its id, and is stored once.
    const same = pending && JSON.stringify(pending.values) === JSON.stringify(parsed.values);
    const entry = { id: same ? pending.id : newId(), kind: parsed.kind, values: parsed.values, ...(at ? { time: at.toISOString() } : {}) };
    send(entry, line.trim());
  };
  const repeat = () => last && send({ id: newId(), kind: 'drug', values: repeated(last) }, `${String(last.values['name'])} ${doseText(last.values, language)}`);
  return (
    <form className="mh-peri-quick" onSubmit={submit} aria-label={t('peri.quick.title')}>
      <div className="mh-peri-quick-line">
        <div className="mh-grow">
          <label htmlFor={`${preview}-line`}>{t('peri.quick.label')}</label>
          <input
            id={`${preview}-line`}
            ref={field}
            value={line}
            autoComplete="off"
            spellCheck={false}
            placeholder={t('peri.quick.placeholder')}
            aria-describedby={preview}
            aria-keyshortcuts="q"
            onChange={(event) => {
              setLine(event.currentTarget.value);
              setTold('');
              if (add.error) add.reset();
            }}
          />
        </div>
        <label className="mh-peri-quick-time">{t('peri.time')}<input type="text" inputMode="numeric" autoComplete="off" maxLength={7} placeholder={t('peri.timeExample')} aria-invalid={(clock !== '' && !isClock(clock)) || undefined} value={clock} onChange={(event) => setClock(event.currentTarget.value)} /></label>
        <Button size="lg" type="submit" disabled={parsed.kind === 'unknown'} loading={add.isPending}>{t('peri.save')}</Button>
        {last && !isInfusion(last) && <Button size="lg" variant="default" leftSection={<IconRepeat size={18} aria-hidden="true" />} disabled={add.isPending} onClick={repeat}>{t('peri.quick.repeat', { what: `${String(last.values['name']).toLowerCase()} ${doseText(last.values, language)}` })}</Button>}
      </div>
      <div id={preview} className="mh-peri-preview" role="status">
        {told ? <span className="mh-ok">{t('peri.quick.stored', { line: told })}</span> : <Preview parsed={parsed} catalogue={catalogue} />}
      </div>
      {add.error ? <FailureNotice error={add.error} /> : null}
      {isUnusual(add.error) && pending && <Button size="lg" variant="default" className="mh-peri-confirm" loading={add.isPending} onClick={() => send({ ...pending, confirmed: true }, line.trim())}>{t('peri.confirmUnusual')}</Button>}
    </form>
  );
}

const repeated = ({ values }: Entry): Record<string, Value | undefined> => {
  const kept: Record<string, Value | undefined> = { ...values, dose: num(values['dose']) };
  delete kept['until'];
  return kept;
};

function useQuickKey(field: { current: HTMLInputElement | null }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || event.key !== 'q' || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [field]);
}

/** What the line means, before it is sent: name, dose with its unit in full, route, class. */
function Preview({ parsed, catalogue }: { parsed: Parsed; catalogue: Catalogue }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (parsed.kind === 'unknown') {
    if (parsed.fault === 'empty') return <span className="mh-quiet">{t('peri.quick.hint')}</span>;
    return <span className="mh-warn">{t(`peri.quick.fault.${parsed.fault}`)} {parsed.fault === 'several' && parsed.drugs.map(({ name }) => name).join(', ')}</span>;
  }
  if (parsed.kind === 'vitals') return <span>{Object.entries(parsed.values).map(([sign, value]) => <span key={sign} className="mh-peri-sign"><span className="mh-quiet">{fieldWord(sign)}</span> <strong>{String(value).replace('.', ',')}</strong></span>)}</span>;
  const { values, drug } = parsed;
  return (
    <span className="mh-row">
      <strong>{drug.name.toLowerCase()}</strong>
      <strong>{doseText(values, language)}</strong>
      <span>{valueWord(String(values['route']))}</span>
      <span>{valueWord(String(values['mode']))}</span>
      <ClassTag code={drug.class} catalogue={catalogue} />
      {unusual(drug.usual, num(values['dose']), values['unit'] === drug.unit) && drug.usual && <span className="mh-tag mh-tag-warn">{t('peri.quick.unusual', { low: drug.usual[0], high: drug.usual[1] })}</span>}
    </span>
  );
}

const unusual = (usual: [number, number] | undefined, dose: number | null, comparable: boolean): boolean => Boolean(usual && comparable && dose !== null && (dose < usual[0] || dose > usual[1]));
