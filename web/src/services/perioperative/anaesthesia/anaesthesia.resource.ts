import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../../fhir/http';
import { API } from '../../../fhir/verbs';
import { casePath, num, type Entry, type Kind } from '../core/entry.resource';

export interface Balance { in: number; out: number; net: number; byKind: Record<string, number> }

export interface AnaesthesiaRecord {
  procedure: string | null;
  from: string | null;
  to: string | null;
  entries: Entry[];
  /** Entries of kind `drug`, each a MedicationAdministration. */
  drugs: Entry[];
  balance: Balance;
  kinds: Kind[];
  milestones: { code: string; time: string }[];
}

export interface DrugClass { code: string; label: string; colour: string; striped: boolean }
export interface CatalogueDrug { code: string; name: string; atc?: string; class: string; unit: string; route: string; usual?: [number, number]; max?: number }
export interface Catalogue { classes: DrugClass[]; drugs: CatalogueDrug[] }

export const useAnaesthesia = (surgery: string) =>
  useQuery({ queryKey: ['anaesthesia', surgery], queryFn: ({ signal }) => getJson<AnaesthesiaRecord>(API + casePath(surgery, 'anaesthesia'), signal) });

export const useCatalogue = () =>
  useQuery({ queryKey: ['anaesthesia-drugs', document.documentElement.lang], staleTime: Infinity, queryFn: ({ signal }) => getJson<Catalogue>(`${API}anaesthesia/drugs`, signal) });

export const valid = (entries: Entry[]): Entry[] => entries.filter(({ status }) => status !== 'struck');

export const isInfusion = (drug: Entry): boolean => drug.values['mode'] === 'infusion';
export const isRunning = (drug: Entry): boolean => isInfusion(drug) && !drug.values['until'] && drug.status !== 'struck';

/** Struck ones out, oldest first. */
export const doses = (record: AnaesthesiaRecord): Entry[] => valid(record.drugs).sort((a, b) => Date.parse(a.time) - Date.parse(b.time));

export interface Reading { id: string; time: number; values: Partial<Record<Sign, number>> }
export const SIGNS = ['sbp', 'dbp', 'map', 'hr', 'spo2', 'etco2', 'rr', 'temp', 'bis', 'tof'] as const;
export type Sign = (typeof SIGNS)[number];

/** The vital signs, oldest first. */
export function readings(entries: Entry[]): Reading[] {
  return valid(entries).filter(({ kind }) => kind === 'vitals').map(({ id, time, values }) => ({
    id,
    time: Date.parse(time),
    values: Object.fromEntries(SIGNS.flatMap((sign) => {
      const value = num(values[sign]);
      return value === null ? [] : [[sign, value]];
    })),
  })).sort((a, b) => a.time - b.time);
}

const LONGEST_MS = 12 * 60 * 60 * 1000;

/** How far what still runs reaches: to the end of the stay in the room, else to now; in an old record that nobody closed, to its last entry. */
export function reachOf({ milestones, to }: Pick<AnaesthesiaRecord, 'milestones' | 'to'>, now: number): number {
  const out = milestones.find(({ code }) => code === 'out');
  if (out) return Date.parse(out.time);
  const last = to ? Date.parse(to) : now;
  return now - last > LONGEST_MS ? last : now;
}
