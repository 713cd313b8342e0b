import type { Reference, Resource } from '../../fhir/types';

/** `Patient/12` from a relative, versioned or absolute reference; null for a contained or logical one. */
export function referenceKey(reference: Reference | undefined): string | null {
  const match = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference?.reference ?? '');
  return match ? `${match[1]}/${match[2]}` : null;
}

export function referenceId(reference: Reference | undefined, type: string): string | null {
  const key = referenceKey(reference);
  return key?.startsWith(`${type}/`) ? key.slice(type.length + 1) : null;
}

/** Resources that came with a page, by `Type/id`. */
export function byKey(resources: Resource[]): Map<string, Resource> {
  return new Map(resources.map((r) => [`${r.resourceType}/${r.id}`, r]));
}
