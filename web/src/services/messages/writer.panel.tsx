import { Button, Checkbox, Textarea } from '@mantine/core';
import { IconAt, IconSend } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { useDraft, type Draft } from './drafts';
import { useSend, type Conversation } from './messages.resource';

const TEXT_MAX = 8_000;

/** The place to answer. What is typed stands in this browser until the server has it. */
export function Writer({ place, conversation, me }: { place: string; conversation: Conversation; me: string | null }) {
  const { t } = useTranslation();
  const { draft, edit, sending, sent } = useDraft(place);
  const send = useSend(conversation.id);
  const ready = draft.text.trim() !== '' && !send.isPending;
  const go = () => {
    if (!ready) return;
    sending();
    send.mutate({ ...draft, text: draft.text.trim() }, { onSuccess: sent });
  };
  return (
    <form
      className="mh-talk-write"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <Words draft={draft} edit={edit} go={go} label={t('messages.reply')} />
      <Mentions conversation={conversation} me={me} draft={draft} edit={edit} />
      {send.isError && <FailureNotice error={send.error} />}
      <div className="mh-actions mh-talk-send">
        <Checkbox label={t('messages.urgent')} checked={draft.urgent} onChange={(event) => edit({ urgent: event.currentTarget.checked })} />
        <span className="mh-quiet mh-grow">{draft.text ? t('messages.kept') : ''}</span>
        <Button type="submit" disabled={!ready} loading={send.isPending} leftSection={<IconSend size={18} aria-hidden="true" />}>{t('messages.send')}</Button>
      </div>
    </form>
  );
}

export function Words({ draft, edit, go, label }: { draft: Draft; edit: (change: Partial<Draft>) => void; go: () => void; label: string }) {
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    go();
  };
  return <Textarea label={label} autosize minRows={2} maxRows={10} maxLength={TEXT_MAX} value={draft.text} onKeyDown={press} onChange={(event) => edit({ text: event.currentTarget.value })} />;
}

/** One press calls somebody by name. */
function Mentions({ conversation, me, draft, edit }: { conversation: Conversation; me: string | null; draft: Draft; edit: (change: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  const others = conversation.people.filter(({ reference }) => reference !== me);
  if (others.length === 0) return null;
  const toggle = (reference: string, name: string) => {
    if (draft.mentions.includes(reference)) return edit({ mentions: draft.mentions.filter((one) => one !== reference) });
    return edit({ mentions: [...draft.mentions, reference], text: `${draft.text}${draft.text && !draft.text.endsWith(' ') ? ' ' : ''}@${name} ` });
  };
  return (
    <div className="mh-talk-mentions" role="group" aria-label={t('messages.mention')}>
      {others.map(({ reference, name }) => (
        <button key={reference} type="button" aria-pressed={draft.mentions.includes(reference)} onClick={() => toggle(reference, name ?? t('common.unnamed'))}><IconAt size={14} aria-hidden="true" />{name ?? t('common.unnamed')}</button>
      ))}
    </div>
  );
}
