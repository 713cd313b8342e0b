import { Button, Menu, Textarea } from '@mantine/core';
import { IconArchive, IconCheck, IconClipboardText, IconDots, IconDoorExit, IconUserPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../design/Confirm';
import { useAct, type Doing, type Thread } from './messages.resource';
import { PeopleFields, toOf, type Chosen } from './people.panel';

type Verb = Doing['verb'];

const NOBODY: Chosen = { people: [], teams: [] };

/** What can be done with a conversation besides answering. */
export function Acts({ thread }: { thread: Thread }) {
  const { t } = useTranslation();
  const { conversation, messages, archive } = thread;
  const [asked, ask] = useState<{ verb: Verb; key: string } | null>(null);
  const open = (verb: Verb) => ask({ verb, key: crypto.randomUUID() });
  const files = conversation.patient !== null && archive && messages.at(-1)?.kind !== 'archived';
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target><Button variant="default" size="compact-sm" leftSection={<IconDots size={16} aria-hidden="true" />}>{t('messages.acts')}</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUserPlus size={16} aria-hidden="true" />} onClick={() => open('participants')}>{t('messages.do.participants')}</Menu.Item>
          {conversation.todo ? (
            <Menu.Item leftSection={<IconCheck size={16} aria-hidden="true" />} onClick={() => open('done')}>{t('messages.do.done')}</Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconClipboardText size={16} aria-hidden="true" />} onClick={() => open('delegate')}>{t('messages.do.delegate')}</Menu.Item>
          )}
          {files && <Menu.Item leftSection={<IconArchive size={16} aria-hidden="true" />} onClick={() => open('archive')}>{t('messages.do.archive')}</Menu.Item>}
          <Menu.Item leftSection={<IconDoorExit size={16} aria-hidden="true" />} onClick={() => open('leave')}>{t('messages.do.leave')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked && <Asked key={asked.key} id={conversation.id} verb={asked.verb} one={asked.key} close={() => ask(null)} />}
    </>
  );
}

function Asked({ id, verb, one, close }: { id: string; verb: Verb; one: string; close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const act = useAct(id);
  const [text, setText] = useState('');
  const [chosen, choose] = useState<Chosen>(NOBODY);
  const to = toOf(chosen);
  const said = text.trim();
  const blocked = (verb === 'participants' && to.length === 0) || (verb === 'delegate' && !said);
  const run = () =>
    act.mutate({ verb, key: one, ...(said ? { text: said } : {}), ...(verb === 'participants' ? { to } : {}) }, {
      onSuccess: () => {
        close();
        if (verb === 'leave') void navigate({ to: '/messages' });
      },
    });
  return (
    <Confirm title={t(`messages.do.${verb}`)} action={t(`messages.do.${verb}`)} danger={verb === 'leave'} blocked={blocked} busy={act.isPending} error={act.error} run={run} close={close}>
      <p>{t(`messages.what.${verb}`)}</p>
      {verb === 'participants' && <PeopleFields chosen={chosen} choose={choose} />}
      {(verb === 'delegate' || verb === 'done') && <Textarea label={t(verb === 'delegate' ? 'messages.whatToDo' : 'messages.whatWasDone')} autosize minRows={2} maxRows={8} maxLength={8000} value={text} onChange={(event) => setText(event.currentTarget.value)} />}
    </Confirm>
  );
}
