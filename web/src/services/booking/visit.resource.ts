// A patient's own appointment, by an invitation: no account, a secret address and the birth date (`/api/v1/booking`).
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Failure, request } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export interface Slot { start: string; end: string }

export interface Visit {
  type: string;
  practitionerName: string;
  minutes: number;
  from: string;
  to: string;
  until: string;
  /** `can`: it may still be moved or cancelled. */
  appointment: (Slot & { version: number; can: boolean }) | null;
}

export interface Opened extends Visit { pass: string }

const PATH = `${API}booking`;

/** Proofs of who asks: the invitation's token, and the pass that the birth date gave. */
export interface Proof { token: string; pass?: string }

const headersOf = ({ token, pass }: Proof): Record<string, string> => ({ Accept: 'application/json', 'Content-Type': 'application/json', 'X-Medhub-Booking': token, ...(pass ? { 'X-Medhub-Pass': pass } : {}) });

async function ask<T>(proof: Proof, path: string, method = 'GET', body?: unknown): Promise<T> {
  return JSON.parse(await request(PATH + path, { method, headers: headersOf(proof), body: body === undefined ? undefined : JSON.stringify(body) })) as T;
}

export const useOpen = (token: string) => useMutation({ mutationFn: (birthDate: string) => ask<Opened>({ token }, '/open', 'POST', { birthDate }) });

export const useSlots = (proof: Proof, from: string) => useQuery({ queryKey: ['booking', 'slots', proof.pass, from], queryFn: async () => (await ask<{ slots?: Slot[] }>(proof, `/slots?from=${from}`)).slots ?? [] });

/** Books, moves or cancels; the free times are asked anew whatever comes of it. */
export function useChange(proof: Proof) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ slot, visit }: { slot: Slot | null; visit: Visit }) => {
      const version = visit.appointment?.version;
      if (!slot) return ask<Visit>(proof, '/cancel', 'POST', { version });
      return version === undefined ? ask<Visit>(proof, '', 'POST', { start: slot.start }) : ask<Visit>(proof, '', 'PUT', { version, start: slot.start });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['booking'] }),
  });
}

/** The pass has lapsed: the birth date is asked again. */
export const isLapsed = (error: unknown): boolean => error instanceof Failure && (error.status === 401 || error.code === 'scheduling.self-ask-date');
