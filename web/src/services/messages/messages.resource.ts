// Conversations (`/api/v1/secure-messaging`): who takes part, what was said, and who has read how far.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../fhir/http';
import { useLive } from '../../fhir/live';
import { API } from '../../fhir/verbs';

export const TEAMS = ['secretary', 'nurse', 'surgeon', 'anaesthetist', 'pharmacist'] as const;
export type Team = (typeof TEAMS)[number];
export const FILTERS = ['all', 'unread', 'todo'] as const;
export type Filter = (typeof FILTERS)[number];
export type Kind = 'said' | 'joined' | 'left' | 'delegated' | 'done' | 'archived';

export interface Conversation {
  id: string;
  subject: string;
  patient: { id: string; name: string | null } | null;
  people: { reference: string; name: string | null }[];
  teams: Team[];
  count: number;
  at: string | null;
  by: string | null;
  excerpt: string | null;
  unread: number;
  /** Something urgent is among what was not read. */
  urgent: boolean;
  /** Something that was not read calls me by name. */
  called: boolean;
  /** Since when the secretaries have something to do. */
  todo: string | null;
}

export interface Message {
  id: string;
  seq: number;
  kind: Kind;
  sender: string;
  from: string | null;
  mine: boolean;
  sent: string;
  text: string;
  urgent: boolean;
  mentions: string[];
  documents: { reference: string; title: string | null }[];
}

export interface Receipt { reference: string; name: string; upto: number; at: string }
export interface Thread { conversation: Conversation; messages: Message[]; read: Receipt[]; archive: boolean }
export interface Count { unread: number; urgent: number; called: number; todo: number }
export interface Listed { items: Conversation[]; more: boolean; me: string | null; secretary: boolean }
export interface Hit { conversation: string; subject: string; message: string; sender: string; sent: string; text: string }
export interface ChartRecord { id: string; subject: string | null; by: string | null; at: string | null; lines: string[] }

const ROOM = 'messages';
const BASE = `${API}secure-messaging/`;
const of = (id: string) => `${BASE}conversations/${encodeURIComponent(id)}`;

export const useConversations = (filter: Filter) =>
  useQuery({ queryKey: [ROOM, 'list', filter], placeholderData: keepPreviousData, queryFn: ({ signal }) => getJson<Listed>(`${BASE}conversations?filter=${filter}`, signal) });

export const useThread = (id: string) => useQuery({ queryKey: [ROOM, 'thread', id], queryFn: ({ signal }) => getJson<Thread>(of(id), signal) });

export const useMessageCount = (on: boolean) => useQuery({ queryKey: [ROOM, 'count'], enabled: on, queryFn: ({ signal }) => getJson<Count>(`${BASE}count`, signal) });

export const useSaidOf = (patient: string) =>
  useQuery({ queryKey: [ROOM, 'patient', patient], queryFn: ({ signal }) => getJson<{ items: Conversation[]; records: ChartRecord[] }>(`${BASE}patients/${encodeURIComponent(patient)}`, signal) });

export const useHits = (asked: string) =>
  useQuery({ queryKey: [ROOM, 'search', asked], enabled: asked.length > 1, queryFn: ({ signal }) => getJson<{ items: Hit[]; more: boolean }>(`${BASE}search?q=${encodeURIComponent(asked)}`, signal) });

export interface Words { key: string; text: string; urgent: boolean; mentions: string[] }
export interface NewConversation extends Words { subject: string; patient?: string; to: string[] }

const useSaying = <T, V>(send: (said: V) => Promise<T>) => {
  const queries = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => queries.invalidateQueries({ queryKey: [ROOM] }) });
};

export const useBegin = () => useSaying((said: NewConversation) => sendJson<Conversation>('POST', `${BASE}conversations`, said));

export const useSend = (id: string) => useSaying((said: Words) => sendJson<Conversation>('POST', `${of(id)}/messages`, said));

export interface Doing { verb: 'archive' | 'delegate' | 'done' | 'leave' | 'participants'; key: string; text?: string; to?: string[] }

export const useAct = (id: string) => useSaying(({ verb, ...body }: Doing) => sendJson<Conversation>('POST', `${of(id)}/${verb}`, body));

export const useHaveRead = (id: string) => useSaying((upto: number) => sendJson<null>('POST', `${of(id)}/read`, { upto }));

const WATCHED = ['Communication'] as const;

/** Runs when something of a conversation of mine changed: the stream tells only those who take part. */
export const useMessageNews = (run: () => void): void =>
  useLive(WATCHED, (change) => {
    if (change === 'reset' || change.id.startsWith('talk-')) run();
  });

/** What takes part, for people: names, then teams. */
export const among = (one: Pick<Conversation, 'people' | 'teams'>, me: string | null, team: (team: Team) => string): string =>
  [...one.people.filter(({ reference }) => reference !== me).map(({ name }) => name ?? '…'), ...one.teams.map(team)].join(', ');
