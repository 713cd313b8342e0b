import { IconFilePencil, IconLock, IconPencil, IconX, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Note, NoteStatus } from './note.resource';

const LOOKS: Record<NoteStatus, { mark: Icon; tag: string }> = {
  draft: { mark: IconPencil, tag: 'mh-tag mh-tag-accent' },
  signed: { mark: IconLock, tag: 'mh-tag mh-tag-ok' },
  amended: { mark: IconFilePencil, tag: 'mh-tag mh-tag-warn' },
  withdrawn: { mark: IconX, tag: 'mh-tag mh-tag-warn' },
};

/** Icon and word. */
export function StatusTag({ status }: { status: NoteStatus }) {
  const { t } = useTranslation();
  const { mark: Mark, tag } = LOOKS[status] ?? LOOKS.draft;
  return <span className={tag}><Mark size={13} stroke={2} aria-hidden="true" />{t(`notes.status.${status}`)}</span>;
}

/** The thread of amendments: what this note replaces, and what replaces it. */
export function AmendedNotice({ note, open }: { note: Note; open: (id?: string) => void }) {
  const { t } = useTranslation();
  const lines = [
    note.amends ? { key: 'amends', id: note.amends, text: t('notes.amends', { reason: note.reason ?? '' }) } : null,
    note.amendedBy ? { key: 'by', id: note.amendedBy, text: t('notes.amendedBy') } : null,
    note.pendingAmendment ? { key: 'pending', id: note.pendingAmendment, text: t('notes.pendingAmendment') } : null,
  ].filter((line) => line !== null);
  return (
    <>
      {note.status === 'withdrawn' && <p className="mh-notice mh-notice-warn mh-note-notice"><IconX size={18} aria-hidden="true" /><span>{t('notes.withdrawn', { reason: note.reason ?? '' })}</span></p>}
      {lines.map(({ key, id, text }) => (
        <p key={key} className={key === 'by' ? 'mh-notice mh-notice-warn mh-note-notice' : 'mh-notice mh-note-notice'}>
          <IconFilePencil size={18} aria-hidden="true" />
          <span>{text}</span>
          <button type="button" className="mh-link" onClick={() => open(id)}>{t('notes.openIt')}</button>
        </p>
      ))}
    </>
  );
}
