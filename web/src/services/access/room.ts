import { IconKey } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** The policies in force, and who can open a record. */
export const access: Room = {
  pages: [
    { path: '/droits', nav: { key: 'access', icon: IconKey, powers: ['admin', 'audit'] }, load: withWords(() => import('./policies.page')) },
    { path: '/droits/dossier', load: withWords(() => import('./who.page')) },
  ],
  chart: [],
  home: [],
};
