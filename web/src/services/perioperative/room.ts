import { IconBox, IconBarcode } from '@tabler/icons-react';
import { withWords } from '../../i18n';
import type { Room } from '../../slots';

/** The record of the theatre: nursing, anaesthesia, recovery, the operative report, implants and stock. */
export const perioperative: Room = {
  pages: [
    { path: '/surgeries/$surgeryId/nursing', load: withWords(withWords(() => import('./nursing/nursing.page')), 'perioperative') },
    { path: '/surgeries/$surgeryId/anaesthesia', load: withWords(withWords(() => import('./anaesthesia/anaesthesia.page')), 'perioperative') },
    { path: '/surgeries/$surgeryId/preanaesthesia', load: withWords(withWords(() => import('./visit/visit.page')), 'perioperative') },
    { path: '/surgeries/$surgeryId/recovery', load: withWords(withWords(() => import('./recovery/recovery.page')), 'perioperative') },
    { path: '/surgeries/$surgeryId/implants', load: withWords(withWords(() => import('./implant/implants.page')), 'perioperative') },
    { path: '/surgeries/$surgeryId/report', load: withWords(withWords(() => import('./report/report.page')), 'perioperative') },
    { path: '/implants', nav: { key: 'implants', icon: IconBarcode, powers: ['care', 'admin'] }, load: withWords(withWords(() => import('./stock/recalls.page')), 'perioperative') },
    { path: '/stock', nav: { key: 'stock', icon: IconBox, powers: ['care', 'admin'] }, load: withWords(withWords(() => import('./stock/stock.page')), 'perioperative') },
  ],
  chart: [],
  home: [],
  caseTabs: [{ path: 'nursing', key: 'record', order: 50 }],
};
