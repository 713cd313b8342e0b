import { IconAlertTriangle, IconAt, IconClipboardCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import { among, type Conversation, type Hit } from './messages.resource';

/** One conversation of the list: with whom, about what, the last words; bold while something was not read. */
export function Row({ one, me, on }: { one: Conversation; me: string | null; on: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <li data-on={on || undefined} data-unread={one.unread > 0 || undefined}>
      <Link to={`/messages/${one.id}`} className="mh-talk-row" aria-current={on ? 'true' : undefined}>
        <span className="mh-talk-row-head">
          <strong className="mh-grow">{one.subject}</strong>
          {one.unread > 0 && <span className="mh-talk-new">{t('messages.new', { count: one.unread })}</span>}
        </span>
        {one.patient && <span className="mh-talk-patient">{one.patient.name || t('common.unnamed')}</span>}
        <span className="mh-talk-excerpt">{one.by && <>{one.by} : </>}{one.excerpt ?? t('messages.act')}</span>
        <span className="mh-talk-row-foot">
          <span className="mh-grow">{among(one, me, (team) => t(`messages.team.${team}`))}</span>
          <span className="mh-nowrap">{formatDateTime(one.at ?? undefined, language)}</span>
        </span>
        {(one.urgent || one.called || one.todo) && (
          <span className="mh-talk-marks">
            {one.urgent && <span className="mh-inline mh-tag mh-tag-warn"><IconAlertTriangle size={14} aria-hidden="true" />{t('messages.urgent')}</span>}
            {one.called && <span className="mh-inline mh-tag mh-tag-accent"><IconAt size={14} aria-hidden="true" />{t('messages.calledYou')}</span>}
            {one.todo && <span className="mh-inline mh-tag"><IconClipboardCheck size={14} aria-hidden="true" />{t('messages.todo')}</span>}
          </span>
        )}
      </Link>
    </li>
  );
}

/** What was found in one's own conversations. */
export function Hits({ items, more }: { items: Hit[]; more: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (items.length === 0) return <p className="mh-empty">{t('messages.noHit')}</p>;
  return (
    <>
      <ul className="mh-talk-list">
        {items.map((hit) => (
          <li key={hit.message}>
            <Link to={`/messages/${hit.conversation}`} className="mh-talk-row">
              <strong>{hit.subject}</strong>
              <span className="mh-talk-excerpt">{hit.sender} : {hit.text}</span>
              <span className="mh-talk-row-foot">{formatDateTime(hit.sent, language)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {more && <p className="mh-quiet mh-talk-more">{t('messages.moreHits')}</p>}
    </>
  );
}
