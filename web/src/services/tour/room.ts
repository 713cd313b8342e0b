import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** The sample clinic: its tour, and the way from one role to another. */
export const tour: Room = {
  pages: [],
  chart: [],
  home: [{ power: ['care', 'desk', 'admin', 'audit'], place: 'top', order: 1, load: withWords(() => import('./home.panel'), 'shell') }],
  layer: withWords(() => import('./tour.panel'), 'shell'),
};
