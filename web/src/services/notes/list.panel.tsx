import { Button, Chip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { isTyping } from '../../design/keyboard';
import { Loaded, Panel } from '../../design/Panel';
import { useKeys } from './keys';
import { NewNoteModal } from './new.modal';
import { STATES, useNotes, type NoteRow, type NoteStatus } from './note.resource';
import { StatusTag } from './state.panel';

/** All notes of the patient, newest first. `n` begins a new one; j and k move, Enter opens. */
export function NoteList({ patientId, open }: { patientId: string; open: (id: string) => void }) {
  const { t } = useTranslation();
  const [pages, setPages] = useState(1);
  const [status, setStatus] = useState<NoteStatus | null>(null);
  const [adding, setAdding] = useState(false);
  const [at, setAt] = useState(0);
  const query = useNotes(patientId, pages);
  const rows = (query.data?.rows ?? []).filter((row) => !status || row.status === status);
  useKeys((event, over) => {
    if (isTyping(event) || over) return false;
    const row = rows[at];
    if (event.key === 'n') setAdding(true);
    else if (event.key === 'j') setAt(Math.min(at + 1, rows.length - 1));
    else if (event.key === 'k') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && row && !(event.target as HTMLElement).closest('a, button')) open(row.id);
    else return false;
    return true;
  });
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <div className="mh-row mh-grow" role="group" aria-label={t('common.status')}>
          {STATES.map((one) => (
            <Chip key={one} size="xs" variant="outline" checked={status === one} onChange={(on) => setStatus(on ? one : null)}>{t(`notes.statuses.${one}`)}</Chip>
          ))}
        </div>
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} aria-keyshortcuts="n" onClick={() => setAdding(true)}>{t('notes.new')}</Button>
      </div>
      <Panel title={t('notes.all')} count={query.data ? `${rows.length}${query.data.more ? '+' : ''}` : null} flush>
        <Loaded query={query}>
          {({ more }) => (
            <>
              {rows.length ? <NoteTable rows={rows} at={at} open={open} /> : <p className="mh-empty">{t('notes.none')}</p>}
              {more && <div className="mh-more"><Button size="compact-sm" variant="default" onClick={() => setPages((now) => now + 1)}>{t('common.more')}</Button></div>}
            </>
          )}
        </Loaded>
      </Panel>
      {adding && <NewNoteModal patientId={patientId} close={() => setAdding(false)} open={open} />}
    </div>
  );
}

function NoteTable({ rows, at, open }: { rows: NoteRow[]; at: number; open: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <table className="mh-table mh-notes">
      <thead>
        <tr>
          <th scope="col" className="mh-tight">{t('common.date')}</th>
          <th scope="col">{t('notes.note')}</th>
          <th scope="col">{t('notes.author')}</th>
          <th scope="col" className="mh-tight">{t('common.status')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.id} className="mh-click" data-active={index === at || undefined} onClick={() => open(row.id)}>
            <td className="mh-tight"><DateText value={row.date} time /></td>
            <td>
              <button type="button" className="mh-plain mh-strong" onClick={(event) => { event.stopPropagation(); open(row.id); }}>{row.title || t(`notes.kind.${row.kind}`)}</button>
              {row.title !== t(`notes.kind.${row.kind}`) && <span className="mh-quiet"> {'· '}{t(`notes.kind.${row.kind}`)}</span>}
              <p className="mh-note-excerpt">{row.excerpt ?? row.sections?.map(({ excerpt }) => excerpt).filter(Boolean).join(' ') ?? ''}</p>
            </td>
            <td className="mh-nowrap">{row.author.name}</td>
            <td className="mh-tight"><StatusTag status={row.status} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
