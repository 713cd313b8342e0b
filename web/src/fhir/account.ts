// The session verbs of /api/v1.
import { Failure, getJson, postJson } from './http';
import { mayLeave } from './leave';
import { session, type Me } from './session';

interface MeAnswer {
  user?: string;
  name?: string;
  tenant?: string;
  tenant_title?: string;
  roles?: string[];
  practitioner?: string | null;
  demo?: boolean;
  mail?: string | null;
  second_factor?: boolean;
  must?: string[];
  session?: { idle_s?: number } | null;
  break_glass?: { patient?: string; until?: string }[];
  station?: { id?: string; name?: string } | null;
}

export interface DemoAccount {
  user: string;
  name: string;
  title: string;
  roles: string[];
}

/** `Patient/x` or `x`: only the id. */
const bareId = (reference: string): string => reference.split('/').pop() ?? reference;

function meOf(answer: MeAnswer): Me {
  const user = answer.user ?? '';
  const tenant = answer.tenant ?? '';
  return {
    user,
    name: answer.name || user,
    tenant,
    tenantTitle: answer.tenant_title || tenant,
    roles: answer.roles ?? [],
    practitioner: answer.practitioner ?? null,
    demo: answer.demo ?? false,
    mail: answer.mail ?? null,
    secondFactor: answer.second_factor ?? false,
    must: answer.must ?? [],
    idle: answer.session?.idle_s ?? null,
    breakGlass: (answer.break_glass ?? []).flatMap(({ patient, until }) => (patient && until ? [{ patient: bareId(patient), until }] : [])),
    station: answer.station?.id ? { id: answer.station.id, name: answer.station.name ?? '' } : null,
  };
}

export const readMe = async (): Promise<Me> => meOf(await getJson<MeAnswer>('/api/v1/me'));

/** Asks who is signed in; sets the session to `in` or `out`. Other failures are thrown. */
export async function resumeSession(): Promise<void> {
  try {
    session.set({ state: 'in', me: await readMe() });
  } catch (error) {
    if (error instanceof Failure && (error.kind === 'expired' || error.kind === 'denied')) session.set({ state: 'out' });
    else throw error;
  }
}

/** Sample accounts of the demonstration clinic; an installation without them answers 404, told as null. */
export async function demoAccounts(): Promise<DemoAccount[] | null> {
  try {
    const answer = await getJson<Partial<DemoAccount>[] | { accounts?: Partial<DemoAccount>[] }>('/api/v1/demo/accounts');
    const rows = Array.isArray(answer) ? answer : (answer.accounts ?? []);
    return rows.map((row) => ({ user: row.user ?? '', name: row.name || row.user || '', title: row.title ?? '', roles: row.roles ?? [] }));
  } catch (error) {
    if (error instanceof Failure && error.status === 404) return null;
    throw error;
  }
}

/** What every invented person of the demonstration clinic has for a password. */
export const SAMPLE_PASSWORD = 'Clinique-exemple-2026';

export async function signInDemo(user: string): Promise<void> {
  await postJson('/api/v1/demo/login', { user });
  await resumeSession();
}

export async function signInToken(token: string): Promise<void> {
  await postJson('/api/v1/auth/token-session', { token });
  await resumeSession();
}

export async function signOut(): Promise<void> {
  if (!(await mayLeave())) return;
  await postJson('/api/v1/auth/logout', {});
  // What a form kept of a patient until it was sent does not stay in a tab that others may use.
  sessionStorage.clear();
  session.set({ state: 'out' });
}
