// The product's own verbs under /api/v1: lists read, things changed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from './http';

export const API = '/api/v1/';

/** A list, bare or under its name. */
export function rowsOf<T>(answer: unknown, name: string): T[] {
  if (Array.isArray(answer)) return answer as T[];
  const rows = (answer as Record<string, unknown> | null)?.[name];
  return Array.isArray(rows) ? (rows as T[]) : [];
}

export const getRows = async <T>(path: string, name: string, signal?: AbortSignal): Promise<T[]> => rowsOf<T>(await getJson<unknown>(API + path, signal), name);

export interface Verb { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown }

/** Sends a change, then asks anew what it may have changed. */
export function useSend<T = unknown>(...touched: string[]) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Verb) => sendJson<T>(method, API + path, body),
    onSuccess: () => Promise.all(touched.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}
