// The free stretches of a day, and who of those who wait fits into one of them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MINUTE } from '../../datatypes/Date/clinic';
import { postJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Board, Booking, Waiting } from './board.resource';

export interface Proposal { case: Waiting; start: string; end: string; cost: number; text: string }

/** A stretch of a room in which nothing stands; `owner` has the vacation there. In milliseconds. */
export interface Gap { room: string; roomName: string; owner: string | null; from: number; until: number }

/** A shorter stretch holds no case with its cleaning. */
const SHORTEST_GAP = 30 * MINUTE;
const STEP = 5 * MINUTE;

/** Where something could stand on a day that is not over: inside the vacations, or the opening hours of a room without any. */
export function gapsOf(board: Board, day: string, now: number): Gap[] {
  return board.rooms.flatMap((room) => {
    const of = room.days.find((one) => one.day === day);
    if (!of?.open || !of.close) return [];
    const frames = of.blocks.length
      ? of.blocks.map((block) => ({ owner: block.released ? null : block.ownerName, from: Date.parse(block.from), until: Date.parse(block.until) }))
      : [{ owner: null, from: Date.parse(of.open), until: Date.parse(of.close) }];
    const taken = [
      ...board.bookings.filter((one) => one.room === room.ref && one.status !== 'cancelled').map(({ start, clean }) => ({ from: Date.parse(start), until: Date.parse(clean) })),
      ...of.closures.map((closure) => ({ from: Date.parse(closure.from), until: Date.parse(closure.until) })),
    ].sort((a, b) => a.from - b.from);
    return frames.flatMap(({ owner, from, until }) => {
      const gaps: Gap[] = [];
      let at = Math.max(from, Math.ceil(now / STEP) * STEP);
      for (const one of [...taken.filter((busy) => busy.until > at && busy.from < until), { from: until, until }]) {
        if (one.from - at >= SHORTEST_GAP) gaps.push({ room: room.ref, roomName: room.name, owner, from: at, until: one.from });
        at = Math.max(at, one.until);
      }
      return gaps;
    });
  });
}

/** The server's proposals for a stretch; asked when somebody looks. */
export function useProposals(gap: Gap | null) {
  return useQuery({
    queryKey: ['theatre', 'plan', 'fill', gap?.room, gap?.from, gap?.until],
    enabled: gap !== null,
    gcTime: 0,
    queryFn: async () => {
      if (!gap) return [];
      const answer = await postJson<{ proposals?: Proposal[] }>(`${API}theatre/fill`, { room: gap.room, from: new Date(gap.from).toISOString(), until: new Date(gap.until).toISOString() });
      return answer?.proposals ?? [];
    },
  });
}

/** Books the chosen ones in their order; the first that is refused ends it, those before it stand. */
export function useFilling() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ room, chosen }: { room: string; chosen: Proposal[] }) => {
      for (const one of chosen) {
        await postJson<Booking>(`${API}theatre/bookings`, { case: one.case.case, room, start: one.start, minutes: Math.round((Date.parse(one.end) - Date.parse(one.start)) / MINUTE) });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['theatre', 'plan'] }),
  });
}

export function useSwap() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ([a, b]: [Booking, Booking]) => postJson<{ bookings: Booking[] }>(`${API}theatre/swap`, { a: { id: a.id, version: a.version }, b: { id: b.id, version: b.version } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['theatre', 'plan'] }),
  });
}

/** Whether the plan may still move a booking. */
export const mayMove = ({ lock, caseStatus }: Booking): boolean => lock !== 'locked' && ['scheduled', 'pre_op'].includes(caseStatus);
