import { IconCalendarWeek } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

const STAFF = ['care', 'desk'] as const;

/** A professional's week, and the feed of it. */
export const agenda: Room = {
  pages: [{ path: '/agenda', nav: { key: 'agenda', icon: IconCalendarWeek, powers: [...STAFF] }, load: withWords(withWords(() => import('./agenda.page'), 'theatre')) }],
  chart: [],
  home: [],
  actions: [{ id: 'agenda', label: () => i18next.t('nav.agenda'), icon: IconCalendarWeek, powers: STAFF, to: '/agenda' }],
};
