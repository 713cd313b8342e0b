import { access } from '../services/access/room';
import { admin } from '../services/admin/room';
import { account } from '../services/account/room';
import { audit } from '../services/audit/room';
import { agenda } from '../services/agenda/room';
import { authorise } from '../services/authorise/room';
import { booking } from '../services/booking/room';
import { consent } from '../services/consent/room';
import { home } from '../services/home/room';
import { live } from '../services/live/room';
import { documents } from '../services/documents/room';
import { find } from '../services/find/room';
import { notes } from '../services/notes/room';
import { orders } from '../services/orders/room';
import { perioperative } from '../services/perioperative/room';
import { records } from '../services/records/room';
import { registration } from '../services/registration/room';
import { results } from '../services/results/room';
import { surgery } from '../services/surgery/room';
import { synthesis } from '../services/synthesis/room';
import { tenant } from '../services/tenant/room';
import { theatre } from '../services/theatre/room';
import { tour } from '../services/tour/room';
import { workflow } from '../services/workflow/room';
import { watch } from '../services/watch/room';
import type { Room } from '../slots';

/** Every room of the house; the order is that of the navigation. */
export const rooms: Room[] = [home, records, agenda, theatre, notes, orders, synthesis, find, results, surgery, workflow, documents, registration, consent, perioperative, access, admin, tenant, audit, watch, account, authorise, live, tour, booking];
