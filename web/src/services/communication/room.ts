import { IconMailForward } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** What the clinic says to its patients by itself: reminders of appointments. */
export const communication: Room = {
  pages: [{ path: '/reminders', nav: { key: 'reminders', icon: IconMailForward, powers: ['desk', 'admin'] }, load: withWords(() => import('./reminders.page'), 'communication') }],
  chart: [{ path: 'rappels', key: 'reminders', icon: IconMailForward, load: withWords(() => import('./chart.page'), 'communication') }],
  home: [],
};
