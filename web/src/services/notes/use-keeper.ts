import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { beforeLeaving } from '../../fhir/leave';
import { useMe } from '../../fhir/session';
import { ownerOf } from '../../fhir/owner';
import { dropCopy, keepCopy } from './copies';
import { Keeper, type Kept } from './keeper';
import { saveNote, noteKey, notesKey, type Note } from './note.resource';

function later(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** The keeper of a note for as long as its page is open. */
export function useKeeper(first: Note): { keeper: Keeper; kept: Kept } {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const owner = ownerOf(useMe());
  const [keeper] = useState(
    () =>
      new Keeper(first, {
        send: saveNote,
        keep: (note, { title, sections }) => keepCopy({ owner, note: note.id, patient: note.patient, base: note.version, title, sections, at: new Date().toISOString() }),
        drop: (note) => dropCopy(owner, note.id),
        later,
      }),
  );
  const kept = useSyncExternalStore(keeper.subscribe, keeper.get);
  useEffect(() => {
    const stop = beforeLeaving(async () => (await keeper.flush()) || window.confirm(t('notes.leaveUnsaved')));
    // A page that is hidden may never be shown again.
    const hide = () => {
      if (document.visibilityState === 'hidden') void keeper.flush();
    };
    document.addEventListener('visibilitychange', hide);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', hide);
      keeper.leave();
      void queries.invalidateQueries({ queryKey: notesKey(first.patient) });
    };
  }, [keeper, queries, first.patient, t]);
  useEffect(() => {
    queries.setQueryData(noteKey(kept.note.id), kept.note);
  }, [queries, kept.note]);
  return { keeper, kept };
}
