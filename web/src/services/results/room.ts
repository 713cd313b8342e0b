import { IconAdjustmentsAlt, IconInbox } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** Results that wait for somebody to have seen them. */
export const results: Room = {
  pages: [
    { path: '/results', nav: { key: 'results', icon: IconInbox, powers: ['care'] }, load: withWords(withWords(() => import('./results.page'), 'notes')) },
    { path: '/administration/resultats', nav: { key: 'limits', icon: IconAdjustmentsAlt, powers: ['admin'] }, load: withWords(withWords(() => import('./settings.page'), 'notes')) },
  ],
  chart: [],
  home: [{ power: 'care', roles: ['surgeon', 'clinician', 'anaesthetist'], place: 'main', order: 30, load: withWords(() => import('./home.panel'), 'notes') }],
  keys: [
    { keys: ['j', 'k'], label: () => i18next.t('help.rows') },
    { keys: ['a'], label: () => i18next.t('help.acknowledge') },
  ],
};
