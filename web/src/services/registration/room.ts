import { IconUserPlus } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** Receiving people: a new record, after looking for the one they may already have. */
export const registration: Room = {
  pages: [{ path: '/patients/nouveau', nav: { key: 'register', icon: IconUserPlus, powers: ['desk', 'admin'] }, load: withWords(() => import('./registration.page')) }],
  chart: [],
  home: [{ power: 'desk', place: 'side', order: 10, load: withWords(() => import('./home.panel')) }],
};
