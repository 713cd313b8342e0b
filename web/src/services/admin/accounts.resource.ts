// Accounts of the tenant, as the administration verbs of /api/v1 give them.
import { useQuery } from '@tanstack/react-query';
import { fhirSearch } from '../../fhir/client';
import { getRows } from '../../fhir/verbs';
import { rppsOf, type Practitioner } from '../../design/PersonPickers';

/** A patient's account comes from the portal, a program's from its client: neither is invited here. */
export const STAFF_ROLES = ['surgeon', 'anaesthetist', 'clinician', 'nurse', 'pharmacist', 'secretary', 'billing', 'medical_admin', 'auditor'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export interface Delegation { n: number; for: string; until: string | undefined }

export interface Account {
  id: string;
  user: string;
  name: string;
  /** What the person does here, in words. */
  title: string;
  mail: string;
  roles: string[];
  /** `Practitioner/…`, or `Patient/…` in the portal. */
  person: string | null;
  disabled: boolean;
  secondFactor: boolean;
  lastSeen: string | undefined;
  /** Was invited and has not chosen a password yet. */
  invited: boolean;
  delegations: Delegation[];
}

interface AccountAnswer {
  id?: string;
  user?: string;
  name?: string;
  title?: string | null;
  mail?: string | null;
  roles?: string[];
  person?: string | null;
  disabled?: boolean;
  second_factor?: boolean;
  last_seen?: string | null;
  password_set?: boolean;
  delegations?: { n?: number; for?: string; until?: string }[];
}

/** A delegation holds until an instant, the first of the next day: what is told is its last day. */
function lastDay(until: string | undefined): string | undefined {
  const at = Date.parse(until ?? '');
  return Number.isNaN(at) ? undefined : new Date(at - 1).toISOString().slice(0, 10);
}

export function accountView(answer: AccountAnswer): Account {
  return {
    id: answer.id ?? '',
    user: answer.user ?? '',
    name: answer.name || answer.user || '',
    title: answer.title ?? '',
    mail: answer.mail ?? '',
    roles: answer.roles ?? [],
    person: answer.person ?? null,
    disabled: answer.disabled ?? false,
    secondFactor: answer.second_factor ?? false,
    lastSeen: answer.last_seen ?? undefined,
    invited: answer.password_set === false && !answer.second_factor && !answer.last_seen,
    delegations: (answer.delegations ?? []).map((one, index) => ({ n: one.n ?? index, for: one.for ?? '', until: lastDay(one.until) })),
  };
}

export type AccountState = 'active' | 'invited' | 'disabled';
export const stateOf = (account: Account): AccountState => (account.disabled ? 'disabled' : account.invited ? 'invited' : 'active');

export function useAccounts() {
  return useQuery({
    queryKey: ['accounts'],
    queryFn: async ({ signal }) => (await getRows<AccountAnswer>('accounts', 'accounts', signal)).map(accountView).sort((a, b) => a.name.localeCompare(b.name, 'fr')),
  });
}

/** RPPS numbers of the professionals behind the accounts, by reference. */
export function useRpps(accounts: Account[] | undefined) {
  const ids = [...new Set((accounts ?? []).flatMap((a) => (a.person?.startsWith('Practitioner/') ? [a.person.slice('Practitioner/'.length)] : [])))].sort();
  return useQuery({
    queryKey: ['fhir', 'Practitioner', 'rpps', ids],
    enabled: ids.length > 0,
    queryFn: async ({ signal }) => {
      const page = await fhirSearch<Practitioner>('Practitioner', { _id: ids.join(','), _count: String(ids.length) }, signal);
      return new Map(page.rows.map((one) => [`Practitioner/${one.id}`, rppsOf(one)]));
    },
  });
}

export interface AccountSession {
  id: string;
  device: string;
  address: string;
  created: string | undefined;
  used: string | undefined;
  current: boolean;
  client: string | null;
}

export function useAccountSessions(account: string) {
  return useQuery({
    queryKey: ['account-sessions', account],
    staleTime: 0,
    queryFn: async ({ signal }) =>
      (await getRows<Partial<AccountSession>>(`accounts/${encodeURIComponent(account)}/sessions`, 'sessions', signal)).map(
        (one): AccountSession => ({
          id: one.id ?? '',
          device: one.device ?? '',
          address: one.address ?? '',
          created: one.created,
          used: one.used,
          current: one.current ?? false,
          client: one.client ?? null,
        }),
      ),
  });
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The accounts whose name, identifier, mail or role's word starts with what was typed. */
export function filterAccounts(accounts: Account[], typed: string, state: string, roleWord: (role: string) => string): Account[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return accounts.filter((account) => {
    if (state && stateOf(account) !== state) return false;
    const parts = fold([account.name, account.user, account.mail, ...account.roles.map(roleWord)].join(' ')).split(/[\s.@'’-]+/);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
}

/** « claire.durand » from « Dr Claire DURAND », to be corrected by hand. */
export function suggestUser(name: string): string {
  const words = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9\s-]/g, ' ').split(/\s+/).filter((word) => word && !['dr', 'pr', 'mme', 'm'].includes(word));
  return words.length > 1 ? `${words[0]}.${words.slice(1).join('-')}` : (words[0] ?? '');
}
