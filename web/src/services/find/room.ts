import { IconFileSearch } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** Find: words anywhere in a record, or in the records of one's patients. `f` leads there. */
export const find: Room = {
  pages: [{ path: '/find', nav: { key: 'find', icon: IconFileSearch, powers: ['care'] }, load: withWords(() => import('./find.page'), 'notes') }],
  chart: [{ path: 'chercher', key: 'find', icon: IconFileSearch, load: withWords(() => import('./chart-find.page'), 'notes') }],
  home: [],
  header: { powers: ['care'], load: () => import('./find-key.panel') },
  keys: [
    { keys: ['f'], label: () => i18next.t('help.find') },
  ],
};
