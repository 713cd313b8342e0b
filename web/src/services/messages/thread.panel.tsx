import { IconAlertTriangle, IconChecks, IconFileText } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatTime } from '../../datatypes/Date/format';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { Acts } from './acts.panel';
import { among, useHaveRead, useThread, type Message, type Receipt, type Thread } from './messages.resource';
import { Writer } from './writer.panel';

/** One conversation: what was said, who has read how far, and the place to answer. */
export function ThreadPanel({ id, me }: { id: string; me: string | null }) {
  const { t } = useTranslation();
  const query = useThread(id);
  return <Loaded query={query}>{(thread) => <Open thread={thread} me={me} title={thread.conversation.subject || t('nav.messages')} />}</Loaded>;
}

function Open({ thread, me, title }: { thread: Thread; me: string | null; title: string }) {
  const { t } = useTranslation();
  const { conversation, messages, read } = thread;
  const last = messages.at(-1)?.seq ?? 0;
  const end = useRef<HTMLLIElement>(null);
  useReading(conversation.id, conversation.unread, last);
  // In braces: newer browsers answer with a promise, which is nothing to clean up.
  useEffect(() => {
    void end.current?.scrollIntoView({ block: 'nearest' });
  }, [last]);
  const others = among(conversation, me, (team) => t(`messages.team.${team}`));
  return (
    <Panel title={title} side={<Acts thread={thread} />}>
      <p className="mh-talk-about">
        {conversation.patient && <Link to={`/patients/${conversation.patient.id}`}><strong>{conversation.patient.name || t('common.unnamed')}</strong></Link>}
        <span className="mh-quiet">{others ? t('messages.with', { who: others }) : t('messages.alone')}</span>
      </p>
      <ol className="mh-talk-said" aria-label={t('messages.said')} tabIndex={0}>
        {messages.map((one, index) => <Said key={one.id} one={one} readers={read.filter((receipt) => receipt.upto === one.seq && receipt.reference !== me && receipt.reference !== one.from)} end={index === messages.length - 1 ? end : undefined} called={me !== null && one.mentions.includes(me)} />)}
      </ol>
      <Writer place={conversation.id} conversation={conversation} me={me} />
    </Panel>
  );
}

/** What is shown on a page that is looked at has been read. */
function useReading(id: string, unread: number, last: number) {
  const { mutate } = useHaveRead(id);
  const told = useRef(0);
  useEffect(() => {
    const tell = () => {
      if (document.visibilityState !== 'visible' || unread === 0 || told.current >= last) return;
      told.current = last;
      mutate(last);
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [unread, last, mutate]);
}

function Said({ one, readers, end, called }: { one: Message; readers: Receipt[]; end: React.RefObject<HTMLLIElement | null> | undefined; called: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useWords(one);
  return (
    <li ref={end} className="mh-talk-one" data-mine={one.mine || undefined} data-urgent={one.urgent || undefined} data-act={one.kind !== 'said' || undefined}>
      <p className="mh-talk-who"><strong>{one.mine ? t('messages.me') : one.sender}</strong> <time dateTime={one.sent}>{formatDateTime(one.sent, language)}</time>
        {one.urgent && <span className="mh-inline mh-tag mh-tag-warn"><IconAlertTriangle size={14} aria-hidden="true" />{t('messages.urgent')}</span>}
        {called && <span className="mh-tag mh-tag-accent">{t('messages.calledYou')}</span>}
      </p>
      {words && <p className="mh-talk-words">{words}</p>}
      {one.documents.map((document) => <p key={document.reference} className="mh-inline"><IconFileText size={16} aria-hidden="true" />{document.title ?? t('messages.closedDocument')}</p>)}
      {readers.length > 0 && <p className="mh-talk-seen mh-inline"><IconChecks size={14} aria-hidden="true" />{t('messages.seen', { who: readers.map(({ name, at }) => `${name} (${formatTime(at, language) ?? ''})`).join(', ') })}</p>}
    </li>
  );
}

/** What somebody did is said in the reader's language; teams stand in it by their code. */
function useWords(one: Message): string {
  const { t } = useTranslation();
  if (one.kind === 'said') return one.text;
  const names = one.text.replace(/@(secretary|nurse|surgeon|anaesthetist|pharmacist)\b/g, (_, team: string) => t(`messages.team.${team as 'nurse'}`));
  const act = t(`messages.did.${one.kind}`);
  return names ? `${act} ${names}` : act;
}
