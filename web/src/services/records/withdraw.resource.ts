// A line that was entered by mistake, and what was measured and written with it: a round of vital signs is a panel that
// names its measures, and a blood pressure that came as two numbers is one measure.
import { useQuery } from '@tanstack/react-query';
import { LOINC, codeIn } from '../../datatypes/CodeableConcept/concept';
import { fhirSearch } from '../../fhir/client';
import type { Resource } from '../../fhir/types';
import { readEntry, type Loose } from './entry.resource';

export interface Round {
  self: Loose;
  /** The panels that name it, or that they are named by. */
  panels: Loose[];
  /** What those panels hold beside it. */
  others: Loose[];
}

const PRESSURES = ['85354-9', '55284-4'];
const HALVES = ['8480-6', '8462-4'];
const MEMBERS = '60';

const isWrong = (one: Loose): boolean => one.status === 'entered-in-error';
const loinc = (one: Loose): string => codeIn(one.code, LOINC) ?? '';
const idsIn = (panel: Loose): string[] => ((panel.hasMember ?? []) as { reference?: string }[]).flatMap(({ reference }) => (reference?.startsWith('Observation/') ? [reference.slice(12)] : []));

const search = async (query: Record<string, string>, signal?: AbortSignal): Promise<Loose[]> => (await fhirSearch<Resource>('Observation', { ...query, _count: MEMBERS }, signal)).rows as Loose[];

export async function readRound(id: string, signal?: AbortSignal): Promise<Round> {
  const [self, above] = await Promise.all([readEntry('Observation', id, signal), search({ 'has-member': `Observation/${id}` }, signal)]);
  const panels = above.filter((one) => !isWrong(one));
  const ids = [...new Set([self, ...panels].flatMap(idsIn))].filter((one) => one !== id);
  const others = ids.length ? (await search({ _id: ids.join(',') }, signal)).filter((one) => !isWrong(one)) : [];
  return { self, panels, others };
}

/** Both numbers of a pressure go together, whoever wrote them apart. */
const isHalf = (one: Loose): boolean => HALVES.includes(loinc(one));
const other = (one: Loose, panel: Loose): boolean => PRESSURES.includes(loinc(panel)) && isHalf(one);

/** What is left of the round when this measure alone goes; empty when there is nothing to choose. */
export function leftAlone({ self, panels, others }: Round): Loose[] {
  if (idsIn(self).length) return [];
  return others.filter((one) => !(isHalf(self) && panels.some((panel) => other(one, panel) && idsIn(panel).includes(one.id ?? ''))));
}

/** What is withdrawn together; a panel goes with the last measure that it names. */
export function withdrawn(round: Round, whole: boolean): Loose[] {
  const { self, panels, others } = round;
  const kept = whole ? [] : leftAlone(round);
  const gone = [self, ...others.filter((one) => !kept.includes(one))];
  const empty = panels.filter((panel) => !kept.some((one) => idsIn(panel).includes(one.id ?? '')));
  return [...gone, ...empty];
}

export const useRound = (type: string, id: string) =>
  useQuery({ queryKey: ['fhir', 'Observation', 'round-of', id], enabled: type === 'Observation', gcTime: 0, staleTime: 0, queryFn: ({ signal }) => readRound(id, signal) });
