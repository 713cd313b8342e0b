import { IconMessage } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAny, useMe } from '../../fhir/session';
import { useMessageCount, useMessageNews } from './messages.resource';
import './messages.css';

/** In how many conversations something waits; never what, since others look at the same screen. */
export default function MessageBell() {
  const { t } = useTranslation();
  const me = useMe();
  const on = mayAny(me, ['care', 'desk', 'admin']) && me.practitioner !== null;
  const { data } = useMessageCount(on);
  const queries = useQueryClient();
  useMessageNews(() => void queries.invalidateQueries({ queryKey: ['messages'] }));
  if (!on) return null;
  const unread = data?.unread ?? 0;
  const pressing = (data?.urgent ?? 0) + (data?.called ?? 0) > 0;
  const label = unread ? t(pressing ? 'messages.unreadPressing' : 'messages.unread', { count: unread }) : t('messages.noneUnread');
  return (
    <Link to="/messages" className="mh-header-icon" aria-label={label} title={label}>
      <IconMessage size={18} aria-hidden="true" />
      {unread > 0 && <span className="mh-talk-count" data-pressing={pressing || undefined} aria-hidden="true">{unread > 9 ? '9+' : unread}</span>}
      <span className="mh-sr" role="status">{unread > 0 ? label : ''}</span>
    </Link>
  );
}
