import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** One's own account. It is reached from the menu of the person, not from the navigation. */
export const account: Room = {
  pages: [{ path: '/account', load: withWords(() => import('./account.page'), 'account') }],
  chart: [],
  home: [],
  chartRefused: withWords(() => import('./refused.panel'), 'account'),
};
