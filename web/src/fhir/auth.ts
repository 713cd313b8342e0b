// The verbs at the door (/api/v1/auth): each ends with somebody signed in, or with the next question.
import { resumeSession } from './account';
import { Failure, getJson, postJson } from './http';
import { signWithPasskey, type OptionsJson } from './webauthn';

export interface Upstream { id: string; title: string; simulator: boolean }

export interface Methods {
  password: boolean;
  passkey: boolean;
  upstream: Upstream[];
  station: { id: string; name: string } | null;
}

/** The ways in that this installation offers. */
export async function readMethods(): Promise<Methods> {
  const answer = (await getJson<Partial<Methods> | null>('/api/v1/auth/methods')) ?? {};
  return { password: answer.password ?? false, passkey: answer.passkey ?? false, upstream: answer.upstream ?? [], station: answer.station ?? null };
}

export type SecondMethod = 'totp' | 'passkey' | 'recovery';

/** What is still asked of somebody whose password was right. */
export interface Step { ticket: string; methods: SecondMethod[] }

interface Answer { next?: string; ticket?: string; methods?: SecondMethod[] }

/** Somebody is signed in, or the second factor is asked. */
async function after(answer: Answer | null): Promise<Step | null> {
  if (answer?.next === 'second-factor' && answer.ticket) return { ticket: answer.ticket, methods: answer.methods ?? ['totp'] };
  await resumeSession();
  return null;
}

export const signIn = async (user: string, password: string): Promise<Step | null> => after(await postJson<Answer>('/api/v1/auth/login', { user, password }));

export type Proof = { totp: string } | { recovery: string };

export async function proveSecond(ticket: string, proof: Proof): Promise<void> {
  await postJson('/api/v1/auth/second-factor', { ticket, ...proof });
  await resumeSession();
}

interface Begun { ticket: string; options: OptionsJson }

async function begin(path: string): Promise<Begun> {
  const begun = await postJson<Begun>(path, {});
  if (!begun) throw new Failure('server', 200, '', null);
  return begun;
}

/** A passkey alone: it is something held and something known, or a finger, at once. */
export async function signInPasskey(quiet?: AbortSignal): Promise<void> {
  const { ticket, options } = await begin('/api/v1/auth/passkey/begin');
  const credential = await signWithPasskey(options, quiet);
  await postJson('/api/v1/auth/passkey/finish', { ticket, credential });
  await resumeSession();
}

export async function signInPin(user: string, pin: string): Promise<void> {
  await postJson('/api/v1/auth/station-reentry', { user, pin });
  await resumeSession();
}

export type Freshness = { password: string } | { totp: string } | { pin: string };

export const proveFresh = async (proof: Freshness): Promise<void> => void (await postJson('/api/v1/auth/fresh', proof));

export async function proveFreshPasskey(): Promise<void> {
  const { ticket, options } = await begin('/api/v1/auth/fresh/passkey/begin');
  const credential = await signWithPasskey(options);
  await postJson('/api/v1/auth/fresh', { passkey: { ticket, credential }, ticket, credential });
}

export const askReset = async (userOrMail: string): Promise<void> => void (await postJson('/api/v1/auth/reset-password', { user_or_mail: userOrMail }));

export interface Invitation { user: string; name: string; tenantTitle: string; kind: 'invitation' | 'reset' }

export async function readInvitation(token: string, signal?: AbortSignal): Promise<Invitation> {
  const answer = await getJson<{ user?: string; name?: string; tenant_title?: string; kind?: string }>(`/api/v1/auth/invitation?token=${encodeURIComponent(token)}`, signal);
  return { user: answer.user ?? '', name: answer.name ?? '', tenantTitle: answer.tenant_title ?? '', kind: answer.kind === 'reset' ? 'reset' : 'invitation' };
}

/** Sets the first or the new password; the invited person is then signed in, or asked for the second factor they have. */
export const acceptInvitation = async (token: string, password: string): Promise<Step | null> =>
  after(await postJson<Answer>('/api/v1/auth/invitation', { token, password }));

const NONCE = 'medhub.upstream';

/** The address that begins a sign-in elsewhere; what it brings back counts only in the tab that left. */
export function upstreamStart(id: string): string {
  const nonce = crypto.randomUUID();
  sessionStorage.setItem(NONCE, nonce);
  const back = window.location.pathname === '/connexion' ? '/' : window.location.pathname + window.location.search;
  return `/auth/upstream/${encodeURIComponent(id)}/start?${new URLSearchParams({ return: back, nonce })}`;
}

export async function finishUpstream(ticket: string): Promise<Step | null> {
  const nonce = sessionStorage.getItem(NONCE) ?? '';
  sessionStorage.removeItem(NONCE);
  return after(await postJson<Answer>('/api/v1/auth/upstream/finish', { ticket, nonce }));
}

/** Tells the server that somebody is still at work in this page. */
export const keepAlive = async (): Promise<void> => void (await postJson('/api/v1/auth/refresh-token', {}));
