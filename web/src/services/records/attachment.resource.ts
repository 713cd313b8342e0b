// What is attached to a document of the record, as the page may show it. What the bytes are is read from the bytes:
// the type that a document claims decides nothing.
import { useQuery } from '@tanstack/react-query';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { fhirBase, fhirRead } from '../../fhir/client';
import type { CodeableConcept, Reference, Resource } from '../../fhir/types';

export interface Attachment { contentType?: string; data?: string; url?: string; title?: string }
export interface DocumentReference extends Resource { status?: string; docStatus?: string; type?: CodeableConcept; date?: string; description?: string; author?: Reference[]; content?: { attachment?: Attachment }[] }

export type Kind = 'text' | 'picture' | 'pdf' | 'file';
/** `elsewhere`: only an address outside of this record is kept, which is shown and never fetched. */
export type Shown = { kind: Kind; title: string; type: string; bytes: Uint8Array<ArrayBuffer>; text: string } | { kind: 'elsewhere'; title: string; address: string } | { kind: 'none'; title: string };

const begins = (bytes: Uint8Array, letters: string, at = 0): boolean => [...letters].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

/** The types that a browser draws without running anything. */
export function typeOf(bytes: Uint8Array, claimed: string): string {
  if (begins(bytes, '%PDF-')) return 'application/pdf';
  if (begins(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  if (begins(bytes, 'GIF8')) return 'image/gif';
  if (begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8)) return 'image/webp';
  return claimed.toLowerCase().startsWith('text/plain') ? 'text/plain' : 'application/octet-stream';
}

const KINDS: Record<string, Kind> = { 'application/pdf': 'pdf', 'text/plain': 'text' };
const kindOf = (type: string): Kind => KINDS[type] ?? (type.startsWith('image/') ? 'picture' : 'file');

/** Null for what is no base64. */
export function bytesOf(data: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(data.replace(/\s+/g, '')), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The id of a Binary of this record's own store; null for any other address. */
export function ownBinary(url: string, base: string, origin: string): string | null {
  const path = url.startsWith(`${origin}/`) ? url.slice(origin.length) : url;
  const found = /^Binary\/([A-Za-z0-9.-]{1,64})$/.exec(path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path);
  return found?.[1] ?? null;
}

interface Binary extends Resource { contentType?: string; data?: string }

async function shown(attachment: Attachment, signal: AbortSignal): Promise<Shown> {
  const title = attachment.title ?? '';
  let { data, contentType = '' } = attachment;
  if (data === undefined && attachment.url) {
    const id = ownBinary(attachment.url, fhirBase(), window.location.origin);
    if (id === null) return { kind: 'elsewhere', title, address: attachment.url };
    const binary = await fhirRead<Binary>('Binary', id, signal);
    data = binary.data;
    contentType = binary.contentType ?? contentType;
  }
  const bytes = data ? bytesOf(data) : null;
  if (!bytes) return { kind: 'none', title };
  const type = typeOf(bytes, contentType);
  const kind = kindOf(type);
  return { kind, title, type, bytes, text: kind === 'text' ? new TextDecoder().decode(bytes) : '' };
}

export interface Opened { title: string; about: string; at: string | undefined; parts: Shown[] }

/** A document with what is attached to it, read when it is opened. */
export function useOpened(id: string) {
  return useQuery({
    queryKey: ['fhir', 'DocumentReference', 'opened', id],
    gcTime: 0,
    queryFn: async ({ signal }): Promise<Opened> => {
      const one = await fhirRead<DocumentReference>('DocumentReference', id, signal);
      const parts = await Promise.all((one.content ?? []).map(({ attachment }) => shown(attachment ?? {}, signal)));
      const kind = conceptText(one.type);
      const title = one.description ?? (kind || (one.content?.[0]?.attachment?.title ?? ''));
      return { title, about: [kind === title ? '' : kind, (one.author ?? []).flatMap((a) => a.display ?? []).join(', ')].filter(Boolean).join(' · '), at: one.date, parts };
    },
  });
}
