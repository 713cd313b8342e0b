// One way out of the browser: every request of the app goes through here, so that an ended session,
// an unreachable server and a refusal are seen and told in one place.
import { fhirParse } from './json';
import { connection, session } from './session';
import type { OperationOutcome } from './types';

export type FailureKind = 'expired' | 'denied' | 'missing' | 'gone' | 'refused' | 'limited' | 'unreachable' | 'server';

/** A request that did not succeed; `message` is the server's own sentence in the caller's language, or empty. */
export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly status: number,
    message: string,
    readonly requestId: string | null,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

const KINDS: Record<number, FailureKind> = { 401: 'expired', 403: 'denied', 404: 'missing', 410: 'gone', 429: 'limited' };

function kindOf(status: number): FailureKind {
  return KINDS[status] ?? (status >= 500 ? 'server' : 'refused');
}

interface Problem { detail?: string; title?: string }

function sentenceOf(text: string): string {
  try {
    const body = JSON.parse(text) as Problem & OperationOutcome;
    if (body.resourceType === 'OperationOutcome') {
      const issue = body.issue?.find((i) => i.severity === 'error' || i.severity === 'fatal') ?? body.issue?.[0];
      return issue?.details?.text ?? issue?.diagnostics ?? '';
    }
    return body.detail ?? body.title ?? '';
  } catch {
    return '';
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
  throw new Failure(kindOf(response.status), response.status, sentenceOf(text), response.headers.get('x-request-id'));
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return fhirParse<T>(await request(path, { signal, headers: { Accept: 'application/fhir+json, application/json' } }));
}

export async function postJson<T>(path: string, body: unknown): Promise<T | null> {
  const text = await request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });
  return text ? (JSON.parse(text) as T) : null;
}
