import { IconAlertHexagon } from '@tabler/icons-react';
import type { Room } from '../../slots';

/** The state of the installation, for those who run it. */
export const tenant: Room = {
  pages: [{ path: '/parked', nav: { key: 'parked', icon: IconAlertHexagon, powers: ['admin'] }, load: () => import('./parked.page') }],
  chart: [],
  home: [
    { power: 'admin', place: 'main', order: 40, load: () => import('./home.panel') },
    { power: 'admin', place: 'side', order: 10, load: async () => ({ default: (await import('./parked.panel')).ParkedPanel }) },
  ],
};
