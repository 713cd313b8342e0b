// What a hand does to the plan. The server decides; a refusal says what stands in the way, and where there is room instead.
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { localText } from '../../datatypes/Date/clinic';
import { Failure, getJson, postJson, sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Booking, Conflict, Lock, Offer, Waiting } from './board.resource';
import { placeInScenario, useScenarioId } from './scenario.resource';

/** What is placed: a case that waits, or a booking that moves. */
export type Subject = { kind: 'case'; waiting: Waiting } | { kind: 'booking'; booking: Booking };

/** A place on the plan: a room, an instant in milliseconds, and how long. */
export interface Place { room: string; start: number; minutes: number }

export interface Verdict { ok: boolean; start: string; end: string; minutes: number; conflicts: Conflict[]; offers: Offer[] }

export interface Refusal { text: string; conflicts: Conflict[]; offers: Offer[] }

export const titleOf = (subject: Subject): { patient: string | null; act: string | null; side: Booking['side'] } => {
  const { patient, act, side } = subject.kind === 'case' ? subject.waiting : subject.booking;
  return { patient: patient?.name ?? null, act, side };
};

export const placeOf = (booking: Booking): Place => ({ room: booking.room, start: Date.parse(booking.start), minutes: booking.minutes });

export const samePlace = (a: Place, b: Place): boolean => a.room === b.room && a.start === b.start && a.minutes === b.minutes;

/** What stands in the way of a place that is not free; null for any other refusal, which its own sentence tells. */
export function refusalIn(error: unknown): Refusal | null {
  if (!(error instanceof Failure) || error.status !== 409) return null;
  const body = error.body as { conflicts?: Conflict[]; offers?: Offer[] } | null;
  if (!body?.conflicts?.length) return null;
  return { text: error.message, conflicts: body.conflicts, offers: body.offers ?? [] };
}

const DEBOUNCE_MS = 90;
const what = (subject: Subject) => (subject.kind === 'case' ? { case: subject.waiting.case } : { booking: subject.booking.id });
const where = ({ room, start, minutes }: Place) => ({ room, start: localStart(start), minutes });

/** An instant with its zone: the night that doubles an hour has two of them. */
const localStart = (start: number): string => new Date(start).toISOString();

/** Asks while a case is held over a place. The answer shown is always that of the place shown: an older one is never seen. */
export function usePlaceCheck(subject: Subject | null, place: Place | null) {
  const scenario = useScenarioId();
  const wanted = subject && place ? { ...what(subject), ...where(place), ...(scenario ? { scenario } : {}) } : null;
  const [asked] = useDebouncedValue(wanted && JSON.stringify(wanted), DEBOUNCE_MS);
  const query = useQuery({
    queryKey: ['theatre', 'check', asked],
    enabled: Boolean(asked),
    gcTime: 5_000,
    retry: false,
    queryFn: () => postJson<Verdict>(`${API}theatre/check`, JSON.parse(asked ?? '{}')),
  });
  const current = wanted !== null && asked === JSON.stringify(wanted);
  return { verdict: current ? (query.data ?? null) : null, error: current ? query.error : null, pending: wanted !== null && (!current || query.isFetching) };
}

interface Change { subject: Subject; place: Place }

/** Books a waiting case, or moves a booking – in a scenario, there alone; the lists are then asked anew. */
export function usePlacing() {
  const queries = useQueryClient();
  const scenario = useScenarioId();
  return useMutation({
    mutationFn: async ({ subject, place }: Change): Promise<Booking | null> => {
      if (scenario) {
        await placeInScenario(scenario, { ...what(subject), ...where(place) });
        return null;
      }
      return subject.kind === 'case'
        ? postJson<Booking>(`${API}theatre/bookings`, { case: subject.waiting.case, ...where(place) })
        : sendJson<Booking>('PUT', `${API}theatre/bookings/${encodeURIComponent(subject.booking.id)}`, { version: subject.booking.version, ...where(place) });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['theatre', 'plan'] }),
  });
}

export type BookingVerb = { verb: 'lock'; lock: Lock } | { verb: 'cancel'; reason: string; note?: string };

export function useBookingVerb(booking: Booking) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, ...body }: BookingVerb) => postJson<Booking>(`${API}theatre/bookings/${encodeURIComponent(booking.id)}/${verb}`, { version: booking.version, ...body }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['theatre', 'plan'] }),
  });
}

export interface Published { published: number; refused: { id: string; conflicts: Conflict[] }[] }

export function usePublish() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { from: string; to: string; facility?: string }) => postJson<Published>(`${API}theatre/publish`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['theatre', 'plan'] }),
  });
}

export interface Done { id: string; at: string; text: string; can: boolean }

/** What was done last, and may be undone. */
export function useLog() {
  return useQuery({ queryKey: ['theatre', 'plan', 'log'], queryFn: async ({ signal }) => (await getJson<{ actions: Done[] }>(`${API}theatre/log`, signal)).actions ?? [] });
}

export function useUndo() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: string) => postJson<{ undone: string }>(`${API}theatre/undo`, { action }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['theatre', 'plan'] }),
  });
}

/** Where a case would fit, the cheapest first. */
export async function freePlaces(subject: Subject, from: string, to: string, signal?: AbortSignal): Promise<Offer[]> {
  const of = subject.kind === 'case' ? subject.waiting.case : (subject.booking.case ?? '');
  return (await getJson<{ offers: Offer[] }>(`${API}theatre/free?${new URLSearchParams({ case: of, from, to, count: '3' })}`, signal)).offers ?? [];
}

/** The clinic's own writing of an instant, for a field of the dialog. */
export const fieldsOf = (start: number): { day: string; time: string } => {
  const [day = '', time = ''] = localText(start).split('T');
  return { day, time };
};
