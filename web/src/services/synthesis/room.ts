import { IconClipboardText } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** The medical summary of a patient on one page (volet de synthèse médicale). */
export const synthesis: Room = {
  pages: [],
  chart: [{ path: 'vsm', key: 'synthesis', icon: IconClipboardText, load: withWords(() => import('./synthesis.page'), 'notes') }],
  home: [],
};
