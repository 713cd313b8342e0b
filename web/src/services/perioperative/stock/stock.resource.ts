import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, postJson } from '../../../fhir/http';
import { API } from '../../../fhir/verbs';
import { casePath, type Person } from '../core/entry.resource';
import type { DeviceState } from '../implant/implant.resource';

export interface StockLine { device: string; version: number; gtin: string | null; name: string | null; manufacturer: string | null; lot: string | null; serial: string | null; expiry: string | null; quantity: number; location: string | null; state: DeviceState }
export interface Product { gtin: string; name: string; quantity: number; threshold: number | null; low: boolean }
export interface Stock { lines: StockLine[]; products: Product[] }

export const useStock = (asked: string) =>
  useQuery({ queryKey: ['stock', asked], placeholderData: keepPreviousData, queryFn: ({ signal }) => getJson<Stock>(`${API}stock${asked ? `?q=${encodeURIComponent(asked)}` : ''}`, signal) });

export interface Received { id: string; code: string; quantity: number; name?: string; manufacturer?: string; location?: string }

export function useReceive() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: (body: Received) => postJson<StockLine>(`${API}stock/receive`, body), onSuccess: () => queries.invalidateQueries({ queryKey: ['stock'] }) });
}

export interface PickItem { line: string; name: string; gtin: string | null; kind: string; wanted: number; open: boolean; consumed: number; stock: number | null; short: boolean; lots: StockLine[] }
/** What was used and is not on the card. */
export interface PickOther { name: string | null; gtin: string | null; lot: string | null; consumed: number; wasted?: number }
export interface PickList { card: string | null; title?: string | null; items: PickItem[]; others?: PickOther[] }

export const usePickList = (surgery: string) =>
  useQuery({ queryKey: ['picklist', surgery], queryFn: ({ signal }) => getJson<PickList>(API + casePath(surgery, 'picklist'), signal) });

export interface Used { id: string; gtin?: string; device?: string; name?: string; quantity: number; wasted?: number }

export function useConsume(surgery: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (items: Used[]) => postJson(API + casePath(surgery, 'consumed'), { items }),
    onSuccess: () => Promise.all([['picklist', surgery], ['stock']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export interface Carrier { device: string; patient: { reference: string; name: string; birthDate: string | null }; name: string | null; gtin: string | null; lot: string | null; serial: string | null; expiry: string | null; time: string; case: string | null }
export interface Recall { id: string; gtin: string | null; lot: string | null; name?: string | null; reference?: string | null; reason: string; at: string; by?: Person; carriers: number; stock: number }
export interface Carriers { carriers: Carrier[]; stock: StockLine[]; recalls: Recall[] }

export type By = 'lot' | 'gtin' | 'serial';

export const useCarriers = (by: By, value: string) =>
  useQuery({ queryKey: ['carriers', by, value], enabled: value !== '', queryFn: ({ signal }) => getJson<Carriers>(`${API}implants?${by}=${encodeURIComponent(value)}`, signal) });

export const useRecalls = () =>
  useQuery({ queryKey: ['recalls'], queryFn: ({ signal }) => getJson<{ recalls: Recall[] }>(`${API}implants/recalls`, signal) });

export function useDeclare() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { gtin: string; lot?: string; reference?: string; reason: string }) => postJson(`${API}implants/recalls`, body),
    onSuccess: () => Promise.all([['recalls'], ['carriers'], ['stock']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

/** A code of 8 to 14 digits is a GTIN; a scanned one carries its lot, which says more. */
export function askedBy(typed: string): { by: By; value: string } {
  const text = typed.trim();
  const lot = /\(10\)([^(]+)/.exec(text)?.[1];
  if (lot) return { by: 'lot', value: lot.trim() };
  const gtin = /\(01\)(\d{14})/.exec(text)?.[1];
  if (gtin) return { by: 'gtin', value: gtin };
  return { by: /^\d{12,14}$/.test(text) ? 'gtin' : 'lot', value: text };
}
