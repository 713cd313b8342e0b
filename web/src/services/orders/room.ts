import { IconChecklist } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** Orders: laboratory and imaging asked for a patient. */
export const orders: Room = {
  pages: [],
  chart: [{ path: 'prescriptions', key: 'orders', icon: IconChecklist, load: withWords(withWords(() => import('./orders.page'), 'notes')) }],
  home: [],
};
