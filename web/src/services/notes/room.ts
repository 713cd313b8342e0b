import { IconPencil } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** Notes: what clinicians write about a patient, and sign. */
export const notes: Room = {
  pages: [],
  chart: [{ path: 'notes', key: 'notes', icon: IconPencil, load: withWords(withWords(() => import('./notes.page'), 'notes')) }],
  home: [{ power: 'care', place: 'top', order: 1, load: withWords(() => import('./left.panel'), 'notes') }],
  keys: [
    { keys: ['n'], label: () => i18next.t('help.note') },
    { keys: ['Ctrl', 'Enter'], label: () => i18next.t('help.sign') },
    { keys: ['Ctrl', 'S'], label: () => i18next.t('help.save') },
  ],
};
