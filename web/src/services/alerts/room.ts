import { IconBellRinging } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

const CALLED = ['care', 'admin'] as const;

/** Calls to a patient: who must come, and what becomes of it until it is over. */
export const alerts: Room = {
  pages: [{ path: '/alerts', nav: { key: 'alerts', icon: IconBellRinging, powers: [...CALLED] }, load: withWords(() => import('./alerts.page'), 'alerts') }],
  chart: [{ path: 'appels', key: 'alerts', icon: IconBellRinging, load: withWords(() => import('./chart.page'), 'alerts') }],
  home: [],
  layer: withWords(() => import('./layer.panel'), 'alerts'),
  actions: [{ id: 'alert-send', label: () => i18next.t('palette.alert'), icon: IconBellRinging, powers: ['care'], to: '/appels', chart: true }],
};
