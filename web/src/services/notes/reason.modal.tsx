import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../design/Confirm';
import { amendNote, currentOf, noteKey, notesKey, withdrawNote, type Note } from './note.resource';

const SHORTEST = 3;

interface ReasonModalProps { act: 'amend' | 'withdraw' | 'discard'; note: Note; close: () => void; done: (note: Note) => void }

/** Amending and withdrawing want a reason in words; it stays in the record. */
export function ReasonModal({ act, note, close, done }: ReasonModalProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const told = reason.trim();
  const run = useMutation({
    mutationFn: () => (act === 'amend' ? amendNote(note.id, told) : withdrawNote(note.id, told, note.version)),
    onSuccess: (answer) => {
      if (act !== 'amend') queries.setQueryData(noteKey(note.id), answer);
      else void queries.invalidateQueries({ queryKey: noteKey(note.id) });
      void queries.invalidateQueries({ queryKey: notesKey(note.patient) });
      done(answer);
    },
    // An amendment is open already: that one is shown.
    onError: (error) => {
      const open = act === 'amend' ? currentOf(error) : null;
      if (open) done(open);
    },
  });
  return (
    <Confirm title={t(`notes.${act}Title`)} action={t(`notes.${act}`)} danger={act !== 'amend'} blocked={told.length < SHORTEST} busy={run.isPending} error={run.error} run={() => run.mutate()} close={close}>
      <p className="mh-strong">{note.title}</p>
      <p className="mh-lead">{t(`notes.${act}Explain`)}</p>
      <Textarea label={t('notes.reason')} rows={3} maxLength={500} value={reason} data-autofocus={act === 'amend' || undefined} onChange={(event) => setReason(event.currentTarget.value)} />
    </Confirm>
  );
}
