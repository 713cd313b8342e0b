import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** Where other applications send a person to be let in, or out. */
export const authorise: Room = {
  pages: [
    { path: '/autoriser', load: withWords(withWords(() => import('./authorise.page'), 'account'), 'office') },
    { path: '/deconnexion', load: withWords(() => import('./sign-out.page'), 'account') },
  ],
  chart: [],
  home: [],
};
