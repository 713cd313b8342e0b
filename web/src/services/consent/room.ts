import { IconSignature } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** What patients agree to, oppose and ask about their data. */
export const consent: Room = {
  pages: [],
  chart: [{ path: 'consentements', key: 'consent', icon: IconSignature, load: withWords(() => import('./consent.page')) }],
  home: [],
};
