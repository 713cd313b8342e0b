import { IconActivityHeartbeat, IconCalendar, IconClipboardText, IconHistory, IconNotes, IconPill, IconTestPipe, IconUserSearch, IconUsersGroup } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** Records: finding people and reading their chart. */
export const records: Room = {
  pages: [{ path: '/patients', nav: { key: 'patients', icon: IconUserSearch, powers: ['care', 'desk', 'admin'] }, load: () => import('./patient-search.page') }],
  chart: [
    { path: '', key: 'summary', icon: IconClipboardText, load: withWords(() => import('./summary.page'), 'chart') },
    { path: 'timeline', key: 'timeline', icon: IconHistory, load: withWords(() => import('./timeline.page'), 'chart') },
    { path: 'history', key: 'history', icon: IconNotes, load: withWords(() => import('./history.page'), 'chart') },
    { path: 'medications', key: 'medications', icon: IconPill, load: withWords(() => import('./medications.page'), 'chart') },
    { path: 'vitals', key: 'vitals', icon: IconActivityHeartbeat, load: withWords(() => import('./vitals.page'), 'chart') },
    { path: 'labs', key: 'labs', icon: IconTestPipe, load: withWords(() => import('./labs.page'), 'chart') },
    { path: 'agenda', key: 'agenda', icon: IconCalendar, load: withWords(() => import('./agenda.page'), 'chart') },
    { path: 'team', key: 'team', icon: IconUsersGroup, load: withWords(() => import('./team.page'), 'chart') },
  ],
  home: [{ power: 'care', place: 'side', order: 50, load: () => import('./home.panel') }],
  chartFrame: withWords(() => import('./chart.page'), 'chart'),
  patientFrame: withWords(() => import('./patient-frame.panel'), 'chart'),
  header: { powers: ['care', 'desk', 'admin'], load: () => import('./quick-search.panel') },
};
