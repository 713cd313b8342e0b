import { Button } from '@mantine/core';
import { IconArrowLeft, IconFilePencil, IconHistory, IconPrinter, IconShieldCheck, IconShieldX, IconSignature } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { useLanguage } from '../../i18n';
import { Copied } from './copied.panel';
import { EntryList } from './entry-list.panel';
import { useKeys } from './keys';
import { cosignNote, noteKey, notesKey, type Note, type Signature } from './note.resource';
import { NotePaper } from './paper.panel';
import { ReasonModal } from './reason.modal';
import { AmendedNotice, StatusTag } from './state.panel';
import { VersionsModal } from './versions.modal';

type Asked = 'versions' | 'amend' | 'withdraw' | null;

/** A note that can no longer be changed: it is amended or withdrawn, never overwritten. */
export function Reader({ note, open }: { note: Note; open: (id?: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>(null);
  const cosign = useMutation({
    mutationFn: () => cosignNote(note.id, note.version),
    onSuccess: (answer) => {
      queries.setQueryData(noteKey(note.id), answer);
      void queries.invalidateQueries({ queryKey: notesKey(note.patient) });
    },
  });
  useKeys((event, over) => {
    if (event.key !== 'Escape' || over) return false;
    open();
    return true;
  });
  const written = note.sections.filter(({ text, entries }) => text.trim() || entries.length);
  return (
    <div className="mh-note-read">
      <div className="mh-note-bar">
        <Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={16} aria-hidden="true" />} onClick={() => open()}>{t('notes.back')}</Button>
        <StatusTag status={note.status} />
        <span className="mh-quiet mh-grow">{t('notes.locked')}</span>
        <div className="mh-note-acts">
          <Button variant="default" leftSection={<IconHistory size={16} aria-hidden="true" />} onClick={() => setAsked('versions')}>{t('notes.versions')}</Button>
          <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>{t('notes.print')}</Button>
          {note.withdrawable && <Button variant="default" onClick={() => setAsked('withdraw')}>{t('notes.withdraw')}</Button>}
          {note.amendable && <Button variant="default" leftSection={<IconFilePencil size={16} aria-hidden="true" />} onClick={() => setAsked('amend')}>{t('notes.amend')}</Button>}
          {note.cosignable && <Button leftSection={<IconSignature size={16} aria-hidden="true" />} loading={cosign.isPending} onClick={() => cosign.mutate()}>{t('notes.cosign')}</Button>}
        </div>
      </div>
      {cosign.isError && <div className="mh-note-notice"><FailureNotice error={cosign.error} /></div>}
      <Copied note={note} />
      <AmendedNotice note={note} open={open} />
      <article className="mh-note-paper">
        <header>
          <h3>{note.title}</h3>
          <p className="mh-quiet">
            {t(`notes.kind.${note.kind}`)}{' · '}{formatDateTime(note.date, language)}{note.author.name && ` · ${note.author.name}`}
          </p>
        </header>
        {written.map((section) => (
          <section key={section.code}>
            <h4>{section.title}</h4>
            {section.text.trim() && <p className="mh-note-text">{section.text}</p>}
            <EntryList section={section} />
          </section>
        ))}
        <Signatures rows={note.signatures ?? []} />
      </article>
      {asked === 'versions' && <VersionsModal note={note} close={() => setAsked(null)} />}
      {(asked === 'amend' || asked === 'withdraw') && (
        <ReasonModal
          act={asked}
          note={note}
          close={() => setAsked(null)}
          done={(answer) => {
            setAsked(null);
            if (answer.id !== note.id) open(answer.id);
          }}
        />
      )}
      <NotePaper note={note} />
    </div>
  );
}

function Signatures({ rows }: { rows: Signature[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!rows.length) return null;
  return (
    <footer>
      {rows.map(({ role, by, at, intact }) => (
        <p key={role + at} className="mh-note-sign">
          {intact === false ? <IconShieldX size={16} className="mh-stop" aria-hidden="true" /> : <IconShieldCheck size={16} className="mh-ok" aria-hidden="true" />}
          <span>{t(`notes.signedAs.${role as 'author'}`, { name: by.name ?? '', at: formatDateTime(at, language) ?? '' })}</span>
          {intact === false && <strong className="mh-stop">{t('notes.notIntact')}</strong>}
        </p>
      ))}
      <p className="mh-quiet">{t('notes.simpleSignature')}</p>
    </footer>
  );
}
