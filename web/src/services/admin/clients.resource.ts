// Applications that may ask for tokens: SMART apps, confidential web apps, programs without a person.
import { useQuery } from '@tanstack/react-query';
import { getRows } from '../../fhir/verbs';

export type ClientKind = 'public' | 'confidential' | 'backend';
export const CLIENT_KINDS: ClientKind[] = ['public', 'confidential', 'backend'];

export interface Client {
  id: string;
  name: string;
  kind: ClientKind;
  auth: string;
  url: string;
  launchUrl: string;
  redirectUris: string[];
  scopes: string[];
  jwksUri: string;
  disabled: boolean;
  created: string | undefined;
  by: string;
  /** What a change must send back, for it replaces everything. */
  told: Record<string, unknown>;
}

interface ClientAnswer {
  id?: string;
  name?: string;
  url?: string | null;
  auth?: string;
  redirect_uris?: string[];
  launch_url?: string | null;
  grant_types?: string[];
  scopes?: string[] | string;
  jwks_uri?: string | null;
  disabled?: boolean;
  created?: string;
  by?: string | null;
  jwks?: unknown;
}

/** A program with no one before it takes tokens with its own key alone. */
function kindOf(answer: ClientAnswer): ClientKind {
  if (answer.grant_types?.includes('client_credentials')) return 'backend';
  return answer.auth === 'none' ? 'public' : 'confidential';
}

export function clientView(answer: ClientAnswer): Client {
  return {
    id: answer.id ?? '',
    name: answer.name || answer.id || '',
    kind: kindOf(answer),
    auth: answer.auth ?? 'none',
    url: answer.url ?? '',
    launchUrl: answer.launch_url ?? '',
    redirectUris: answer.redirect_uris ?? [],
    scopes: typeof answer.scopes === 'string' ? answer.scopes.split(/\s+/).filter(Boolean) : (answer.scopes ?? []),
    jwksUri: answer.jwks_uri ?? '',
    disabled: answer.disabled ?? false,
    created: answer.created,
    by: answer.by ?? '',
    told: Object.fromEntries(Object.entries(answer).filter(([name]) => !['id', 'created', 'by'].includes(name))),
  };
}

export function useClients() {
  return useQuery({
    queryKey: ['oauth-clients'],
    queryFn: async ({ signal }) => (await getRows<ClientAnswer>('oauth/clients', 'clients', signal)).map(clientView),
  });
}

export interface ClientDraft {
  kind: ClientKind;
  name: string;
  url: string;
  redirects: string;
  launchUrl: string;
  keyAddress: string;
  keys: string;
  scopes: string[];
  more: string;
}

export const EMPTY_CLIENT: ClientDraft = { kind: 'public', name: '', url: '', redirects: '', launchUrl: '', keyAddress: '', keys: '', scopes: [], more: '' };

/** The draft that a change begins with. */
export function clientDraft(client: Client): ClientDraft {
  const offered = client.scopes.filter((scope) => OFFERED[client.kind].includes(scope));
  return {
    kind: client.kind,
    name: client.name,
    url: client.url,
    redirects: client.redirectUris.join('\n'),
    launchUrl: client.launchUrl,
    keyAddress: client.jwksUri,
    keys: client.told.jwks ? JSON.stringify(client.told.jwks, null, 1) : '',
    scopes: offered,
    more: client.scopes.filter((scope) => !offered.includes(scope)).join(' '),
  };
}

/** What is sent to change a client: what the form does not ask stays as it was. */
export function changedBody(client: Client, draft: ClientDraft): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(client.told).filter(([name]) => !['url', 'launch_url', 'jwks', 'jwks_uri'].includes(name)));
  return { ...kept, ...clientBody(draft) };
}

/** Scopes that the wizard offers, by kind (SMART App Launch 2.2); others are typed. */
export const OFFERED: Record<ClientKind, string[]> = {
  public: ['openid', 'fhirUser', 'launch', 'launch/patient', 'patient/*.rs', 'offline_access'],
  confidential: ['openid', 'fhirUser', 'launch', 'launch/patient', 'patient/*.rs', 'user/*.rs', 'user/*.cruds', 'offline_access'],
  backend: ['system/Patient.rs', 'system/Observation.rs', 'system/Observation.cruds', 'system/*.rs', 'system/*.cruds', 'scim'],
};

const lines = (text: string) => text.split(/\s+/).filter(Boolean);

export type DraftFault = 'name' | 'redirects' | 'keys' | 'scopes';

/** A local address may be plain http, for an app on the same machine; any other must be https. */
const isRedirect = (text: string): boolean => {
  try {
    const url = new URL(text);
    return !url.hash && (url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) || !/^https?:$/.test(url.protocol));
  } catch {
    return false;
  }
};

export function draftFaults(draft: ClientDraft): DraftFault[] {
  const faults: DraftFault[] = [];
  if (!draft.name.trim()) faults.push('name');
  const redirects = lines(draft.redirects);
  if (draft.kind !== 'backend' && (!redirects.length || !redirects.every(isRedirect))) faults.push('redirects');
  if (draft.kind === 'backend' && !isKey(draft)) faults.push('keys');
  if (!scopesOf(draft).length) faults.push('scopes');
  return faults;
}

function isKey(draft: ClientDraft): boolean {
  if (draft.keyAddress.trim()) return draft.keyAddress.trim().startsWith('https://');
  try {
    return Array.isArray((JSON.parse(draft.keys) as { keys?: unknown }).keys);
  } catch {
    return false;
  }
}

export const scopesOf = (draft: ClientDraft): string[] => [...new Set([...draft.scopes.filter((scope) => OFFERED[draft.kind].includes(scope)), ...lines(draft.more)])];

/** What is sent for a draft without faults. */
export function clientBody(draft: ClientDraft): Record<string, unknown> {
  const backend = draft.kind === 'backend';
  const scopes = scopesOf(draft);
  const grants = backend ? ['client_credentials'] : ['authorization_code', ...(scopes.includes('offline_access') ? ['refresh_token'] : [])];
  return {
    name: draft.name.trim(),
    ...(draft.url.trim() ? { url: draft.url.trim() } : {}),
    auth: { public: 'none', confidential: 'client_secret_basic', backend: 'private_key_jwt' }[draft.kind],
    grant_types: grants,
    redirect_uris: backend ? [] : lines(draft.redirects),
    ...(!backend && draft.launchUrl.trim() ? { launch_url: draft.launchUrl.trim() } : {}),
    ...(backend && draft.keyAddress.trim() ? { jwks_uri: draft.keyAddress.trim() } : {}),
    ...(backend && !draft.keyAddress.trim() ? { jwks: JSON.parse(draft.keys) as unknown } : {}),
    scopes,
  };
}
