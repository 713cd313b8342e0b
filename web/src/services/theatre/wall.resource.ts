// What the corridor may know: a room, initials, a number, how far it is. The server sends no name and no act.
import { useQuery } from '@tanstack/react-query';
import { Failure, request } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import { queryOf, type CaseStatus } from './board.resource';
import { forgetWall } from './wall-token';

export interface WallCase { initials: string; number: string; start: string; end: string; status: CaseStatus }
export interface WallRoom { ref: string; name: string; closed: boolean; cases: WallCase[] }
export interface WallBoard { now: string; day: string; rooms: WallRoom[] }
export interface WallRow { room: string; name: string; state: CaseStatus | 'free' | 'closed' | 'done'; now: WallCase | null; next: WallCase | null; left: number }

/** So many rooms can be read from five metres. */
export const ROOMS_A_PAGE = 8;
const STALE_MS = 150_000;
/** The stream tells of changes. Once in a while the board is read all the same: the hour that it shows is a proof, not a hope. */
const PROOF_MS = 60_000;
/** A screen of its own has no stream. */
const ALONE_MS = 15_000;

export const useWall = (site: string, token: string | null) =>
  useQuery({
    // Under `plan`, so that the stream of a signed-in page renews it.
    queryKey: ['theatre', 'plan', 'wall', site, token === null],
    queryFn: async ({ signal }): Promise<WallBoard | null> => {
      try {
        return JSON.parse(await request(`${API}theatre/wall${queryOf({ facility: site })}`, { signal, headers: { Accept: 'application/json', ...(token === null ? {} : { 'X-Medhub-Wall': token }) } })) as WallBoard;
      } catch (error) {
        if (token === null || !(error instanceof Failure) || error.kind !== 'missing') throw error;
        // The screen was taken back: what it showed goes at once, and so does its token.
        forgetWall();
        return null;
      }
    },
    refetchInterval: token === null ? PROOF_MS : ALONE_MS,
    refetchIntervalInBackground: true,
    retry: true,
    retryDelay: 5_000,
  });

const ENDED = new Set<CaseStatus>(['completed', 'cancelled', 'postponed']);
const STARTED = new Set<CaseStatus>(['pre_op', 'in_progress', 'post_op']);

/** « Salle 1 – orthopédie » is read as « Salle 1 » from afar. */
export const shortName = (name: string): string => name.split(/\s[–(-]/)[0] ?? name;

/** One line a room: the case that is there, or the one that comes. */
export function wallRows(board: WallBoard): WallRow[] {
  return board.rooms.map(({ ref, name, closed, cases }) => {
    const open = cases.filter(({ status }) => !ENDED.has(status));
    const here = open.find(({ status }) => status === 'in_progress') ?? open.find(({ status }) => STARTED.has(status)) ?? null;
    const rest = open.filter((one) => one !== here);
    const state = here ? here.status : closed ? 'closed' : rest[0] ? 'free' : cases.length ? 'done' : 'free';
    return { room: ref, name: shortName(name), state, now: here, next: rest[0] ?? null, left: rest.length };
  });
}

export const pagesOf = (rows: WallRow[]): WallRow[][] => Array.from({ length: Math.ceil(rows.length / ROOMS_A_PAGE) }, (_, page) => rows.slice(page * ROOMS_A_PAGE, (page + 1) * ROOMS_A_PAGE));

export const staleAfter = (read: number, now: number): boolean => now - read > STALE_MS;
