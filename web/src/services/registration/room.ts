import { IconUserPlus } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** Receiving people: a new record, after looking for the one they may already have. */
export const registration: Room = {
  pages: [
    { path: '/patients/nouveau', nav: { key: 'register', icon: IconUserPlus, powers: ['desk', 'admin'] }, load: withWords(withWords(() => import('./registration.page')), 'desk') },
    { path: '/patients/import', load: withWords(withWords(() => import('./import.page')), 'desk') },
    { path: '/patients/fusion', load: withWords(withWords(() => import('./merge.page')), 'desk') },
  ],
  chart: [],
  home: [
    { power: 'desk', place: 'side', order: 10, load: withWords(withWords(() => import('./home.panel')), 'desk') },
    { power: 'desk', place: 'side', order: 15, load: withWords(withWords(() => import('./incomplete.panel')), 'desk') },
  ],
};
