import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { getRows, useSend } from '../../fhir/verbs';
import type { Shortcut } from './shortcuts';

/** One's own short words: nobody else sees or uses them. */
export function WordsModal({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['notes-words'], gcTime: 0, queryFn: ({ signal }) => getRows<Shortcut>('notes/words', 'shortcuts', signal) });
  return (
    <Modal opened onClose={close} title={t('notes.words.title')} size={680} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Loaded query={query}>{(words) => <Words first={words} close={close} />}</Loaded>
    </Modal>
  );
}

function Words({ first, close }: { first: Shortcut[]; close: () => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState<Shortcut[]>(first.length ? first : [{ trigger: '.', text: '' }]);
  const send = useSend('notes-words', 'note-templates');
  const change = (index: number, part: Partial<Shortcut>) => setWords((now) => now.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const save = () => {
    const shortcuts = words.filter((one) => one.trigger.trim() !== '.' || one.text.trim()).map(({ trigger, text }) => ({ trigger: trigger.trim(), text }));
    send.mutate({ method: 'PUT', path: 'notes/words', body: { shortcuts } }, { onSuccess: close });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className="mh-quiet">{t('notes.words.explain')}</p>
      {send.error && <FailureNotice error={send.error} />}
      {words.map((one, index) => (
        <div key={index} className="mh-note-word">
          <TextInput label={t('notes.words.trigger')} value={one.trigger} onChange={({ currentTarget: { value } }) => change(index, { trigger: value })} autoComplete="off" spellCheck={false} />
          <Textarea label={t('notes.words.text')} value={one.text} onChange={({ currentTarget: { value } }) => change(index, { text: value })} autosize minRows={1} maxRows={8} />
          <Button variant="subtle" color="gray" aria-label={`${t('notes.words.remove')} ${one.trigger}`} onClick={() => setWords((now) => now.filter((_, at) => at !== index))}><IconTrash size={16} aria-hidden="true" /></Button>
        </div>
      ))}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={() => setWords((now) => [...now, { trigger: '.', text: '' }])}>{t('notes.words.add')}</Button>
        <Button type="submit" loading={send.isPending}>{t('notes.words.save')}</Button>
      </div>
    </form>
  );
}
