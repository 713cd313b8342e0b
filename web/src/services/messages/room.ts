import { IconMessage, IconMessagePlus } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

const STAFF = ['care', 'desk', 'admin'] as const;

/** What people of the clinic say to each other, about a patient or not: only those who take part see it. */
export const messages: Room = {
  pages: [
    { path: '/messages', nav: { key: 'messages', icon: IconMessage, powers: [...STAFF] }, load: withWords(() => import('./messages.page'), 'messages') },
    { path: '/messages/$conversationId', load: withWords(() => import('./messages.page'), 'messages') },
  ],
  chart: [{ path: 'messages', key: 'messages', icon: IconMessage, load: withWords(() => import('./chart.page'), 'messages') }],
  home: [],
  bell: withWords(() => import('./bell.panel'), 'messages'),
  actions: [{ id: 'message-new', label: () => i18next.t('palette.message'), icon: IconMessagePlus, powers: [...STAFF], to: '/messages/new' }],
  keys: [{ keys: ['Ctrl', 'Enter'], label: () => i18next.t('palette.send') }],
};
