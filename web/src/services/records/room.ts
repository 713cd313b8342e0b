import { IconActivityHeartbeat, IconClipboardText, IconHistory, IconNotes, IconPill, IconTestPipe, IconUserSearch } from '@tabler/icons-react';
import type { Room } from '../../slots';

/** Records: finding people and reading their chart. */
export const records: Room = {
  pages: [{ path: '/patients', nav: { key: 'patients', icon: IconUserSearch, powers: ['care', 'desk', 'admin'] }, load: () => import('./patient-search.page') }],
  chart: [
    { path: '', key: 'summary', icon: IconClipboardText, load: () => import('./summary.page') },
    { path: 'timeline', key: 'timeline', icon: IconHistory, load: () => import('./timeline.page') },
    { path: 'history', key: 'history', icon: IconNotes, load: () => import('./history.page') },
    { path: 'medications', key: 'medications', icon: IconPill, load: () => import('./medications.page') },
    { path: 'vitals', key: 'vitals', icon: IconActivityHeartbeat, load: () => import('./vitals.page') },
    { path: 'labs', key: 'labs', icon: IconTestPipe, load: () => import('./labs.page') },
  ],
  home: [{ power: 'care', place: 'side', order: 50, load: () => import('./home.panel') }],
  chartFrame: () => import('./chart.page'),
  header: { powers: ['care', 'desk', 'admin'], load: () => import('./quick-search.panel') },
};
