import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../design/Panel';
import { Editor } from './editor.panel';
import { NoteList } from './list.panel';
import { useNote } from './note.resource';
import { Reader } from './reader.panel';
import './notes.css';

/** The notes of a patient: the list, or the one that is written or read (`?note=`). */
export default function NotesPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { note } = useSearch({ strict: false }) as { note?: string };
  const navigate = useNavigate();
  const open = (id?: string) => void navigate({ to: `/patients/${patientId}/notes`, search: id ? { note: id } : {} });
  return (
    <>
      <h2 className="mh-sr">{t('section.notes')}</h2>
      {note ? <OneNote key={note} id={note} open={open} /> : <NoteList patientId={patientId} open={open} />}
    </>
  );
}

function OneNote({ id, open }: { id: string; open: (id?: string) => void }) {
  const query = useNote(id);
  return (
    <div className="mh-note-page">
      <Loaded query={query}>
        {(note) => (note.editable ? <Editor first={note} open={open} /> : <Reader note={note} open={open} />)}
      </Loaded>
    </div>
  );
}
