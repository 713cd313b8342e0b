import { IconShieldCheck } from '@tabler/icons-react';
import type { Room } from '../../slots';

/** The audit log, as FHIR AuditEvents that the store keeps. */
export const audit: Room = {
  pages: [{ path: '/audit', nav: { key: 'audit', icon: IconShieldCheck, powers: ['audit'] }, load: () => import('./audit.page') }],
  chart: [],
  home: [{ power: 'audit', load: () => import('./home.panel') }],
};
