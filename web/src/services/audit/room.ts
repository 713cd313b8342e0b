import { IconEye, IconShieldCheck } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** The audit log, as FHIR AuditEvents that the store keeps. */
export const audit: Room = {
  pages: [
    { path: '/audit', nav: { key: 'audit', icon: IconShieldCheck, powers: ['audit'] }, load: withWords(() => import('./audit.page')) },
    { path: '/audit/dossier', load: withWords(() => import('./record.page')) },
  ],
  chart: [{ path: 'acces', key: 'accesses', icon: IconEye, load: withWords(() => import('./accesses.page')) }],
  home: [{ power: 'audit', place: 'side', order: 40, load: () => import('./home.panel') }],
};
