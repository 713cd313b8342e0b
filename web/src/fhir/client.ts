// FHIR REST reads (http://hl7.org/fhir/R4/http.html) against the tenant of the session.
import { getJson } from './http';
import { session } from './session';
import type { Bundle, Resource } from './types';

export type Query = Record<string, string | string[] | undefined>;

export interface Page<T> {
  rows: T[];
  included: Resource[];
  total: number | null;
  /** Path of the next page on this origin, null on the last one. */
  next: string | null;
}

export function fhirBase(): string {
  const current = session.get();
  if (!('me' in current)) throw new Error('no session');
  return `/t/${encodeURIComponent(current.me.tenant)}/fhir`;
}

export function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one) params.append(key, one);
  }
  return params.toString();
}

/** A page link may carry the server's own idea of its host name: only path and query are kept. */
function samePath(url: string): string {
  const parsed = new URL(url, window.location.origin + fhirBase() + '/');
  return parsed.pathname + parsed.search;
}

export function pageOf<T extends Resource>(bundle: Bundle): Page<T> {
  const rows: T[] = [];
  const included: Resource[] = [];
  for (const entry of bundle.entry ?? []) {
    if (!entry.resource || entry.search?.mode === 'outcome') continue;
    if (entry.search?.mode === 'include') included.push(entry.resource);
    else rows.push(entry.resource as T);
  }
  const next = bundle.link?.find((link) => link.relation === 'next')?.url;
  return { rows, included, total: bundle.total ?? null, next: next ? samePath(next) : null };
}

export async function fhirPage<T extends Resource>(path: string, signal?: AbortSignal): Promise<Page<T>> {
  return pageOf<T>(await getJson<Bundle>(path, signal));
}

export function searchPath(type: string, query: Query): string {
  const text = queryString(query);
  return `${fhirBase()}/${type}${text ? `?${text}` : ''}`;
}

export function fhirSearch<T extends Resource>(type: string, query: Query, signal?: AbortSignal): Promise<Page<T>> {
  return fhirPage<T>(searchPath(type, query), signal);
}

/** Reads on until the last page or `limit` rows; says whether something was left out. */
export async function fhirSearchAll<T extends Resource>(type: string, query: Query, limit: number, signal?: AbortSignal) {
  const rows: T[] = [];
  let path: string | null = searchPath(type, query);
  while (path && rows.length < limit) {
    const page: Page<T> = await fhirPage<T>(path, signal);
    rows.push(...page.rows);
    path = page.next;
  }
  return { rows, complete: path === null };
}

export function fhirRead<T extends Resource>(type: string, id: string, signal?: AbortSignal): Promise<T> {
  return getJson<T>(`${fhirBase()}/${type}/${encodeURIComponent(id)}`, signal);
}

export async function fhirCount(type: string, signal?: AbortSignal): Promise<number> {
  const bundle = await getJson<Bundle>(searchPath(type, { _summary: 'count' }), signal);
  return bundle.total ?? 0;
}
