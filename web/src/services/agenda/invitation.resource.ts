// Booking by patients: what is allowed, and who was invited (`/api/v1/agenda`).
import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Language } from '../../datatypes/Date/format';

/** `minutes`: length; `notice`, `cancel`: hours before; `ahead`: days; `open`: how many at once; `known`: who was here before; `bring`: what patients bring, in their languages. */
export interface Rule { type: string; practitioner: string | null; allowed: boolean; minutes: number; notice: number; ahead: number; open: number; cancel: number; known: boolean; bring: Partial<Record<Language, string | null>> | null }
export interface Rules { version: number; rules: Rule[] }

export interface Invitation {
  id: string;
  type: string;
  until: string;
  state: 'open' | 'booked' | 'cancelled' | 'locked' | 'expired' | 'used';
  appointment: { start: string; end: string } | null;
}

export const useRules = () => useQuery({ queryKey: ['agenda', 'rules'], queryFn: ({ signal }) => getJson<Rules>(`${API}agenda/self-booking`, signal) });

export const useInvitations = (patient: string) => useQuery({ queryKey: ['agenda', 'invitations', patient], queryFn: async ({ signal }) => (await getJson<{ invitations?: Invitation[] }>(`${API}agenda/invitations?patient=${encodeURIComponent(patient)}`, signal)).invitations ?? [] });

export const invitationAddress = (token: string): string => `${window.location.origin}/rendez-vous#${token}`;
