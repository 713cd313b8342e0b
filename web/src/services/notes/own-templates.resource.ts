// One's own templates of notes, as the server keeps them: the whole list is read and written.
import { useQuery } from '@tanstack/react-query';
import { getRows } from '../../fhir/verbs';
import type { Kind, Note, Template, Templates } from './note.resource';

export interface Draft { id?: string; kind: Kind; title: string; sections: { code: string; title: string; text: string }[] }

export const useOwnTemplates = () => useQuery({ queryKey: ['notes-own-templates'], gcTime: 0, queryFn: ({ signal }) => getRows<Template>('notes/templates/own', 'templates', signal) });

/** Every section of the kind, with what the template or the note says in it. */
export function draftOf({ id, kind, title, sections }: { id?: string; kind: Kind; title: string; sections: { code: string; text?: string }[] }, { kinds }: Templates): Draft {
  const known = kinds.find((one) => one.kind === kind)?.sections ?? [];
  return { id, kind, title, sections: known.map((section) => ({ ...section, text: sections.find(({ code }) => code === section.code)?.text ?? '' })) };
}

/** A note as the beginning of a template: what it says is the author's to look through. */
export const fromNote = ({ kind, sections }: Pick<Note, 'kind' | 'sections'>, templates: Templates): Draft => draftOf({ kind, title: '', sections }, templates);

const sent = ({ id, kind, title, sections }: { id?: string; kind: Kind; title: string; sections: { code: string; text?: string }[] }) => ({
  ...(id ? { id } : {}), kind, title: title.trim(), sections: sections.filter(({ text }) => text?.trim()).map(({ code, text }) => ({ code, text })),
});

/** The list with this one in its place, or at its end. */
export function bodyWith(list: Template[], draft: Draft): { templates: ReturnType<typeof sent>[] } {
  const all = list.map((one) => (one.id === draft.id ? sent(draft) : sent(one)));
  return { templates: draft.id ? all : [...all, sent(draft)] };
}

export const bodyWithout = (list: Template[], id: string): { templates: ReturnType<typeof sent>[] } => ({ templates: list.filter((one) => one.id !== id).map(sent) });
