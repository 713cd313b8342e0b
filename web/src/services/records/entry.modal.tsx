import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { PractitionerPicker } from '../../design/PersonPickers';
import { Picker } from '../../design/Picker';
import { useLanguage } from '../../i18n';
import { conceptText, firstCode } from '../../datatypes/CodeableConcept/concept';
import { findConcepts, picked, readEntry, unpicked, wordsOf, type EntryForm, type Field, type Loose, type OptionName, type Value, type Values } from './entry.resource';
import { readDate } from './partial-date.resource';
import { isConflict, useSave } from './write.resource';
import './chart.css';

interface EntryModalProps {
  form: EntryForm;
  patientId: string;
  /** The line that is changed; none for a new one. */
  id?: string;
  close: () => void;
}

export function EntryModal({ form, patientId, id, close }: EntryModalProps) {
  const { t } = useTranslation();
  // Read when the form opens, under a key of its own: nothing is exchanged under the hand that types.
  const query = useQuery({ queryKey: ['entry', form.type, id], enabled: id !== undefined, gcTime: 0, staleTime: Infinity, queryFn: ({ signal }) => readEntry(form.type, id ?? '', signal) });
  return (
    <Modal opened onClose={close} title={id && form.name !== 'member' ? t(`entry.change.${form.name}`) : t(`entry.title.${form.name}`)} size={640} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {id ? <Loaded query={query}>{(base) => <EntryFields key={base.id} form={form} patientId={patientId} first={base} close={close} />}</Loaded> : <EntryFields form={form} patientId={patientId} first={{ resourceType: form.type }} close={close} />}
    </Modal>
  );
}

type Faults = Partial<Record<Field['name'], string>>;

/** The values as they are written, and what is wrong with them. */
function useChecked(fields: Field[]) {
  const { t } = useTranslation();
  return (typed: Values): { values: Values; faults: Faults } => {
    const faults: Faults = {};
    const values: Values = { ...typed };
    for (const field of fields) {
      const value = typed[field.name];
      const words = wordsOf(value);
      if (field.required && !words && !(value && typeof value === 'object')) faults[field.name] = t('entry.required');
      if (field.kind === 'date') {
        const read = readDate(words, today(), field.future);
        if (read && 'fault' in read) faults[field.name] = t(`entry.dateFault.${read.fault}`);
        else values[field.name] = read?.date ?? '';
      }
      if (field.kind === 'number' && words) {
        const number = Number(words.replace(',', '.'));
        if (Number.isNaN(number) || number < field.min || number > field.max) faults[field.name] = t('entry.between', { min: field.min, max: field.max });
        else values[field.name] = String(number);
      }
    }
    return { values, faults };
  };
}

function EntryFields({ form, patientId, first, close }: { form: EntryForm; patientId: string; first: Loose; close: () => void }) {
  const { t } = useTranslation();
  const [base, setBase] = useState(first);
  const [typed, setTyped] = useState<Values>(() => form.read(first));
  const [faults, setFaults] = useState<Faults>({});
  const [theirs, setTheirs] = useState<Values | null>(null);
  const save = useSave();
  const check = useChecked(form.fields);
  const submit = async () => {
    const { values, faults: found } = check(typed);
    setFaults(found);
    if (Object.keys(found).length) return;
    try {
      await save.mutateAsync(form.write(values, base, { reference: `Patient/${patientId}` }));
      close();
    } catch (error) {
      if (!isConflict(error) || !base.id) return;
      // Both are kept: what was typed stays in the form, what the other person wrote is shown beside it.
      const newer = await readEntry(form.type, base.id).catch(() => null);
      if (!newer) return;
      setBase(newer);
      setTheirs(form.read(newer));
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {theirs ? <Conflict form={form} mine={typed} theirs={theirs} take={() => { setTyped(theirs); setTheirs(null); save.reset(); }} /> : save.error ? <FailureNotice error={save.error} /> : null}
      <div className="mh-fields">
        {form.fields.map((field) => (
          <div key={field.name} className={field.wide ? 'mh-wide' : undefined}>
            <FieldInput field={field} value={typed[field.name]} error={faults[field.name]} change={(value) => setTyped((now) => ({ ...now, [field.name]: value }))} />
          </div>
        ))}
      </div>
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
        <Button type="submit" loading={save.isPending}>{t('entry.save')}</Button>
      </div>
    </form>
  );
}

function shown(value: Value | undefined): string {
  return typeof value === 'string' ? value : conceptText(value ?? undefined);
}

/** Two people changed one line: told, with what the other wrote, field by field. */
function Conflict({ form, mine, theirs, take }: { form: EntryForm; mine: Values; theirs: Values; take: () => void }) {
  const { t } = useTranslation();
  const differ = form.fields.filter(({ name }) => shown(mine[name]) !== shown(theirs[name]));
  return (
    <div className="mh-notice mh-notice-warn" role="alert">
      <div>
        <p className="mh-strong">{t('entry.conflict')}</p>
        <ul>{differ.map(({ name }) => <li key={name}>{t('entry.theirs', { field: t(`entry.field.${name}`), value: shown(theirs[name]) || t('common.notRecorded') })}</li>)}</ul>
      </div>
      <Button size="compact-sm" variant="default" onClick={take}>{t('entry.takeTheirs')}</Button>
    </div>
  );
}

interface InputProps { field: Field; value: Value | undefined; error: string | undefined; change: (value: Value) => void }

function FieldInput({ field, value, error, change }: InputProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const label = t(`entry.field.${field.name}`);
  const words = typeof value === 'string' ? value : '';
  const plain = { label, error, value: words, required: field.required, onChange: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value) };
  if (field.kind === 'area') return <Textarea {...plain} autosize minRows={2} maxRows={8} />;
  if (field.kind === 'choice') {
    const options = field.options.map((option: OptionName) => ({ value: option, label: t(`entry.option.${option}`) }));
    return <NativeSelect {...plain} data={[{ value: '', label: field.required ? t('entry.choose') : t('common.notRecorded') }, ...options]} />;
  }
  if (field.kind === 'concept') {
    const source = field.source;
    return (
      <Picker
        label={label}
        hint={t('entry.conceptHint')}
        kind={`${source.type}.${source.element}`}
        error={error}
        picked={picked(typeof value === 'object' && value ? value : undefined)}
        pick={(one) => change(unpicked(one))}
        find={(text, signal) => findConcepts(source, text, { code: t('entry.typedCode'), free: t('entry.freeText') }, signal)}
      />
    );
  }
  if (field.kind === 'practitioner') {
    const chosen = typeof value === 'object' && value ? value : null;
    return <PractitionerPicker label={label} error={error} picked={chosen ? { id: firstCode(chosen), label: conceptText(chosen) } : null} pick={(one) => change(one && { coding: [{ code: one.id }], text: one.label })} />;
  }
  const read = field.kind === 'date' ? readDate(words, today(), field.future) : null;
  const hint = field.kind === 'date' ? (read && 'date' in read ? formatDate(read.date, language) : t('entry.dateHint')) : undefined;
  return <TextInput {...plain} description={hint} inputMode={field.kind === 'number' ? 'decimal' : undefined} autoComplete="off" />;
}
