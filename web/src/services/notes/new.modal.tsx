import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { createNote, noteKey, useTemplates, type Kind, type Templates } from './note.resource';
import { OwnTemplatesModal } from './own-templates.modal';

interface Choice { key: string; kind: Kind; template?: string; title: string; detail: string }

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Templates first, in the order of the server (one's own, then the clinic's), then each kind without one. */
function choicesOf({ kinds, specialties, templates }: Templates, blank: (kind: string) => string, own: string): Choice[] {
  const kindTitle = (kind: Kind) => kinds.find((one) => one.kind === kind)?.title ?? kind;
  const special = (code?: string) => specialties.find((one) => one.code === code)?.title;
  return [
    ...templates.map(({ id, kind, specialty, title, own: mine }) => ({ key: id, kind, template: id, title, detail: [mine ? own : special(specialty), kindTitle(kind)].filter((part) => part && part !== title).join(' · ') })),
    ...kinds.map(({ kind, title }) => ({ key: `blank-${kind}`, kind, title: blank(title), detail: '' })),
  ];
}

/** Type, arrows, Enter: what the note begins from. */
export function NewNoteModal({ patientId, close, open }: { patientId: string; close: () => void; open: (id: string) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const templates = useTemplates();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [mine, setMine] = useState(false);
  const create = useMutation({
    mutationFn: ({ kind, template }: Choice) => createNote({ patient: patientId, kind, ...(template ? { template } : {}) }),
    onSuccess: (note) => {
      queries.setQueryData(noteKey(note.id), note);
      open(note.id);
    },
  });
  const all = templates.data ? choicesOf(templates.data, (title) => t('notes.blank', { title }), t('notes.own.mine')) : [];
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const rows = all.filter(({ title, detail }) => words.every((word) => plain(`${title} ${detail}`).includes(word)));
  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, rows.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && row && !create.isPending) create.mutate(row);
    else return;
    event.preventDefault();
  };
  if (mine) return <OwnTemplatesModal close={() => setMine(false)} />;
  return (
    <Modal opened onClose={close} title={t('notes.new')} size={760} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <TextInput
        data-autofocus
        label={t('notes.template')}
        placeholder={t('notes.templateHint')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls="mh-templates"
        aria-activedescendant={rows[at] ? `mh-template-${rows[at].key}` : undefined}
        autoComplete="off"
      />
      {create.isError && <FailureNotice error={create.error} />}
      <Loaded query={templates}>
        {() => (
          <ul className="mh-templates" id="mh-templates" role="listbox" aria-label={t('notes.template')}>
            {rows.map((row, index) => (
              <Row key={row.key} row={row} on={index === at} take={() => create.mutate(row)} />
            ))}
          </ul>
        )}
      </Loaded>
      {templates.data && rows.length === 0 && <p className="mh-empty">{t('notes.noTemplate')}</p>}
      <div className="mh-actions mh-actions-end"><Button size="compact-sm" variant="default" onClick={() => setMine(true)}>{t('notes.own.open')}</Button></div>
    </Modal>
  );
}

function Row({ row, on, take }: { row: Choice; on: boolean; take: () => void }) {
  return (
    <li
      id={`mh-template-${row.key}`}
      role="option"
      aria-selected={on}
      ref={(element) => {
        if (on) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={take}
    >
      <span className="mh-strong">{row.title}</span>
      <span className="mh-quiet">{row.detail}</span>
    </li>
  );
}
