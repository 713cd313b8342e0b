import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ComponentType, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../datatypes/Date/today';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import type { Resource } from '../../fhir/types';
import {
  CCAM_SHAPE, ICD_SHAPE, VITALS, createAll, diagnosisResource, isOff, numberTyped, prescriptionResource, procedureResource, vitalResources, whereOf,
  type EntryKind, type Prescribed, type Side,
} from './entry.resource';
import type { Keeper, Kept } from './keeper';
import type { Shortcut } from './shortcuts';
import { WordsModal } from './words.modal';

const KINDS: EntryKind[] = ['vitals', 'diagnosis', 'procedure', 'prescription'];

interface EntriesPanelProps { keeper: Keeper; kept: Kept; at: string; shortcuts: readonly Shortcut[] }

/** Beside the text: what is also worth a code, added to the section where the cursor was. */
export function EntriesPanel({ keeper, kept, at, shortcuts }: EntriesPanelProps) {
  const { t } = useTranslation();
  const [mine, setMine] = useState(false);
  const [kind, setKind] = useState<EntryKind | null>(null);
  const section = kept.content.sections.find(({ code }) => code === at) ?? kept.content.sections[0];
  return (
    <aside className="mh-note-side">
      <Panel title={t('notes.structured')}>
        <div className="mh-note-kinds" role="group" aria-label={t('notes.structured')}>
          {KINDS.map((one) => (
            <Button key={one} size="compact-sm" variant="default" aria-expanded={kind === one} data-on={kind === one || undefined} onClick={() => setKind(kind === one ? null : one)}>
              {t(`notes.entry.${one}`)}
            </Button>
          ))}
        </div>
        {kind === null && <p className="mh-quiet">{t('notes.structuredHint')}</p>}
        {kind && section && <EntryForm key={kind} kind={kind} keeper={keeper} kept={kept} section={section.code} title={section.title} done={() => setKind(null)} />}
      </Panel>
      {mine && <WordsModal close={() => setMine(false)} />}
      {shortcuts.length > 0 && (
        <Panel title={t('notes.shortcuts')} count={shortcuts.length} side={<Button size="compact-sm" variant="default" onClick={() => setMine(true)}>{t('notes.words.open')}</Button>}>
          <p className="mh-quiet">{t('notes.shortcutsHint')}</p>
          <ul className="mh-note-short" tabIndex={0} aria-label={t('notes.shortcuts')}>
            {shortcuts.map(({ trigger, text }) => (
              <li key={trigger} title={text}><kbd>{trigger}</kbd> <span>{text}</span></li>
            ))}
          </ul>
        </Panel>
      )}
    </aside>
  );
}

interface FieldsProps { where: Where; frame: (resources: Resource[] | null, fields: ReactNode) => ReactNode }

function EntryForm({ kind, keeper, kept, section, title, done }: { kind: EntryKind; keeper: Keeper; kept: Kept; section: string; title: string; done: () => void }) {
  const { t } = useTranslation();
  const { practitioner } = useMe();
  const [at] = useState(() => new Date().toISOString());
  const where = whereOf(kept.note, practitioner, at);
  const Fields = FIELDS[kind];
  const add = useMutation({
    mutationFn: createAll,
    onSuccess: (references) => {
      keeper.edit((now) => ({ ...now, sections: now.sections.map((one) => (one.code === section ? { ...one, entries: [...one.entries, ...references] } : one)) }));
      void keeper.flush();
      done();
    },
  });
  const frame = (resources: Resource[] | null, fields: ReactNode) => (
    <form
      className="mh-note-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (resources?.length && !add.isPending) add.mutate(resources);
      }}
    >
      {fields}
      {kind === 'prescription' && !practitioner && <p className="mh-field-error">{t('notes.noPrescriber')}</p>}
      {add.isError && <FailureNotice error={add.error} />}
      <Button type="submit" size="sm" fullWidth disabled={!resources?.length} loading={add.isPending}>{t('notes.addTo', { section: title })}</Button>
    </form>
  );
  return <Fields where={where} frame={frame} />;
}

type Where = ReturnType<typeof whereOf>;

function VitalFields({ where, frame }: FieldsProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const off = VITALS.some((field) => isOff(field, typed[field.key] ?? ''));
  const fields = (
    <div className="mh-note-vitals">
      {VITALS.map((field, index) => (
        <TextInput
          key={field.key}
          size="xs"
          label={t(`notes.vital.${field.key as 'systolic'}`)}
          rightSection={<span className="mh-quiet">{field.unit}</span>}
          rightSectionWidth={54}
          inputMode="decimal"
          autoComplete="off"
          autoFocus={index === 0}
          value={typed[field.key] ?? ''}
          error={isOff(field, typed[field.key] ?? '') ? t('notes.vitalOff') : undefined}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTyped((now) => ({ ...now, [field.key]: value }));
          }}
        />
      ))}
    </div>
  );
  return frame(off ? null : vitalResources(where, typed), fields);
}

const VERIFIED = ['confirmed', 'provisional', 'differential'] as const;

function DiagnosisFields({ where, frame }: FieldsProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [code, setCode] = useState('');
  const [verification, setVerification] = useState<(typeof VERIFIED)[number]>('confirmed');
  const wrong = code.trim() !== '' && !ICD_SHAPE.test(code.trim().toUpperCase());
  const fields = (
    <>
      <TextInput size="xs" label={t('notes.entry.diagnosis')} value={text} autoFocus onChange={(event) => setText(event.currentTarget.value)} maxLength={200} />
      <div className="mh-note-pair">
        <TextInput size="xs" label={t('notes.icd')} value={code} error={wrong ? t('notes.codeOff') : undefined} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="off" />
        <NativeSelect size="xs" label={t('notes.certainty')} value={verification} onChange={(event) => setVerification(event.currentTarget.value as 'confirmed')} data={VERIFIED.map((value) => ({ value, label: t(`notes.certain.${value}`) }))} />
      </div>
    </>
  );
  return frame(text.trim() && !wrong ? [diagnosisResource(where, { text, code, verification })] : null, fields);
}

const SIDES = ['', 'right', 'left', 'bilateral'] as const;

function ActFields({ where, frame }: FieldsProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [code, setCode] = useState('');
  const [day, setDay] = useState(today);
  const [side, setSide] = useState<Side | ''>('');
  const wrong = code.trim() !== '' && !CCAM_SHAPE.test(code.trim().toUpperCase());
  const fields = (
    <>
      <TextInput size="xs" label={t('notes.entry.procedure')} value={text} autoFocus onChange={(event) => setText(event.currentTarget.value)} maxLength={200} />
      <div className="mh-note-pair">
        <TextInput size="xs" label={t('notes.ccam')} value={code} error={wrong ? t('notes.codeOff') : undefined} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="off" />
        <TextInput size="xs" type="date" label={t('common.date')} value={day} max={today()} onChange={(event) => setDay(event.currentTarget.value)} />
      </div>
      <NativeSelect size="xs" label={t('notes.side')} value={side} onChange={(event) => setSide(event.currentTarget.value as Side | '')} data={SIDES.map((value) => ({ value, label: t(`notes.sides.${value || 'none'}`) }))} />
    </>
  );
  return frame(text.trim() && day && !wrong ? [procedureResource(where, { text, code, day, side })] : null, fields);
}

const BLANK: Prescribed = { drug: '', dose: '', unit: '', route: '', perDay: '', days: '', asNeeded: false, note: '' };
const ROUTES = ['', 'oral', 'subcutaneous', 'intravenous', 'intramuscular', 'inhaled', 'topical'] as const;

function PrescriptionFields({ where, frame }: FieldsProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(BLANK);
  const put = (key: keyof Prescribed) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setTyped((now) => ({ ...now, [key]: value }));
  };
  const off = (value: string) => (value.trim() !== '' && !numberTyped(value) ? t('notes.numberOff') : undefined);
  const fields = (
    <>
      <TextInput size="xs" label={t('notes.drug')} value={typed.drug} autoFocus onChange={put('drug')} maxLength={200} />
      <div className="mh-note-pair">
        <TextInput size="xs" label={t('notes.dose')} inputMode="decimal" value={typed.dose} error={off(typed.dose)} onChange={put('dose')} />
        <TextInput size="xs" label={t('notes.unit')} value={typed.unit} onChange={put('unit')} />
        <NativeSelect size="xs" label={t('notes.route')} value={typed.route} onChange={put('route')} data={ROUTES.map((value) => ({ value: value && t(`notes.routes.${value}`), label: value ? t(`notes.routes.${value}`) : '' }))} />
        <TextInput size="xs" label={t('notes.times')} inputMode="numeric" value={typed.perDay} error={off(typed.perDay)} onChange={put('perDay')} />
        <TextInput size="xs" label={t('notes.days')} inputMode="numeric" value={typed.days} error={off(typed.days)} onChange={put('days')} />
        <label className="mh-choice mh-note-needed" htmlFor="mh-as-needed">
          <input id="mh-as-needed" type="checkbox" checked={typed.asNeeded} onChange={(event) => { const asNeeded = event.currentTarget.checked; setTyped((now) => ({ ...now, asNeeded })); }} />
          <span>{t('notes.asNeeded')}</span>
        </label>
      </div>
      <TextInput size="xs" label={t('notes.instruction')} value={typed.note} onChange={put('note')} maxLength={300} />
    </>
  );
  const one = prescriptionResource(where, typed);
  return frame(one ? [one] : null, fields);
}

const FIELDS: Record<EntryKind, ComponentType<FieldsProps>> = { vitals: VitalFields, diagnosis: DiagnosisFields, procedure: ActFields, prescription: PrescriptionFields };
