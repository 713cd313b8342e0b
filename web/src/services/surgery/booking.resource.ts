// A place in the plan: taken, or refused with its reason and the nearest free ones.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Failure, sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Offer } from './request.resource';

export interface Conflict { kind: string; name: string; text: string; minutes?: number }

export interface Booked { id: string; version: number; start: string; end: string; room: string; roomName?: string }

/** Why a place is not free, and which are; null where the refusal says nothing of it. */
export function conflictsOf(error: unknown): { conflicts: Conflict[]; offers: Offer[] } | null {
  if (!(error instanceof Failure) || error.status !== 409) return null;
  const body = error.body as { conflicts?: Conflict[]; offers?: Offer[] } | null;
  return body?.conflicts?.length ? { conflicts: body.conflicts, offers: body.offers ?? [] } : null;
}

export function useBook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ surgery, offer }: { surgery: string; offer: Offer }): Promise<Booked | null> => {
      const booking = await sendJson<Booked>('POST', `${API}theatre/bookings`, { case: `ServiceRequest/${surgery}`, room: offer.room, start: offer.start });
      return booking && { ...booking, roomName: offer.roomName };
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['surgery'] }),
  });
}
