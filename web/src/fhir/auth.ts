// The verbs at the door (/api/v1/auth): each ends with somebody signed in, or with the next question.
import { resumeSession } from './account';
import { Failure, getJson, postJson } from './http';
import { keepDevice } from './station';
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
export interface Step {
  ticket: string;
  methods: SecondMethod[];
  /** The question for the person's own passkeys, where they have some. */
  passkey: OptionsJson | null;
}

interface Answer { next?: string; ticket?: string; methods?: SecondMethod[]; passkey?: OptionsJson; device?: string }

/** Somebody is signed in, or the second factor is asked. */
async function after(answer: Answer | null): Promise<Step | null> {
  if (answer?.device) keepDevice(answer.device);
  if (answer?.next === 'second-factor' && answer.ticket) return { ticket: answer.ticket, methods: answer.methods ?? ['totp'], passkey: answer.passkey ?? null };
  await resumeSession();
  return null;
}

/** On a server of several clinics the address of the page names one; most have one, and nothing to name. */
function tenantHere(): { tenant?: string } {
  const named = new URLSearchParams(window.location.search).get('tenant');
  return named ? { tenant: named } : {};
}

const ask = async (path: string, body: object): Promise<Answer | null> => postJson<Answer>(`/api/v1/auth/${path}`, { ...tenantHere(), ...body });

export const signIn = async (user: string, password: string): Promise<Step | null> => after(await ask('login', { user, password }));

export type Proof = { totp: string } | { recovery: string };

export const proveSecond = async (ticket: string, proof: Proof): Promise<void> => void (await after(await ask('second-factor', { ticket, ...proof })));

/** One of the person's own passkeys, or any passkey of theirs where the server did not name them. */
export async function proveSecondPasskey({ ticket, passkey }: Step): Promise<void> {
  if (!passkey) return signInPasskey();
  await after(await ask('second-factor', { ticket, passkey: await signWithPasskey(passkey) }));
}

interface Begun { ticket: string; options: OptionsJson }

async function begin(path: string): Promise<Begun> {
  const begun = await postJson<Begun>(path, tenantHere());
  if (!begun) throw new Failure('server', 200, '', null);
  return begun;
}

/** A passkey alone: it is something held and something known, or a finger, at once. */
export async function signInPasskey(quiet?: AbortSignal): Promise<void> {
  const { ticket, options } = await begin('/api/v1/auth/passkey/begin');
  const credential = await signWithPasskey(options, quiet);
  await after(await ask('passkey/finish', { ticket, credential }));
}

export const signInPin = async (user: string, pin: string): Promise<void> => void (await after(await ask('station-reentry', { user, pin })));

export type Freshness = { password: string } | { totp: string } | { pin: string };

export const proveFresh = async (proof: Freshness): Promise<void> => void (await postJson('/api/v1/auth/fresh', proof));

export async function proveFreshPasskey(): Promise<void> {
  const { ticket, options } = await begin('/api/v1/auth/fresh/passkey/begin');
  const credential = await signWithPasskey(options);
  await postJson('/api/v1/auth/fresh', { ticket, credential });
}

export const askReset = async (userOrMail: string): Promise<void> => void (await ask('reset-password', { user_or_mail: userOrMail }));

const SHORTEST = 15;

export interface Invitation { user: string; name: string; tenantTitle: string; kind: 'invitation' | 'reset'; shortest: number }

/** What the link of a mail carries; it stands behind the `#`, which no server and no log ever sees. */
export interface InvitationLink { token: string; tenant?: string }

export function invitationLink(): InvitationLink {
  const params = new URLSearchParams(window.location.hash.slice(1) || window.location.search);
  const tenant = params.get('tenant');
  return { token: params.get('token') ?? '', ...(tenant ? { tenant } : {}) };
}

interface InvitationAnswer { user?: string; name?: string; tenant_title?: string; kind?: string; password_min?: number }

/** Asked with a body: what still opens an account stands in no address, and so in no log. */
export async function readInvitation(link: InvitationLink): Promise<Invitation> {
  const answer = (await postJson<InvitationAnswer>('/api/v1/auth/invitation/look', link)) ?? {};
  return { user: answer.user ?? '', name: answer.name ?? '', tenantTitle: answer.tenant_title ?? '', kind: answer.kind === 'reset' ? 'reset' : 'invitation', shortest: answer.password_min ?? SHORTEST };
}

/** Sets the first or the new password; the invited person is then signed in, or asked for the second factor they have. */
export const acceptInvitation = async (link: InvitationLink, password: string): Promise<Step | null> => after(await ask('invitation', { ...link, password }));

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
  return after(await ask('upstream/finish', { ticket, nonce }));
}

/** Tells the server that somebody is still at work in this page. */
export const keepAlive = async (): Promise<void> => void (await postJson('/api/v1/auth/refresh-token', {}));
