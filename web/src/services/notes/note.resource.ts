// Notes as the server tells them (`/api/v1/notes`): a FHIR Composition with its sections as plain text.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Failure, getJson, sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Shortcut } from './shortcuts';

export const KINDS = ['consultation', 'soap', 'progress', 'operative', 'discharge', 'radiology', 'pathology'] as const;
export type Kind = (typeof KINDS)[number];
export const STATES = ['draft', 'signed', 'amended', 'withdrawn'] as const;
export type NoteStatus = (typeof STATES)[number];

export interface Person { reference?: string; name?: string }

export interface Section { code: string; title: string; text: string; entries: string[] }

/** What the writer may change. */
export interface Content { title: string; sections: Section[] }

export interface Signature { role: string; by: Person; at: string; methods?: string[]; hash?: string; intact?: boolean; reason?: string }

export interface Note extends Content {
  id: string;
  version: number;
  patient: string;
  kind: Kind;
  status: NoteStatus;
  author: Person;
  editor?: Person;
  cosigner?: Person;
  encounter?: string;
  template?: string;
  date: string;
  savedAt: string;
  signedAt?: string;
  reason?: string;
  amends?: string;
  amendedBy?: string;
  pendingAmendment?: string;
  editable: boolean;
  signable?: boolean;
  cosignable?: boolean;
  amendable?: boolean;
  withdrawable?: boolean;
  blanks?: number;
  signatures?: Signature[];
}

export interface NoteRow extends Omit<Note, 'sections'> { excerpt?: string; sections?: { code: string; title: string; excerpt?: string }[] }

export interface Template { id: string; kind: Kind; specialty?: string; title: string; sections: { code: string; title?: string; text?: string }[]; own?: boolean }

export interface Templates {
  kinds: { kind: Kind; title: string; sections?: { code: string; title: string }[] }[];
  specialties: { code: string; title: string }[];
  templates: Template[];
  shortcuts: Shortcut[];
}

export interface Version { version: number; savedAt: string; status: string; editor?: Person; title: string; sections: { code: string; title: string; text: string }[] }

const note = (id: string, verb = ''): string => `${API}notes/${encodeURIComponent(id)}${verb}`;

export const noteKey = (id: string) => ['note', id];
export const notesKey = (patientId: string) => ['notes', patientId];

/** Sections always hold texts and entries, whatever the server left out. */
export function noteOf(answer: Note): Note {
  return { ...answer, title: answer.title ?? '', sections: (answer.sections ?? []).map(({ code, title, text, entries }) => ({ code, title, text: text ?? '', entries: entries ?? [] })) };
}

const told = (answer: Note | null): Note => {
  if (!answer) throw new Failure('server', 200, '', null);
  return noteOf(answer);
};

export const readNote = async (id: string, signal?: AbortSignal): Promise<Note> => noteOf(await getJson<Note>(note(id), signal));

export const saveNote = async (id: string, version: number, { title, sections }: Content): Promise<Note> =>
  told(await sendJson<Note>('PUT', note(id), { version, title, sections: sections.map(({ code, title: name, text, entries }) => ({ code, title: name, text, entries })) }));

export interface NewNote { patient: string; kind: Kind; template?: string; encounter?: string }

export const createNote = async (body: NewNote): Promise<Note> => told(await sendJson<Note>('POST', `${API}notes`, body));
export const signNote = async (id: string, version: number): Promise<Note> => told(await sendJson<Note>('POST', note(id, '/sign'), { version }));
export const cosignNote = async (id: string, version: number): Promise<Note> => told(await sendJson<Note>('POST', note(id, '/cosign'), { version }));
export const amendNote = async (id: string, reason: string): Promise<Note> => told(await sendJson<Note>('POST', note(id, '/amend'), { reason }));
export const withdrawNote = async (id: string, reason: string, version: number): Promise<Note> => told(await sendJson<Note>('POST', note(id, '/withdraw'), { reason, version }));

/** The note that stands on the server, which a refused change brings along. */
export function currentOf(error: unknown): Note | null {
  if (!(error instanceof Failure)) return null;
  const current = (error.body as { current?: Note } | null)?.current;
  return current?.id ? noteOf(current) : null;
}

export const useNote = (id: string) => useQuery({ queryKey: noteKey(id), staleTime: Infinity, gcTime: 0, queryFn: ({ signal }) => readNote(id, signal) });

const PAGE = 50;

export function useNotes(patientId: string, pages: number) {
  return useQuery({
    queryKey: [...notesKey(patientId), pages],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const rows: NoteRow[] = [];
      let page: string | undefined;
      for (let read = 0; read < pages; read += 1) {
        const query = new URLSearchParams({ count: String(PAGE), ...(page ? { page } : {}) });
        const answer = await getJson<{ notes?: NoteRow[]; next?: string }>(`${API}patients/${encodeURIComponent(patientId)}/notes?${query}`, signal);
        rows.push(...(answer.notes ?? []));
        page = answer.next;
        if (!page) break;
      }
      return { rows, more: page !== undefined };
    },
  });
}

const FIVE_MINUTES = 300_000;

export function useTemplates() {
  return useQuery({
    queryKey: ['note-templates', document.documentElement.lang],
    staleTime: FIVE_MINUTES,
    queryFn: async ({ signal }): Promise<Templates> => {
      const answer = await getJson<Partial<Templates>>(`${API}notes/templates`, signal);
      return { kinds: answer.kinds ?? [], specialties: answer.specialties ?? [], templates: answer.templates ?? [], shortcuts: answer.shortcuts ?? [] };
    },
  });
}

export function useVersions(id: string, version: number) {
  return useQuery({
    queryKey: ['note-versions', id, version],
    queryFn: async ({ signal }) => (await getJson<{ versions?: Version[]; next?: number }>(note(id, '/versions?count=50'), signal)).versions ?? [],
  });
}

/** Whether two contents say the same. */
export const sameContent = (a: Content, b: Content): boolean =>
  a.title === b.title &&
  a.sections.length === b.sections.length &&
  a.sections.every((one, index) => {
    const other = b.sections[index];
    return other?.code === one.code && other.text === one.text && other.entries.join() === one.entries.join();
  });

export const contentOf = ({ title, sections }: Content): Content => ({ title, sections });

/** A note whose author is the caller, as the server knows persons. */
export const isMine = (person: Person | undefined, practitioner: string | null): boolean =>
  practitioner !== null && person?.reference?.split('/').pop() === practitioner.split('/').pop();
