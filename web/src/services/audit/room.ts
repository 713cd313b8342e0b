import { IconShieldCheck } from '@tabler/icons-react';
import type { Room } from '../../slots';

/** The audit log, as FHIR AuditEvents that the store keeps. */
export const audit: Room = {
  pages: [{ path: '/audit', nav: { key: 'audit', icon: IconShieldCheck, admin: true }, load: () => import('./audit.page') }],
  chart: [],
  home: [],
};
