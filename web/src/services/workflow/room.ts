import { IconListCheck, IconRoute } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

const STAFF = ['care', 'desk', 'admin'] as const;

/** What must be done, by whom and until when: approvals of an operation, and what its end asks for. */
export const workflow: Room = {
  pages: [
    { path: '/workflow', nav: { key: 'workflow', icon: IconListCheck, powers: [...STAFF] }, load: withWords(() => import('./inbox.page'), 'workflow') },
    { path: '/workflow/active', load: withWords(() => import('./active.page'), 'workflow') },
    { path: '/surgeries/$surgeryId/approvals', load: withWords(() => import('./course.page'), 'workflow') },
  ],
  chart: [],
  home: [
    { power: 'care', roles: ['surgeon', 'anaesthetist', 'nurse'], place: 'side', order: 5, load: withWords(() => import('./home.panel'), 'workflow') },
    { power: 'desk', place: 'side', order: 5, load: withWords(() => import('./home.panel'), 'workflow') },
    { power: 'admin', place: 'main', order: 5, load: withWords(() => import('./home.panel'), 'workflow') },
  ],
  caseTabs: [{ path: 'approvals', key: 'approvals', order: 20 }],
  actions: [{ id: 'workflow-active', label: () => i18next.t('caseTabs.courses'), icon: IconRoute, powers: [...STAFF], to: '/workflow/active' }],
  keys: [{ keys: ['x'], label: () => i18next.t('caseTabs.complete') }],
};
