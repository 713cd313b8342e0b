import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { num, type Field, type Value, type Values } from './entry.resource';
import { choiceWord, fieldWord, unitWord } from './words.resource';

interface FieldsProps { fields: Field[]; values: Values; change: (name: string, value: Value | undefined) => void; /** Said beside a field: what is expected there. */ hints?: Record<string, string>; faults?: Record<string, string | undefined> }

const LONG_TEXT = new Set(['text', 'action', 'decisionNote', 'history', 'exam', 'planText', 'tests', 'treatments', 'anaesthesiaHistory']);

/** A code comes from a catalogue, and an end by its own button. */
const typed = ({ name, type }: Field): boolean => type !== 'time' && name !== 'code';

/** The controls of an entry, large enough for a gloved hand: tiles, steps and short texts. */
export function Fields({ fields, values, change, hints = {}, faults = {} }: FieldsProps) {
  return (
    <div className="mh-peri-fields">
      {fields.filter(typed).map((field) => <Control key={field.name} field={field} value={values[field.name]} change={(value) => change(field.name, value)} hint={hints[field.name]} fault={faults[field.name]} />)}
    </div>
  );
}

interface ControlProps { field: Field; value: Value | undefined; change: (value: Value | undefined) => void; hint?: string; fault?: string }

function Control(props: ControlProps) {
  if (props.field.type === 'choice') return <Tiles {...props} />;
  if (props.field.type === 'flag') return <Flag {...props} />;
  if (props.field.type === 'text') return <TextBox {...props} />;
  return <NumberBox {...props} />;
}

/** What the box is for, as text: also the name of its control. */
function Label({ field }: { field: Field }) {
  const { t } = useTranslation();
  const unit = unitWord(field.unit);
  return <>{fieldWord(field.name)}{unit && <span className="mh-quiet"> ({unit})</span>}{field.required && <span className="mh-peri-must" title={t('peri.required')} aria-hidden="true"> *</span>}</>;
}

const Fault = ({ text }: { text?: string }) => (text ? <p className="mh-field-error" role="alert">{text}</p> : null);

export function Tiles({ field, value, change, fault }: ControlProps) {
  const name = useId();
  return (
    <fieldset className="mh-peri-tiles">
      <legend><Label field={field} /></legend>
      <div>
        {(field.values ?? []).map((code) => (
          <label key={code} data-on={value === code || undefined}>
            <input type="radio" name={name} value={code} checked={value === code} required={field.required} onChange={() => change(code)} onClick={() => value === code && !field.required && change(undefined)} />
            <span>{choiceWord(field.name, code)}</span>
          </label>
        ))}
      </div>
      <Fault text={fault} />
    </fieldset>
  );
}

function Flag({ field, value, change, fault }: ControlProps) {
  return (
    <div>
      <label className="mh-peri-flag" data-on={value === true || undefined}>
        <input type="checkbox" checked={value === true} onChange={(event) => change(event.currentTarget.checked ? true : undefined)} />
        <span><Label field={field} /></span>
      </label>
      <Fault text={fault} />
    </div>
  );
}

function TextBox({ field, value, change, fault }: ControlProps) {
  const id = useId();
  const long = LONG_TEXT.has(field.name);
  const common = { id, value: typeof value === 'string' ? value : '', maxLength: field.max ?? 2000, required: field.required };
  return (
    <div className={long ? 'mh-peri-box mh-peri-wide' : 'mh-peri-box'}>
      <label htmlFor={id}><Label field={field} /></label>
      {long ? <textarea rows={2} {...common} onChange={(event) => change(event.currentTarget.value)} /> : <input type="text" autoComplete="off" {...common} onChange={(event) => change(event.currentTarget.value)} />}
      <Fault text={fault} />
    </div>
  );
}

function NumberBox({ field, value, change, hint, fault }: ControlProps) {
  const { t } = useTranslation();
  const id = useId();
  const now = num(value);
  const step = (by: number) => change(Math.max(field.min ?? 0, (now ?? 0) + by));
  const word = fieldWord(field.name);
  // One more or less helps a hand that counts pieces; a weight or a pressure is typed.
  const stepped = field.type === 'integer' && !field.unit;
  return (
    <div className="mh-peri-box mh-peri-narrow">
      <label htmlFor={id}><Label field={field} />{hint && <small>{hint}</small>}</label>
      <div className="mh-peri-number">
        {stepped && <button type="button" aria-label={t('peri.less', { what: word })} onClick={() => step(-1)}><IconMinus size={18} aria-hidden="true" /></button>}
        <input id={id} inputMode="decimal" autoComplete="off" required={field.required} value={value === undefined || value === null ? '' : String(value).replace('.', ',')} onChange={(event) => change(typedNumber(event.currentTarget.value))} />
        {stepped && <button type="button" aria-label={t('peri.more', { what: word })} onClick={() => step(1)}><IconPlus size={18} aria-hidden="true" /></button>}
      </div>
      <Fault text={fault} />
    </div>
  );
}

/** Digits as they are typed; the text stays while it is no number yet (« 36, »), and the server says what is wrong with one that never becomes one. */
function typedNumber(text: string): Value | undefined {
  const plain = text.trim().replace(',', '.');
  if (!plain) return undefined;
  return /^\d+(\.\d*[1-9])?$/.test(plain) ? Number(plain) : plain;
}
