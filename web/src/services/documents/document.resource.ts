// Documents as the server tells them (`/api/v1/documents`): what can be made, what is missing, what was made and signed.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Side } from '../../datatypes/CodeableConcept/laterality';
import { Failure, getBytes, getJson, postBytes, sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Field, Values } from './values';

export interface Person { reference: string | null; name: string | null }
export interface Told { code: string; text: string; where?: string }

export interface Kind {
  code: string;
  title: string;
  languages: string[];
  audience: string;
  needsCase: boolean;
  signers: string[];
  inPackage: boolean;
  fields: Field[];
}

export type Status = 'draft' | 'final' | 'signed' | 'refused' | 'revoked' | 'superseded' | 'withdrawn';

export interface Signature { as: 'professional' | 'patient'; decision: string; who: Person; representative: string | null; collectedBy: Person | null; at: string; level: string; label: string; methods: string[] }

export interface Powers { edit: boolean; finalise: boolean; sign: boolean; collect: boolean; revoke: boolean; withdraw: boolean }

export interface Document {
  id: string;
  version: number;
  /** Null for what was not made here. */
  type: string | null;
  title: string | null;
  subtitle?: string | null;
  language?: string;
  status: Status;
  patient: string;
  case?: string | null;
  date: string | null;
  author: Person | null;
  pages?: number | null;
  check?: string | null;
  leaflet?: { code: string; version: string } | null;
  replaces?: string | null;
  content: boolean;
  signatures?: Signature[];
  /** Who signs; of a minor's consent, how many holders of parental authority are wanted and have signed. */
  signers?: { as: 'professional' | 'patient'; state: string; wanted?: number; given?: number }[];
  outdated?: Told[];
  may?: Powers;
  values?: Values;
}

export interface Missing { ready: boolean; missing: Told[]; warnings: Told[]; prefilled: Values; author: Person | null; leaflet: { code: string; version: string; title: string } | null }

export type ItemState = 'missing' | 'draft' | 'final' | 'signed' | 'outdated' | 'refused';
export interface Item { type: string; title: string; required: boolean; state: ItemState; document: Document | null; missing: Told[]; why: string | null }
export interface Package { items: Item[]; ready: boolean; counts: { wanted: number; signed: number; missing: number; outdated: number } }
export interface Prepared { generated: Document[]; skipped: { type: string; why: string | null; missing: Told[] }[] }

export interface Case { id: string; patient: string; act: string; side: Side | null; number: string }

/** What a document is asked for with. */
export interface Asked { type: string; patient: string; case?: string; language: string; values: Values; replaces?: string; template?: string }

const at = (id: string, verb = ''): string => `${API}documents/${encodeURIComponent(id)}${verb}`;
const surgery = (id: string, verb = ''): string => `${API}documents/surgery/${encodeURIComponent(id)}/package${verb}`;
const spoken = () => document.documentElement.lang;

export const idOf = (reference: string): string => reference.split('/').pop() ?? reference;

/** Everything of this room is asked anew after a change of it. */
const ROOM = 'papers';

export const useKinds = () =>
  useQuery({ queryKey: [ROOM, 'kinds', spoken()], staleTime: 600_000, queryFn: async ({ signal }) => (await getJson<{ types?: Kind[] }>(`${API}documents/types`, signal)).types ?? [] });

export const useDocument = (id: string) => useQuery({ queryKey: [ROOM, 'one', id], queryFn: ({ signal }) => getJson<Document>(at(id), signal) });

export const useCase = (id: string) => useQuery({ queryKey: [ROOM, 'case', id], queryFn: ({ signal }) => getJson<Case>(`${API}surgeries/${encodeURIComponent(id)}`, signal) });

export const usePackage = (id: string) => useQuery({ queryKey: [ROOM, 'package', id], queryFn: ({ signal }) => getJson<Package>(surgery(id), signal) });

export const useMissing = (asked: Asked) =>
  useQuery({
    queryKey: [ROOM, 'missing', asked],
    placeholderData: keepPreviousData,
    gcTime: 0,
    queryFn: async () => {
      const answer = await sendJson<Missing>('POST', `${API}documents/missing`, asked);
      if (!answer) throw new Failure('server', 200, '', null);
      return answer;
    },
  });

export function useList(patient: string, filter: { type: string | null; status: string | null }) {
  return useQuery({
    queryKey: [ROOM, 'list', patient, filter],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ patient, count: '100', ...(filter.type ? { type: filter.type } : {}), ...(filter.status ? { status: filter.status } : {}) });
      const answer = await getJson<{ documents?: Document[]; next?: string }>(`${API}documents?${query}`, signal);
      return { rows: answer.documents ?? [], more: answer.next !== undefined && answer.next !== null };
    },
  });
}

export interface Version { version: number; savedAt: string; status: Status; pages: number | null }

export const useVersions = (id: string, version: number) =>
  useQuery({ queryKey: [ROOM, 'versions', id, version], queryFn: async ({ signal }) => (await getJson<{ versions?: Version[] }>(at(id, '/versions'), signal)).versions ?? [] });

/** The pages as a PDF. `shown`: as they were shown for signature, without the page of signatures. */
export const usePages = (id: string, version: number, { shown = false, older }: { shown?: boolean; older?: number } = {}) =>
  useQuery({
    queryKey: [ROOM, 'pages', id, version, shown, older ?? null],
    gcTime: 0,
    staleTime: Infinity,
    queryFn: ({ signal }) => getBytes(at(id, `/content${shown ? '?signed=false' : ''}${older === undefined ? '' : `?version=${older}`}`), signal),
  });

/** The pages as they would be; nothing is kept. */
export const usePreview = (asked: Asked, ready: boolean) =>
  useQuery({ queryKey: [ROOM, 'pages', 'preview', asked], enabled: ready, gcTime: 0, staleTime: Infinity, placeholderData: keepPreviousData, queryFn: ({ signal }) => postBytes(`${API}documents/preview`, asked, signal) });

/** All documents of an operation: one file of pages, or one file of files. */
export const packageBytes = (id: string, form: 'pdf' | 'zip') => getBytes(surgery(id, `/${form}`));

export const verify = (check: string) => getJson<{ valid: boolean; document: Pick<Document, 'id' | 'title' | 'status' | 'date'> }>(`${API}documents/verify/${encodeURIComponent(check)}`);

/** A change of a document; what the server answers stands at once. */
export function useAct<T = Document>() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ method = 'POST', path, body }: { method?: 'POST' | 'PUT'; path: string; body: unknown }) => {
      const answer = await sendJson<T>(method, `${API}documents/${path}`, body);
      if (!answer) throw new Failure('server', 200, '', null);
      return answer;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [ROOM], predicate: ({ queryKey }) => queryKey[1] !== 'kinds' && queryKey[1] !== 'pages' && queryKey[1] !== 'missing' }),
  });
}

export type CodeSent = { channel: 'email'; to: string } | { channel: 'in-person'; code: string };
