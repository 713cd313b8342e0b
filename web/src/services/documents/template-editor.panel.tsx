import { Button, Checkbox, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Failure } from '../../fhir/http';
import { useAct, type Kind } from './document.resource';
import { bodyOf, inserted, useTemplatePreview, writable, type Draft, type Template, type Templates } from './template.resource';
import { fieldOf } from './values';

interface EditorProps { kinds: Kind[]; found: Templates; first: Draft; close: () => void }

const PAUSE_MS = 400;
const TEXT_MAX = 6000;

/** A text of one's own, with what it becomes for an invented patient beside it. */
export function TemplateEditor({ kinds, found, first, close }: EditorProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(first);
  const act = useAct<Template>();
  const kind = kinds.find(({ code }) => code === draft.type) ?? kinds[0];
  const fields = kind ? writable(kind.fields) : [];
  const refused = act.error instanceof Failure ? act.error.fields : [];
  const errorOf = (name: string) => refused.find(({ field }) => fieldOf(field) === name)?.message;
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  // Where a fact is put that is chosen from the list: the text that was written last.
  const last = useRef<{ name: string; box: HTMLTextAreaElement } | null>(null);
  const put = (fact: string) => {
    const name = last.current?.name ?? fields[0]?.name;
    if (name === undefined) return;
    const box = last.current?.box;
    const text = draft.values[name] ?? '';
    set({ values: { ...draft.values, [name]: inserted(text, box?.selectionStart ?? text.length, box?.selectionEnd ?? text.length, fact) } });
    box?.focus();
  };
  return (
    <Modal opened onClose={close} title={t(first.id ? 'papers.texts.change' : 'papers.texts.new')} size={1100} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate({ path: 'templates/medical', body: bodyOf(draft) }, { onSuccess: close });
        }}
      >
        {act.isError && <FailureNotice error={act.error} />}
        <div className="mh-papers-texts-head">
          <TextInput data-autofocus label={t('papers.texts.name')} required maxLength={120} value={draft.name} autoComplete="off" onChange={(event) => set({ name: event.currentTarget.value })} />
          <NativeSelect label={t('papers.filterKind')} value={draft.type} disabled={first.id !== undefined} onChange={(event) => set({ type: event.currentTarget.value, values: {} })} data={kinds.map(({ code, title }) => ({ value: code, label: title }))} />
          <NativeSelect label={t('papers.language')} value={draft.language} onChange={(event) => set({ language: event.currentTarget.value })} data={kind?.languages ?? ['fr']} />
          <TextInput label={t('papers.texts.specialty')} maxLength={120} value={draft.specialty} placeholder={t('papers.texts.allSpecialties')} onChange={(event) => set({ specialty: event.currentTarget.value })} />
        </div>
        <div className="mh-papers-halves">
          <div className="mh-papers-fields">
            {fields.map(({ name, label }) => (
              <Textarea key={name} label={label} autosize minRows={2} maxRows={12} maxLength={TEXT_MAX} value={draft.values[name] ?? ''} error={errorOf(name)} onFocus={(event) => { last.current = { name, box: event.currentTarget }; }} onChange={(event) => set({ values: { ...draft.values, [name]: event.currentTarget.value } })} />
            ))}
          </div>
          <div className="mh-papers-texts-side">
            <Facts found={found} put={put} />
            <Result draft={draft} labels={fields} />
          </div>
        </div>
        {first.id !== undefined && <Checkbox mt={12} label={t('papers.texts.inUse')} checked={draft.active} onChange={(event) => set({ active: event.currentTarget.checked })} />}
        <div className="mh-actions mh-actions-end">
          <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
          <Button type="submit" loading={act.isPending} disabled={draft.name.trim() === ''}>{t('papers.texts.keep')}</Button>
        </div>
      </form>
    </Modal>
  );
}

/** What a text may name; a click puts it where the text is being written. */
function Facts({ found, put }: { found: Templates; put: (fact: string) => void }) {
  const { t } = useTranslation();
  const lists = found.lists.map(({ name, columns }) => `{{#each ${name}}}${columns.map((column) => `{{${column}}}`).join(' ')}\n{{/each}}`);
  return (
    <details className="mh-papers-texts-facts" open>
      <summary>{t('papers.texts.facts')}</summary>
      <p className="mh-quiet">{t('papers.texts.factsExplain', { open: '{{#if …}}', close: '{{/if}}' })}</p>
      <div className="mh-actions">
        {found.facts.map((fact) => <Button key={fact} size="compact-sm" variant="default" onClick={() => put(`{{${fact}}}`)}>{fact}</Button>)}
        {lists.map((text, index) => <Button key={text} size="compact-sm" variant="default" onClick={() => put(text)}>{t('papers.texts.each', { name: found.lists[index]?.name })}</Button>)}
      </div>
    </details>
  );
}

function Result({ draft, labels }: { draft: Draft; labels: { name: string; label: string }[] }) {
  const { t } = useTranslation();
  const [paused] = useDebouncedValue(draft, PAUSE_MS);
  const query = useTemplatePreview({ ...paused, name: paused.name.trim() || t('papers.texts.new') });
  const rows = labels.flatMap(({ name, label }) => (query.data?.[name] ? [{ name, label, text: query.data[name] }] : []));
  return (
    <section className="mh-papers-texts-result" aria-label={t('papers.texts.sample')} aria-live="polite">
      <h3>{t('papers.texts.sample')}</h3>
      {query.isError && <FailureNotice error={query.error} />}
      {!query.isError && rows.length === 0 && <p className="mh-empty">{t('papers.texts.sampleNone')}</p>}
      {!query.isError && rows.map(({ name, label, text }) => <div key={name}><p className="mh-strong">{label}</p><p className="mh-papers-texts-prose">{text}</p></div>)}
    </section>
  );
}
