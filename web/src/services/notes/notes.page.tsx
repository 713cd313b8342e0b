import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../design/Panel';
import { Failure } from '../../fhir/http';
import { Editor } from './editor.panel';
import { ForeignNote } from './foreign.panel';
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
      {note ? <OneNote key={note} id={note} patientId={patientId} open={open} /> : <NoteList patientId={patientId} open={open} />}
    </>
  );
}

function OneNote({ id, patientId, open }: { id: string; patientId: string; open: (id?: string) => void }) {
  const query = useNote(id);
  if (query.error instanceof Failure && query.error.code === 'note.not-a-note') return <div className="mh-note-page"><ForeignNote id={id} patientId={patientId} open={() => open()} /></div>;
  return (
    <div className="mh-note-page">
      <Loaded query={query}>
        {(note) => (note.editable ? <Editor first={note} open={open} /> : <Reader note={note} open={open} />)}
      </Loaded>
    </div>
  );
}
