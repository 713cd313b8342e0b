import { changeLanguage, withWords } from '../../i18n';
import type { Room } from '../../slots';
import { invitationToken } from './invitation-token';
import { startingLanguage } from './language';

const page = withWords(() => import('./visit.page'), 'booking');

/** The page on which a patient books by an invitation: nobody is signed in. Whatever is left of the address, it is this
 * page that says so, never a sign-in. */
export const booking: Room = {
  pages: [],
  chart: [],
  home: [],
  doors: [{
    path: '/rendez-vous',
    opens: () => {
      invitationToken();
      return true;
    },
    load: async () => {
      // Where its words cannot be had, French is there already.
      await changeLanguage(startingLanguage()).catch(() => undefined);
      return page();
    },
  }],
};
