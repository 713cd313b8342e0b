import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../datatypes/Date/today';
import { FailureNotice } from '../../design/FailureNotice';
import { mayAny, useMe } from '../../fhir/session';
import { coded, without } from './entry-forms.resource';
import { EntryModal } from './entry.modal';
import { readEntry, type EntryForm, type Loose } from './entry.resource';
import { MistakeModal } from './mistake.modal';
import { isConflict, useSave } from './write.resource';
import type chart from '../../i18n/chart.fr.json';

export type ActName = keyof (typeof chart)['act'];
type Change = (resource: Loose) => Loose;

interface Undoable { words: string; before: Loose[] }
interface Tools { edit: (form: EntryForm, id?: string) => void; change: (type: string, id: string, words: string, change: Change) => void; mistake: (type: string, id: string, label: string) => void }

const ToolsContext = createContext<Tools | null>(null);

/** The status that says « entered in error », by type, and what has to go with it. */
export function inError(resource: Loose, reason: string): Loose {
  const said = { ...resource, note: [...(resource.note ?? []), { text: reason, time: new Date().toISOString() }] };
  if (resource.resourceType === 'Condition') return { ...without(said, 'clinicalStatus'), verificationStatus: coded('condition-ver-status', 'entered-in-error') } as Loose;
  if (resource.resourceType === 'AllergyIntolerance') return { ...without(said, 'clinicalStatus'), verificationStatus: coded('allergyintolerance-verification', 'entered-in-error') } as Loose;
  // A relative has neither status nor note: the history of the record tells who withdrew it.
  if (resource.resourceType === 'RelatedPerson') return { ...resource, active: false };
  // A Flag has no note: the reason stands in its own words.
  if (resource.resourceType === 'Flag') return { ...resource, status: 'entered-in-error', code: { ...resource.code, text: `${resource.code?.text ?? ''} (${reason})` } };
  return { ...said, status: 'entered-in-error' };
}

/** Holds the forms, the reasons and the « undo » of the lines under it. */
export function ChartTools({ patientId, children }: { patientId: string; children: ReactNode }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<{ form: EntryForm; id?: string } | null>(null);
  const [wrong, setWrong] = useState<{ type: string; id: string; label: string } | null>(null);
  const [undoable, setUndoable] = useState<Undoable | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const { mutateAsync: save, isPending } = useSave();
  const change = useCallback(
    async (words: string, read: () => Promise<Loose[]>, apply: Change) => {
      setFailed(null);
      try {
        const before = await read();
        const after = before.map(apply);
        const [first] = after;
        const versions = after.length === 1 && first ? [((await save(first)) as Loose).meta?.versionId] : ((await save(after)) as (string | undefined)[]);
        // What is put back goes over what was just written, and over nothing newer.
        setUndoable({ words, before: before.map((one, index) => ({ ...one, meta: { ...one.meta, versionId: versions[index] } })) });
      } catch (error) {
        setFailed(error);
      }
    },
    [save],
  );
  const undo = async ({ before }: Undoable) => {
    setUndoable(null);
    try {
      await save(before.length === 1 && before[0] ? before[0] : before);
    } catch (error) {
      setFailed(error);
    }
  };
  const tools = useMemo<Tools>(
    () => ({ edit: (form, id) => setEditing({ form, id }), change: (type, id, words, apply) => void change(words, async () => [await readEntry(type, id)], apply), mistake: (type, id, label) => setWrong({ type, id, label }) }),
    [change],
  );
  return (
    <ToolsContext value={tools}>
      {failed ? <div className="mh-undo">{isConflict(failed) ? <p className="mh-notice mh-notice-warn" role="alert">{t('act.changedMeanwhile')}</p> : <FailureNotice error={failed} />}</div> : null}
      {undoable && (
        <div className="mh-undo mh-notice" role="status">
          <span>{undoable.words}</span>
          <Button size="compact-sm" variant="default" loading={isPending} onClick={() => void undo(undoable)}>{t('act.undo')}</Button>
          <Button size="compact-sm" variant="subtle" onClick={() => setUndoable(null)}>{t('common.close')}</Button>
        </div>
      )}
      {children}
      {editing && <EntryModal form={editing.form} id={editing.id} patientId={patientId} close={() => setEditing(null)} />}
      {wrong && (
        <MistakeModal
          {...wrong}
          close={() => setWrong(null)}
          done={(reason, read) => {
            setWrong(null);
            void change(t('act.didMistake', { label: wrong.label }), read, (resource) => inError(resource, t('act.mistakeNote', { reason })));
          }}
        />
      )}
    </ToolsContext>
  );
}

/** Caregivers write; the server decides. */
export function useTools(type?: string): Tools | null {
  const me = useMe();
  const tools = useContext(ToolsContext);
  // The desk keeps who is to be called.
  return mayAny(me, type === 'RelatedPerson' ? ['care', 'desk', 'admin'] : ['care']) ? tools : null;
}

export function AddButton({ form, label, id }: { form: EntryForm; label: string; id?: string }) {
  const tools = useTools(form.type);
  return tools && <Button size="compact-sm" variant="default" className="mh-noprint" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => tools.edit(form, id)}>{label}</Button>;
}

export interface Act { name: ActName; apply: Change }

interface RowActionsProps { form?: EntryForm; type: string; id: string; label: string; acts?: Act[]; noMistake?: boolean }

export function RowActions({ form, type, id, label, acts = [], noMistake }: RowActionsProps) {
  const { t } = useTranslation();
  const tools = useTools(type);
  if (!tools || !id) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" className="mh-noprint mh-row-acts" aria-label={t('act.of', { label })}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {form && <Menu.Item onClick={() => tools.edit(form, id)}>{t('act.change')}</Menu.Item>}
        {acts.map(({ name, apply }) => (
          <Menu.Item key={name} onClick={() => tools.change(type, id, t('act.did', { act: t(`act.${name}`), label }), apply)}>{t(`act.${name}`)}</Menu.Item>
        ))}
        {!noMistake && <Menu.Divider />}
        {!noMistake && <Menu.Item className="mh-danger" onClick={() => tools.mistake(type, id, label)}>{t('act.mistake')}…</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

const day = () => today();
export const ACTS = {
  resolve: { name: 'resolve', apply: (r) => ({ ...r, clinicalStatus: coded('condition-clinical', 'resolved'), abatementDateTime: r.abatementDateTime ?? day() }) },
  refuteProblem: { name: 'refute', apply: (r) => ({ ...without(r, 'abatementDateTime'), clinicalStatus: coded('condition-clinical', 'inactive'), verificationStatus: coded('condition-ver-status', 'refuted') }) as Loose },
  refuteAllergy: { name: 'refute', apply: (r) => ({ ...r, clinicalStatus: coded('allergyintolerance-clinical', 'inactive'), verificationStatus: coded('allergyintolerance-verification', 'refuted') }) },
  stop: { name: 'stop', apply: (r) => (r.resourceType === 'MedicationRequest' ? { ...r, status: 'stopped' } : { ...without(r, 'effectiveDateTime'), status: 'stopped', effectivePeriod: { ...r.effectivePeriod, ...(r.effectiveDateTime ? { start: r.effectiveDateTime } : {}), end: day() } }) as Loose },
  endFlag: { name: 'end', apply: (r) => ({ ...r, status: 'inactive', period: { ...r.period, end: day() } }) },
} satisfies Record<string, Act>;
