import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { useSend } from '../../fhir/verbs';
import type { Note, Template, Templates } from './note.resource';
import { useTemplates } from './note.resource';
import { bodyWith, bodyWithout, draftOf, fromNote, useOwnTemplates, type Draft } from './own-templates.resource';

interface OwnTemplatesProps {
  /** The note that a new template is made from; without it one's templates are listed. */
  from?: Pick<Note, 'kind' | 'sections'>;
  close: () => void;
}

/** One's own templates: nobody else sees or uses them. */
export function OwnTemplatesModal({ from, close }: OwnTemplatesProps) {
  const { t } = useTranslation();
  const templates = useTemplates();
  const own = useOwnTemplates();
  return (
    <Modal opened onClose={close} title={t('notes.own.title')} size={760} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Loaded query={templates}>
        {(all) => <Loaded query={own}>{(list) => <Own all={all} list={list} first={from ? fromNote(from, all) : null} close={close} />}</Loaded>}
      </Loaded>
    </Modal>
  );
}

function Own({ all, list, first, close }: { all: Templates; list: Template[]; first: Draft | null; close: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(first);
  const [removing, setRemoving] = useState<string | null>(null);
  const send = useSend('notes-own-templates', 'note-templates');
  const put = (body: object, then: () => void) => send.mutate({ method: 'PUT', path: 'notes/templates/own', body }, { onSuccess: then });
  if (draft) return <Edit draft={draft} change={setDraft} fresh={first !== null} busy={send.isPending} error={send.error} cancel={() => (first ? close() : setDraft(null))} save={() => put(bodyWith(list, draft), () => (first ? close() : setDraft(null)))} />;
  return (
    <>
      <p className="mh-lead">{t('notes.own.explain')}</p>
      {send.error && <FailureNotice error={send.error} />}
      {list.length === 0 && <p className="mh-empty">{t('notes.own.none')}</p>}
      <ul className="mh-list">
        {list.map((one) => (
          <li key={one.id} className="mh-split">
            <span><span className="mh-strong">{one.title}</span> <span className="mh-quiet">{t(`notes.kind.${one.kind}`)}</span></span>
            <span className="mh-split-side">
              <Button size="compact-sm" variant="default" aria-label={`${t('notes.own.change')} ${one.title}`} onClick={() => setDraft(draftOf(one, all))}>{t('notes.own.change')}</Button>
              {removing === one.id ? (
                <Button size="compact-sm" variant="default" className="mh-danger" loading={send.isPending} onClick={() => put(bodyWithout(list, one.id), () => setRemoving(null))}>{t('notes.own.removeNow')}</Button>
              ) : (
                <Button size="compact-sm" variant="default" aria-label={`${t('notes.own.remove')} ${one.title}`} onClick={() => setRemoving(one.id)}><IconTrash size={16} aria-hidden="true" /></Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface EditProps { draft: Draft; change: (draft: Draft) => void; fresh: boolean; busy: boolean; error: unknown; cancel: () => void; save: () => void }

function Edit({ draft, change, fresh, busy, error, cancel, save }: EditProps) {
  const { t } = useTranslation();
  const empty = !draft.title.trim() || draft.sections.every(({ text }) => !text.trim());
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty) save();
      }}
    >
      {fresh && <p className="mh-notice mh-notice-warn">{t('notes.own.lookThrough')}</p>}
      {error ? <FailureNotice error={error} /> : null}
      <TextInput mt={8} data-autofocus label={t('notes.own.name')} value={draft.title} maxLength={100} required onChange={({ currentTarget: { value } }) => change({ ...draft, title: value })} autoComplete="off" />
      <p className="mh-quiet">{t('notes.own.hint')}</p>
      {draft.sections.map((section) => (
        <Textarea key={section.code} mt={6} label={section.title} value={section.text} autosize minRows={1} maxRows={6} maxLength={4000} onChange={({ currentTarget: { value } }) => change({ ...draft, sections: draft.sections.map((one) => (one.code === section.code ? { ...one, text: value } : one)) })} />
      ))}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={cancel}>{t('form.cancel')}</Button>
        <Button type="submit" loading={busy} disabled={empty}>{t('notes.own.save')}</Button>
      </div>
    </form>
  );
}
