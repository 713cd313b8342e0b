import { withWords } from '../../i18n';
import type { Room } from '../../slots';
import { invitationToken } from './invitation-token';

/** The page on which a patient books by an invitation: nobody is signed in. */
export const booking: Room = {
  pages: [],
  chart: [],
  home: [],
  doors: [{ path: '/rendez-vous', opens: () => invitationToken() !== null, load: withWords(() => import('./visit.page'), 'booking') }],
};
