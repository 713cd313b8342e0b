import { IconCalendarTime } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import { wallToken } from './wall-token';
import type { Room } from '../../slots';

const STAFF = ['care', 'desk', 'admin'] as const;

/** The theatre: its plan, its vacations, and the board of the corridor. */
export const theatre: Room = {
  pages: [
    { path: '/theatre', nav: { key: 'theatre', icon: IconCalendarTime, powers: [...STAFF] }, load: withWords(withWords(() => import('./board.page'), 'theatre')) },
    { path: '/theatre/blocks', load: withWords(withWords(() => import('./blocks.page'), 'theatre')) },
    { path: '/theatre/acts', load: withWords(withWords(() => import('./acts.page')), 'theatre') },
    { path: '/theatre/walls', load: withWords(withWords(() => import('./walls.page')), 'theatre') },
    { path: '/wall', load: withWords(() => import('./wall.page'), 'theatre') },
  ],
  chart: [],
  home: [],
  doors: [{ path: '/wall', opens: () => wallToken() !== null, load: withWords(() => import('./wall-door.page'), 'theatre') }],
  actions: [
    { id: 'theatre', label: () => i18next.t('nav.theatre'), icon: IconCalendarTime, powers: STAFF, to: '/theatre' },
  ],
};
