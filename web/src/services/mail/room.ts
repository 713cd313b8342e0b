import { IconMailOpened } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

const page = withWords(withWords(() => import('./mail.page'), 'mail'));

/** Mail that came in: scanned, read by the machine, filed by a person. */
export const mail: Room = {
  pages: [{ path: '/mail', nav: { key: 'mail', icon: IconMailOpened, powers: ['desk'] }, load: page }],
  chart: [],
  home: [],
  actions: [{ id: 'mail', label: () => i18next.t('nav.mail'), icon: IconMailOpened, powers: ['care', 'desk'], to: '/mail' }],
};
