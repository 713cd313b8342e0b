// What acts ask of rooms and of equipment.
import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export const KINDS = ['capability', 'equipment', 'tray', 'recovery', 'intensive-care'] as const;
export type NeedKind = (typeof KINDS)[number];
export interface Need { kind: NeedKind; what: string; name?: string; count: number }
export interface Act { id: string; version: number; system: string | null; code: string; display: string; needs: Need[]; places: string[]; misplaced: number }
export interface Known { system: string | null; code: string; display: string }
export interface Acts { may: boolean; acts: Act[]; kinds: { kind: NeedKind; of: { what: string; name: string }[] }[]; known: Known[] }

export const ACTS = 'theatre-acts';

export function useActs() {
  return useQuery({ queryKey: [ACTS], queryFn: ({ signal }) => getJson<Acts>(`${API}theatre/acts`, signal) });
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Acts of which every word that is sought begins a word of the code or the name. */
export function found(acts: Act[], sought: string): Act[] {
  const words = plain(sought).split(/\s+/).filter(Boolean);
  const has = ({ code, display }: Act) => {
    const there = plain(`${code} ${display}`).split(/[\s,'’()-]+/);
    return words.every((word) => there.some((one) => one.startsWith(word)));
  };
  return acts.filter(has);
}

/** What is sent of a form: needs without a thing are left out, and one thing is asked for once. */
export function needsOf(rows: Need[]): Need[] {
  const seen = new Set<string>();
  return rows
    .filter(({ kind, what }) => what.trim() !== '' && !seen.has(`${kind} ${what}`) && seen.add(`${kind} ${what}`))
    .map(({ kind, what, count }) => ({ kind, what: what.trim(), count }));
}
