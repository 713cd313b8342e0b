// One way out of the browser: every request of the app goes through here, so that an ended session,
// an unreachable server and a refusal are seen and told in one place.
import { fhirParse } from './json';
import { connection, session } from './session';
import type { OperationOutcome } from './types';

export type FailureKind = 'expired' | 'denied' | 'missing' | 'gone' | 'refused' | 'limited' | 'unreachable' | 'server';

export interface FieldFault { field: string; code: string; message: string }

/** A request that did not succeed; `message` is the server's own sentence in the caller's language, or empty. */
export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly status: number,
    message: string,
    readonly requestId: string | null,
    /** The stable name of the refusal, such as `auth.fresh-factor`; empty where the server gave none. */
    readonly code: string = '',
    /** What is wrong, field by field, where the server says it. */
    readonly fields: readonly FieldFault[] = [],
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

interface Told { message: string; code: string; fields: FieldFault[] }

function toldBy(text: string): Told {
  try {
    const body = JSON.parse(text) as Problem & OperationOutcome;
    if (body.resourceType === 'OperationOutcome') {
      const issue = body.issue?.find((i) => i.severity === 'error' || i.severity === 'fatal') ?? body.issue?.[0];
      return { message: issue?.details?.text ?? issue?.diagnostics ?? '', code: '', fields: [] };
    }
    const fields = (body.errors ?? []).flatMap(({ field, code = '', message = '' }) => (field ? [{ field, code, message }] : []));
    return { message: body.detail ?? body.title ?? '', code: body.code ?? '', fields };
  } catch {
    return { message: '', code: '', fields: [] };
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Accept-Language', document.documentElement.lang || 'fr');
  if (init.method && init.method !== 'GET') headers.set('X-Medhub', '1');
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

/** Sends a request and returns the body as text; throws `Failure`. A 401 marks the session as ended. */
export async function request(path: string, init: RequestInit = {}): Promise<string> {
  const response = await send(path, init);
  const text = await response.text();
  if (response.ok) return text;
  if (response.status === 401) session.expire();
  const { message, code, fields } = toldBy(text);
  throw new Failure(kindOf(response.status), response.status, message, response.headers.get('x-request-id'), code, fields);
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
