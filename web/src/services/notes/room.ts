import { IconPencil } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** Notes: what clinicians write about a patient, and sign. */
export const notes: Room = {
  pages: [],
  chart: [{ path: 'notes', key: 'notes', icon: IconPencil, load: withWords(withWords(() => import('./notes.page'), 'notes')) }],
  home: [{ power: 'care', place: 'top', order: 1, load: withWords(() => import('./left.panel'), 'notes') }],
};
