import { IconUsersGroup } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** People, shared stations and applications of the tenant. */
export const admin: Room = {
  pages: [
    { path: '/administration', nav: { key: 'admin', icon: IconUsersGroup, powers: ['admin', 'audit'] }, load: withWords(() => import('./people.page')) },
    { path: '/administration/personnes/$accountId', load: withWords(() => import('./person.page')) },
    { path: '/administration/postes', load: withWords(() => import('./stations.page')) },
    { path: '/administration/applications', load: withWords(() => import('./clients.page')) },
  ],
  chart: [],
  home: [],
};
