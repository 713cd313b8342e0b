import { withWords } from '../../i18n';
import type { Room } from '../../slots';

const DOCTORS = ['surgeon', 'anaesthetist', 'clinician'] as const;

/** What each role finds first: its day, who waits, who is in the house, what it has to do. */
export const home: Room = {
  pages: [],
  chart: [],
  home: [
    { power: 'care', roles: ['nurse'], place: 'main', order: 10, load: withWords(() => import('./ward.panel'), 'shell') },
    { power: 'care', roles: [...DOCTORS, 'nurse'], place: 'main', order: 20, load: withWords(() => import('./programme.panel'), 'shell') },
    { power: 'care', roles: [...DOCTORS, 'nurse'], place: 'side', order: 10, load: withWords(() => import('./tasks.panel'), 'shell') },
    { power: 'care', roles: [...DOCTORS, 'nurse'], place: 'side', order: 20, load: withWords(() => import('./waiting.panel'), 'shell') },
    { power: 'care', roles: [...DOCTORS, 'pharmacist'], place: 'side', order: 60, load: withWords(() => import('./present.panel'), 'shell') },
    { power: 'desk', place: 'main', order: 10, load: withWords(() => import('./programme.panel'), 'shell') },
    { power: 'desk', place: 'side', order: 20, load: withWords(() => import('./waiting.panel'), 'shell') },
    { power: 'desk', place: 'side', order: 30, load: withWords(() => import('./tasks.panel'), 'shell') },
  ],
  bell: withWords(() => import('./bell.panel'), 'shell'),
};
