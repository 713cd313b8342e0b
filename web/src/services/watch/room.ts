import { IconShieldExclamation } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** The breach watch: alerts, incidents, break-glass reviews. */
export const watch: Room = {
  pages: [
    { path: '/vigilance', nav: { key: 'watch', icon: IconShieldExclamation, powers: ['audit', 'admin'] }, load: withWords(() => import('./watch.page')) },
    { path: '/vigilance/incidents/$incidentId', load: withWords(() => import('./incident.page')) },
  ],
  chart: [],
  home: [{ power: 'audit', place: 'side', order: 20, load: withWords(() => import('./home.panel')) }],
};
