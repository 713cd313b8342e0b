// Changes of a chart by FHIR REST: create, update with the version that was seen, several at once as one transaction.
// What was read is written back whole, so that members this app knows nothing of are kept.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { fhirBase } from '../../fhir/client';
import { Failure, request } from '../../fhir/http';
import { fhirParse } from '../../fhir/json';
import type { Bundle, Resource } from '../../fhir/types';

const JSON_TYPE = { 'Content-Type': 'application/fhir+json', Accept: 'application/fhir+json' };
const MARK = '\u0001';
const WRITTEN = /^-?\d+\.\d*0$/;

/** JSON of a resource; a decimal that was kept as text for its last zero (see fhir/json.ts) is a number again. */
export function fhirText(resource: unknown): string {
  const text = JSON.stringify(resource, function (this: unknown, key: string, value: unknown) {
    const holder = this as { unit?: unknown; code?: unknown };
    const quantity = key === 'value' && typeof value === 'string' && WRITTEN.test(value) && (typeof holder.unit === 'string' || typeof holder.code === 'string');
    return quantity ? MARK + value + MARK : value;
  });
  return text.replace(/"\\u0001(-?\d+\.\d*0)\\u0001"/g, '$1');
}

const path = (type: string, id?: string) => `${fhirBase()}/${type}${id ? `/${encodeURIComponent(id)}` : ''}`;

export interface Entry { type: string; resource: Resource }

async function create<T extends Resource>(resource: T): Promise<T> {
  return fhirParse<T>(await request(path(resource.resourceType), { method: 'POST', headers: { ...JSON_TYPE, Prefer: 'return=representation' }, body: fhirText(resource) }));
}

/** Refused with 412 when somebody else changed it since it was read. */
async function update<T extends Resource>(resource: T): Promise<T> {
  const version = resource.meta?.versionId;
  const headers = { ...JSON_TYPE, Prefer: 'return=representation', ...(version ? { 'If-Match': `W/"${version}"` } : {}) };
  return fhirParse<T>(await request(path(resource.resourceType, resource.id), { method: 'PUT', headers, body: fhirText(resource) }));
}

export const save = <T extends Resource>(resource: T): Promise<T> => (resource.id ? update(resource) : create(resource));

/** The version in `W/"3"`. */
const versionIn = (etag: string | undefined): string | undefined => /^W\/"(.+)"$/.exec(etag ?? '')?.[1];

/** All or nothing: what has an id goes over the version that was read, the rest is new. Answers with the versions. */
export async function transaction(resources: (Resource & { fullUrl?: string })[]): Promise<(string | undefined)[]> {
  const entry = resources.map(({ fullUrl, ...resource }) => {
    const version = resource.meta?.versionId;
    const over = { method: 'PUT', url: `${resource.resourceType}/${resource.id ?? ''}`, ...(version ? { ifMatch: `W/"${version}"` } : {}) };
    return { fullUrl, resource, request: resource.id ? over : { method: 'POST', url: resource.resourceType } };
  });
  const text = await request(fhirBase(), { method: 'POST', headers: JSON_TYPE, body: fhirText({ resourceType: 'Bundle', type: 'transaction', entry } satisfies Bundle & { type: string }) });
  const answer = fhirParse<{ entry?: { response?: { etag?: string } }[] }>(text);
  return (answer.entry ?? []).map(({ response }) => versionIn(response?.etag));
}

export const isConflict = (error: unknown): boolean => error instanceof Failure && (error.status === 412 || error.status === 409);

/** Writes one resource (answered as it stands), or several together (answered with their versions), then asks anew for what was read of those types. */
export function useSave() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (what: Resource | Resource[]): Promise<Resource | (string | undefined)[]> => (Array.isArray(what) ? transaction(what) : save(what)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['fhir'] }),
  });
}
