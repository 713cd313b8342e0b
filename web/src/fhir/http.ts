// One way out of the browser: every request of the app goes through here, so that an ended session,
// an unreachable server and a refusal are seen and told in one place.
import { freshFactor } from './fresh';
import { fhirParse } from './json';
import { connection, session } from './session';
import { deviceToken, stationToken } from './station';
import type { OperationOutcome } from './types';

export type FailureKind = 'expired' | 'denied' | 'missing' | 'gone' | 'refused' | 'limited' | 'unreachable' | 'server';

export interface FieldFault { field: string; code: string; message: string }

/** A request that did not succeed; `message` is the server's own sentence in the caller's language, or empty. */
export class Failure extends Error {
  /** When it was told, in milliseconds since 1970. */
  readonly at = Date.now();

  constructor(
    readonly kind: FailureKind,
    readonly status: number,
    message: string,
    readonly requestId: string | null,
    /** The stable name of the refusal, such as `auth.fresh-factor`; empty where the server gave none. */
    readonly code: string = '',
    /** What is wrong, field by field, where the server says it. */
    readonly fields: readonly FieldFault[] = [],
    /** Seconds to wait before asking again, where the server says so. */
    readonly retryAfter: number | null = null,
    /** The whole refusal, where it says more than a sentence: the known patients of a registration, for one. */
    readonly body: unknown = null,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

const KINDS: Record<number, FailureKind> = { 401: 'expired', 403: 'denied', 404: 'missing', 410: 'gone', 429: 'limited' };

function kindOf(status: number): FailureKind {
  return KINDS[status] ?? (status >= 500 ? 'server' : 'refused');
}

interface Problem { detail?: string; title?: string; code?: string; errors?: Partial<FieldFault>[] }

interface Told { message: string; code: string; fields: FieldFault[]; body: unknown }

function toldBy(text: string): Told {
  try {
    const body = JSON.parse(text) as Problem & OperationOutcome;
    if (body.resourceType === 'OperationOutcome') {
      const issue = body.issue?.find((i) => i.severity === 'error' || i.severity === 'fatal') ?? body.issue?.[0];
      return { message: issue?.details?.text ?? issue?.diagnostics ?? '', code: '', fields: [], body };
    }
    const fields = (body.errors ?? []).flatMap(({ field, code = '', message = '' }) => (field ? [{ field, code, message }] : []));
    return { message: body.detail ?? body.title ?? '', code: body.code ?? '', fields, body };
  } catch {
    return { message: '', code: '', fields: [], body: null };
  }
}

/** A refused sign-in is a 401 too, and ends no session. */
const DOOR = '/api/v1/auth/';
/** Where the server wants to know which browser asks. */
const KNOWS_PLACE = /^\/api\/v1\/(auth|account|demo)\//;

/** Says which browser this is. */
function knownPlace(headers: Headers): void {
  const [station, device] = [stationToken(), deviceToken()];
  if (station) headers.set('X-Medhub-Station', station);
  if (device) headers.set('X-Medhub-Device', device);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Accept-Language', document.documentElement.lang || 'fr');
  if (init.method && init.method !== 'GET') headers.set('X-Medhub', '1');
  if (KNOWS_PLACE.test(path)) knownPlace(headers);
  try {
    const response = await fetch(path, { credentials: 'same-origin', ...init, headers });
    connection.set({ reachable: true });
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    connection.set({ reachable: false });
    throw new Failure('unreachable', 0, '', null);
  }
}

function failureOf(response: Response, text: string, path: string): Failure {
  const { message, code, fields, body } = toldBy(text);
  const kind = response.status === 401 && path.startsWith(DOOR) ? 'refused' : kindOf(response.status);
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return new Failure(kind, response.status, message, response.headers.get('x-request-id'), code, fields, Number.isNaN(seconds) ? null : seconds, body);
}

/** Whether the call may be made again: the person proved again who they are, or came back to the page that they left. */
async function mayRepeat(failure: Failure, init: RequestInit): Promise<boolean> {
  if (failure.code === 'auth.fresh-factor') return freshFactor.ask();
  if (failure.kind !== 'expired') return false;
  const wasIn = session.expire();
  // A reading is asked anew by whoever shows it; a change waits for its author, so that nothing typed is lost.
  return wasIn && init.method !== undefined && init.method !== 'GET' && session.returned();
}

async function answered(path: string, init: RequestInit, again = false): Promise<Response> {
  const response = await send(path, init);
  if (response.ok) return response;
  const failure = failureOf(response, await response.text(), path);
  if (!again && (await mayRepeat(failure, init))) return answered(path, init, true);
  if (again && failure.kind === 'expired') session.expire();
  throw failure;
}

/**
 * Sends a request and returns the body as text; throws `Failure`. A 401 marks the session as ended; where the server
 * wants a fresh proof of who is asking, the person is asked for it and the call is made once more.
 */
export async function request(path: string, init: RequestInit = {}): Promise<string> {
  return (await answered(path, init)).text();
}

/** A file, such as the pages of a document. */
export async function getBytes(path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await answered(path, { signal })).arrayBuffer());
}

/** A file that is made of what is sent. */
export async function postBytes(path: string, body: unknown, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const init = { method: 'POST', signal, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  return new Uint8Array(await (await answered(path, init)).arrayBuffer());
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return fhirParse<T>(await request(path, { signal, headers: { Accept: 'application/fhir+json, application/json' } }));
}

/** A verb that changes something; null where the server has nothing to say about it. */
export async function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T | null> {
  const text = await request(path, {
    method,
    headers: body === undefined ? { Accept: 'application/json' } : { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return text ? (JSON.parse(text) as T) : null;
}

export const postJson = <T>(path: string, body: unknown): Promise<T | null> => sendJson<T>('POST', path, body);
