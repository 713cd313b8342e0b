// A clinic's own texts for its documents (`/api/v1/documents/templates/medical`), with facts of the chart in braces.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Failure, getJson, sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Field } from './values';

export interface Template {
  id: string;
  version: number;
  name: string;
  type: string;
  language: string;
  specialty: string | null;
  author: string | null;
  active: boolean;
  values: Record<string, string>;
}

export interface Templates {
  templates: Template[];
  /** What a text may name: `{{patient.name}}`. */
  facts: string[];
  /** What a text may go through: `{{#each medications}}{{drug}}{{/each}}`. */
  lists: { name: string; columns: string[] }[];
}

/** A template that is being written; without an id it is new. */
export interface Draft { id?: string; version?: number; name: string; type: string; language: string; specialty: string; active: boolean; values: Record<string, string> }

const PATH = `${API}documents/templates/medical`;

export const useTemplates = (all: boolean, type?: string) =>
  useQuery({
    queryKey: ['papers', 'templates', all, type ?? null],
    queryFn: ({ signal }) => getJson<Templates>(`${PATH}?${new URLSearchParams({ ...(all ? { active: 'false' } : {}), ...(type ? { type } : {}) })}`, signal),
  });

/** The text with the facts of an invented patient, as the server would write it. */
export const useTemplatePreview = (draft: Draft) =>
  useQuery({
    queryKey: ['papers', 'pages', 'template', draft],
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const answer = await sendJson<{ values: Record<string, string> }>('POST', `${PATH}/preview`, bodyOf(draft));
      if (!answer) throw new Failure('server', 200, '', null);
      return answer.values;
    },
  });

export const draftOf = ({ id, version, name, type, language, specialty, active, values }: Template): Draft => ({ id, version, name, type, language, specialty: specialty ?? '', active, values });

/** What is sent: fields without a text are left to the chart. */
export function bodyOf({ id, version, name, type, language, specialty, active, values }: Draft): object {
  const said = Object.fromEntries(Object.entries(values).filter(([, text]) => text.trim() !== ''));
  return { ...(id === undefined ? {} : { id, version }), name: name.trim(), type, language, ...(specialty.trim() ? { specialty: specialty.trim() } : {}), active, values: said };
}

/** Fields that can hold a text of one's own. */
export const writable = (fields: Field[]): Field[] => fields.filter(({ type }) => type === 'text' || type === 'line');

/** Where a fact is put: in place of what is chosen. */
export const inserted = (text: string, from: number, until: number, fact: string): string => text.slice(0, from) + fact + text.slice(until);
