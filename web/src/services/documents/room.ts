import { IconFileCheck, IconFileText, IconPrinter, IconTemplate } from '@tabler/icons-react';
import i18next from 'i18next';
import { withWords } from '../../i18n';
import type { PageProps, Room } from '../../slots';
import type { ComponentType } from 'react';

const words = <P>(page: () => Promise<{ default: ComponentType<P> }>) => withWords(withWords(page), 'documents');
const page = (load: () => Promise<{ default: ComponentType<PageProps> }>) => words(load);

/** Documents: made from the chart, signed, kept, and bundled for an operation. */
export const documents: Room = {
  pages: [
    { path: '/surgeries/$surgeryId/documents', load: page(() => import('./package.page')) },
    { path: '/surgeries/$surgeryId/documents/$kind', load: page(() => import('./compose.page')) },
    { path: '/documents/programme', load: page(() => import('./programme.page')) },
    { path: '/administration/modeles', nav: { key: 'texts', icon: IconTemplate, powers: ['admin'] }, load: page(() => import('./templates.page')) },
    { path: '/documents/verify', load: page(() => import('./verify.page')) },
    { path: '/documents/new/$patientId/$kind', load: page(() => import('./compose.page')) },
    { path: '/documents/$documentId', load: page(() => import('./document.page')) },
    { path: '/documents/$documentId/edit', load: page(() => import('./edit.page')) },
    { path: '/documents/$documentId/sign', load: page(() => import('./sign.page')) },
  ],
  chart: [{ path: 'documents', key: 'papers', icon: IconFileText, load: words(() => import('./list.page')) }],
  home: [],
  actions: [
    { id: 'documents-chart', label: () => i18next.t('papersPalette.list'), icon: IconFileText, powers: ['care', 'desk'], to: 'documents', chart: true },
    { id: 'documents-programme', label: () => i18next.t('papersPalette.programme'), icon: IconPrinter, powers: ['care', 'desk', 'admin'], to: '/documents/programme' },
    { id: 'documents-verify', label: () => i18next.t('papersPalette.verify'), icon: IconFileCheck, powers: ['care', 'desk', 'admin'], to: '/documents/verify' },
  ],
};
