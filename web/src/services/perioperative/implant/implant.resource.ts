import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Side } from '../../../datatypes/CodeableConcept/laterality';
import { postJson } from '../../../fhir/http';
import { API, getRows } from '../../../fhir/verbs';
import { casePath, type Person } from '../core/entry.resource';

export type DeviceState = 'ok' | 'expired' | 'recalled' | 'expired-recalled' | 'unknown-expiry' | 'soon';

export interface Scanned {
  format: 'gs1' | 'hibc';
  gtin: string | null;
  lot: string | null;
  serial: string | null;
  expiry: string | null;
  reference: string | null;
  known: boolean;
  name: string | null;
  manufacturer: string | null;
  state: DeviceState;
  expiresIn: number | null;
  stock: { device: string; quantity: number; location?: string | null } | null;
  recall: { id: string; reference?: string | null; reason: string; at: string } | null;
  used: { device: string; patient: string }[];
}

export interface Implant {
  id: string;
  name: string | null;
  gtin: string | null;
  lot: string | null;
  serial: string | null;
  expiry: string | null;
  reference?: string | null;
  site?: string | null;
  side?: Side | null;
  quantity: number;
  status: 'implanted' | 'struck';
  author?: Person;
  time: string;
  override?: string | null;
}

export interface NewImplant { id: string; code?: string; gtin?: string; lot?: string; serial?: string; expiry?: string; name?: string; site?: string; side?: Side; overrideReason?: string }

const key = (surgery: string) => ['implants', surgery];

export const useImplants = (surgery: string) =>
  useQuery({ queryKey: key(surgery), queryFn: ({ signal }) => getRows<Implant>(casePath(surgery, 'implants'), 'implants', signal) });

export const useScan = () => useMutation({ mutationFn: (code: string) => postJson<Scanned>(`${API}implants/scan`, { code }) });

function useChange<Body>(surgery: string, path: (body: Body) => string, content: (body: Body) => unknown) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => postJson<Implant & { warnings?: string[] }>(API + casePath(surgery, path(body)), content(body)),
    onSuccess: () => Promise.all([key(surgery), ['picklist', surgery], ['stock']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}

export const useImplantAdd = (surgery: string) => useChange<NewImplant>(surgery, () => 'implants', (body) => body);

export const useStrike = (surgery: string) => useChange<{ implant: string; reason: string }>(surgery, ({ implant }) => `implants/${encodeURIComponent(implant)}/strike`, ({ reason }) => ({ reason }));

export const isRefused = (state: DeviceState): boolean => state === 'expired' || state === 'recalled' || state === 'expired-recalled';
