import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowLeft, IconMessagePlus } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '../../design/keyboard';
import { Loaded, Panel } from '../../design/Panel';
import { SegmentedControl } from '../../design/Segments';
import { Hits, Row } from './list.panel';
import { FILTERS, useConversations, useHits, type Filter } from './messages.resource';
import { NewConversationForm } from './new.form';
import { ThreadPanel } from './thread.panel';
import './messages.css';

/** Conversations left, the open one right; on a telephone one after the other. j and k move, n begins, r replies. */
export default function MessagesPage() {
  const { t } = useTranslation();
  const { conversationId: chosen } = useParams({ strict: false }) as { conversationId?: string };
  const navigate = useNavigate();
  const [filter, setFilter] = useState<Filter>('all');
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 250);
  const query = useConversations(filter);
  const hits = useHits(asked);
  const items = query.data?.items ?? [];
  const at = items.findIndex(({ id }) => id === chosen);
  const go = (id: string | undefined) => id && void navigate({ to: `/messages/${id}` });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || document.querySelector('[role="dialog"]')) return;
      if (event.key === 'j' || event.key === 'ArrowDown') go(items[at + 1]?.id);
      else if (event.key === 'k' || event.key === 'ArrowUp') go(items[Math.max(0, at - 1)]?.id);
      else if (event.key === 'n') go('new');
      else if (event.key === 'r') document.querySelector<HTMLTextAreaElement>('.mh-talk-write textarea')?.focus();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  const choices = FILTERS.filter((one) => one !== 'todo' || query.data?.secretary).map((value) => ({ value, label: t(`messages.filter.${value}`) }));
  return (
    <div className="mh-page mh-talk-page" data-open={chosen !== undefined || undefined}>
      <div className="mh-page-head">
        {chosen !== undefined && <Link to="/messages" className="mh-talk-back"><IconArrowLeft size={18} aria-hidden="true" />{t('messages.back')}</Link>}
        <h1 className="mh-title mh-grow">{t('nav.messages')}</h1>
        <SegmentedControl label={t('messages.which')} value={filter} change={setFilter} choices={choices} />
        <Button leftSection={<IconMessagePlus size={18} aria-hidden="true" />} onClick={() => go('new')}>{t('messages.begin')}</Button>
      </div>
      <div className="mh-talk">
        <div className="mh-talk-left">
          <Panel title={t('messages.list')} side={<span className="mh-talk-keys">{t('messages.keys')}</span>} flush>
            <div className="mh-talk-search"><TextInput type="search" aria-label={t('messages.search')} placeholder={t('messages.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} /></div>
            {asked.length > 1 ? (
              <Loaded query={hits}>{(found) => <Hits {...found} />}</Loaded>
            ) : (
              <Loaded query={query}>
                {({ more, me }) => (
                  <>
                    {me === null && <p className="mh-notice">{t('messages.noPerson')}</p>}
                    {items.length === 0 ? <p className="mh-empty">{t(`messages.none.${filter}`)}</p> : <ul className="mh-talk-list">{items.map((one) => <Row key={one.id} one={one} me={me} on={one.id === chosen} />)}</ul>}
                    {more && <p className="mh-quiet mh-talk-more">{t('messages.more')}</p>}
                  </>
                )}
              </Loaded>
            )}
          </Panel>
        </div>
        <div className="mh-talk-right">
          {chosen === undefined && <p className="mh-empty mh-talk-choose">{t('messages.choose')}</p>}
          {chosen === 'new' && <Panel title={t('messages.begin')}><NewConversationForm patient={null} done={(id) => void navigate({ to: `/messages/${id}` })} /></Panel>}
          {chosen !== undefined && chosen !== 'new' && <ThreadPanel key={chosen} id={chosen} me={query.data?.me ?? null} />}
        </div>
      </div>
    </div>
  );
}
