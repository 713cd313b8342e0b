import { access } from '../services/access/room';
import { admin } from '../services/admin/room';
import { account } from '../services/account/room';
import { audit } from '../services/audit/room';
import { authorise } from '../services/authorise/room';
import { records } from '../services/records/room';
import { tenant } from '../services/tenant/room';
import type { Room } from '../slots';

/** Every room of the house; the order is that of the navigation. */
export const rooms: Room[] = [records, access, admin, tenant, audit, account, authorise];
