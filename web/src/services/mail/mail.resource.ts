// Mail that came in (`/api/v1/documents/incoming`): files that wait for their patient.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getBytes, getJson, postJson, request } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export type State = 'waiting' | 'read' | 'unread' | 'discarded';
export type Trouble = 'missing' | 'broken' | 'slow' | 'long';
export const REASONS = ['number', 'birthDate', 'family', 'given'] as const;

export interface Letter {
  id: string;
  version: number;
  state: State;
  name: string;
  media: string;
  size: number;
  received: string;
  by: string | null;
  pages?: number;
  /** How sure the machine is of its words, 0 to 100; absent where the file held the text itself. */
  confidence?: number;
  trouble?: Trouble;
  /** Which page is being read. */
  reading?: { page: number; of: number };
}

export interface Proposal { id: string; name: string | null; birthDate: string | null; gender: string | null; number: string | null; why: (typeof REASONS)[number][] }

export interface Opened extends Letter {
  text: string;
  kinds: { code: string; title: string }[];
  kind: string | null;
  date: string | null;
  writer: string | null;
  meant: boolean;
  patients: Proposal[];
}

export interface Mail { items: Letter[]; more: boolean }

export interface Filing { version: number; patient: string; kind: string; date: string; title: string; writer: string; withText: boolean }

const ROOM = 'mail';
const ALL = `${API}documents/incoming`;
/** Between two looks, in milliseconds: while the machine reads, and else (somebody else's scanner). */
const WHILE_READ = 1_500;
const ELSE = 20_000;
/** What one file may hold, as the server has it by default. */
export const BYTES_MAX = 7 * 1024 * 1024;

export const isRead = ({ state }: Letter): boolean => state !== 'waiting';

export function useMail(state: 'open' | 'discarded') {
  return useQuery<Mail>({
    queryKey: [ROOM, 'list', state],
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.items.every(isRead) === false ? WHILE_READ : ELSE),
    queryFn: ({ signal }) => getJson<Mail>(state === 'open' ? ALL : `${ALL}?state=discarded`, signal),
  });
}

/** The version tells a letter that the machine has read from the one that it had not. */
export const useLetter = ({ id, version }: Letter) =>
  useQuery({ queryKey: [ROOM, 'one', id, version], gcTime: 60_000, placeholderData: keepPreviousData, queryFn: ({ signal }) => getJson<Opened>(`${ALL}/${id}`, signal) });

export const useFile = (id: string) =>
  useQuery({ queryKey: [ROOM, 'file', id], gcTime: 0, staleTime: Infinity, queryFn: ({ signal }) => getBytes(`${ALL}/${id}/file`, signal) });

/** Puts a file in; its name goes along. */
export const send = (file: File, patient: string | null): Promise<string> =>
  request(`${ALL}?${new URLSearchParams({ name: file.name.slice(0, 200), ...(patient ? { patient } : {}) })}`, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' }, body: file });

export function useRenewed(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: [ROOM, 'list'] });
}

export function useFiling(id: string) {
  const renew = useRenewed();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (filing: Filing) => postJson<{ document: string; patient: string }>(`${ALL}/${id}/file`, { ...filing, writer: filing.writer || null, title: filing.title || null }),
    onSettled: renew,
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['fhir', 'DocumentReference'] }),
  });
}

export function useMove(id: string, to: 'discard' | 'restore') {
  const renew = useRenewed();
  return useMutation({ mutationFn: (version: number) => postJson<unknown>(`${ALL}/${id}/${to}`, { version }), onSettled: renew });
}
