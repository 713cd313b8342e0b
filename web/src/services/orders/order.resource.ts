import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../fhir/http';
import { API, getRows } from '../../fhir/verbs';

export type OrderKind = 'lab' | 'imaging';
export const PRIORITIES = ['routine', 'urgent', 'asap', 'stat'] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface Orderable { kind: OrderKind; code?: string; system?: string; display: string }

export interface OrderSet { id: string; title: string; kind: OrderKind | 'mixed'; items: Orderable[] }

export const ORDER_STATES = ['draft', 'active', 'on-hold', 'completed', 'revoked', 'entered-in-error', 'unknown'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export interface Order extends Orderable {
  id: string;
  priority: Priority;
  status: OrderState;
  requester?: { reference?: string; name?: string };
  authoredOn?: string;
  note?: string;
  reason?: string;
  specimen?: string;
  report?: string;
}

/** What stands in the request that is being written. */
export interface Wanted extends Orderable { priority: Priority | null; note: string }

export const ordersKey = (patientId: string) => ['orders', patientId];

export const useOrders = (patientId: string) =>
  useQuery({ queryKey: ordersKey(patientId), queryFn: ({ signal }) => getRows<Order>(`patients/${encodeURIComponent(patientId)}/orders`, 'orders', signal) });

const LONG = 600_000;

export function useCatalogue() {
  return useQuery({
    queryKey: ['order-sets', document.documentElement.lang],
    staleTime: LONG,
    queryFn: async ({ signal }) => {
      const answer = await getJson<{ sets?: OrderSet[]; items?: Orderable[] }>(`${API}orders/sets`, signal);
      return { sets: answer.sets ?? [], items: answer.items ?? [] };
    },
  });
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const SHOWN = 12;

/** Those whose words all begin with what was typed, in any order. */
export function matching(items: Orderable[], typed: string): Orderable[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return items.filter(({ display, code }) => {
    const parts = plain(`${display} ${code ?? ''}`).split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  }).slice(0, SHOWN);
}

export const sameItem = (a: Orderable, b: Orderable): boolean => a.kind === b.kind && (a.code ?? a.display) === (b.code ?? b.display);

/** Adds what is not there yet. */
export const withItems = (wanted: Wanted[], items: Orderable[]): Wanted[] => [
  ...wanted,
  ...items.filter((item) => !wanted.some((one) => sameItem(one, item))).map((item) => ({ ...item, priority: null, note: '' })),
];

/** The body of `POST patients/{id}/orders`. */
export function requestOf(wanted: Wanted[], priority: Priority, reason: string, collected: boolean, now: string): object {
  return {
    items: wanted.map(({ kind, code, system, display, priority: own, note }) => ({
      kind, display,
      ...(code ? { code } : {}),
      ...(system ? { system } : {}),
      priority: own ?? priority,
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
      ...(collected && kind === 'lab' ? { collected: now } : {}),
    })),
  };
}
