// A patient's own appointment, by an invitation: no account, a secret address and the birth date (`/api/v1/booking`).
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Failure, request } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Language } from '../../datatypes/Date/format';

export interface Slot { start: string; end: string }

/** Where to come: the site, the room or service within it. */
export interface Place { name: string; part: string | null; address: string[]; phone: string | null }
/** What to bring, in the clinic's own words. */
export type Bring = Record<Language, string | null>;

export interface Visit {
  type: string;
  practitionerName: string;
  minutes: number;
  from: string;
  to: string;
  until: string;
  /** Null where the record does not say one place. */
  place: Place | null;
  bring: Bring | null;
  /** By which a calendar knows the appointment again. */
  uid: string;
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

export type LinkState = 'good' | 'unknown' | 'used' | 'expired' | 'withdrawn' | 'locked';

const ENDS: Record<string, LinkState> = { 'scheduling.self-unknown': 'unknown', 'scheduling.self-used': 'used', 'scheduling.self-expired': 'expired', 'scheduling.self-withdrawn': 'withdrawn', 'scheduling.self-locked': 'locked' };
const endOf = (error: unknown): LinkState | undefined => (error instanceof Failure ? ENDS[error.code] : undefined);

/** How the link is, asked anew each time that its door is shown. */
export const useLink = (token: string) =>
  useQuery({
    queryKey: ['booking', 'link', token],
    staleTime: 0,
    gcTime: 0,
    queryFn: async (): Promise<LinkState> => {
      if (!token) return 'unknown';
      try {
        await ask({ token }, '');
        return 'good';
      } catch (error) {
        const end = endOf(error);
        if (!end) throw error;
        return end;
      }
    },
  });

/** In the reader's language, else in the first in which it was written. */
export function broughtIn(bring: Bring | null, language: Language): { language: Language; said: string } | null {
  const order: Language[] = [language, 'fr', 'en', 'de'];
  return order.map((one) => ({ language: one, said: bring?.[one] ?? '' })).find(({ said }) => said) ?? null;
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

/** A refusal that is the patient's to mend, in the server's sentence; its reference would say nothing to them. */
export const refusalOf = (error: unknown): string | null => (error instanceof Failure && error.code.startsWith('scheduling.self-') && error.message ? error.message : null);

/** The pass has lapsed, or the link is over: the door says which, and asks for the birth date again. */
export const isLapsed = (error: unknown): boolean => error instanceof Failure && (error.status === 401 || error.code === 'scheduling.self-ask-date' || endOf(error) !== undefined);
