import { IconChecklist, IconChartBar, IconClockPlay, IconSlice, IconUrgent } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { PageProps, Room } from '../../slots';
import type { ComponentType } from 'react';

const words = <P>(page: () => Promise<{ default: ComponentType<P> }>) => withWords(withWords(page), 'surgery');
const page = (load: () => Promise<{ default: ComponentType<PageProps> }>) => words(load);

/** Surgery: a case from its request to its last milestone, the day of the theatre, the checklist and the figures. */
export const surgery: Room = {
  pages: [
    { path: '/day', nav: { key: 'day', icon: IconClockPlay, powers: ['care', 'desk'] }, load: page(() => import('./day.page')) },
    { path: '/indicators', nav: { key: 'indicators', icon: IconChartBar, powers: ['care', 'admin'] }, load: page(() => import('./indicators.page')) },
    { path: '/administration/checklists', nav: { key: 'checklists', icon: IconChecklist, powers: ['admin'] }, load: page(() => import('./checklists.page')) },
    { path: '/surgeries/urgence', load: page(() => import('./emergency.page')) },
    { path: '/surgeries/$surgeryId', load: page(() => import('./case.page')) },
    { path: '/surgeries/$surgeryId/checklist', load: page(() => import('./checklist.page')) },
  ],
  chart: [{ path: 'chirurgie', key: 'surgery', icon: IconSlice, load: words(() => import('./chart.page')) }],
  home: [{ power: 'care', roles: ['surgeon', 'anaesthetist', 'nurse'], place: 'main', order: 15, load: words(() => import('./home.panel')) }],
  caseTabs: [{ path: '', key: 'case', order: 10 }, { path: 'checklist', key: 'checklist', order: 40 }],
  layer: words(() => import('./taps.layer.panel')),
  actions: [
    { id: 'surgery-request', label: () => i18next.t('surgeryPalette.request'), icon: IconSlice, powers: ['care', 'desk'], to: 'chirurgie?demande=1', chart: true },
    { id: 'surgery-emergency', label: () => i18next.t('surgeryPalette.emergency'), icon: IconUrgent, powers: ['care'], to: '/surgeries/urgence' },
  ],
  keys: [
    { keys: ['i'], label: () => i18next.t('surgeryPalette.requestKey') },
  ],
};
