// What-if plans: the same board, check and placing as the plan's, on a copy that books nothing.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { getJson, postJson, sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import { idOf, type Conflict, type Person, type Side } from './board.resource';
import type { Cost, Spot } from './optimise.resource';

/** The scenario that the board shows; null: the plan itself. */
export const ScenarioContext = createContext<string | null>(null);
export const useScenarioId = (): string | null => useContext(ScenarioContext);

export interface Figures { cases: number; minutes: number; overtime: number; roomDays: number; waiting: number; late: number; cost: Cost }
interface Head { id: string; name: string; from: string; to: string; facility: string | null; by: string; created: string; changed: string; figures: { now: Figures; then: Figures } }
export interface ScenarioLine extends Head { moves: number; stale: number }
export interface ScenarioMove { key: string; case: string; number: string | null; patient: Person | null; act: string | null; side: Side | null; booking: string | null; from: Spot | null; to: Spot | null; stale: 'gone' | 'changed' | 'booked' | 'past' | 'begun' | null; conflicts: Conflict[] }
export interface Scenario extends Head { moves: ScenarioMove[] }

export const FIGURES = ['cases', 'minutes', 'overtime', 'roomDays', 'waiting', 'late'] as const;

const PATH = `${API}theatre/scenarios`;
const one = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

export function useScenarios() {
  return useQuery({ queryKey: ['theatre', 'plan', 'scenarios'], queryFn: async ({ signal }) => (await getJson<{ scenarios: ScenarioLine[] }>(PATH, signal)).scenarios });
}

export function useScenario(id: string) {
  return useQuery({ queryKey: ['theatre', 'plan', 'scenario', id], queryFn: ({ signal }) => getJson<Scenario>(one(id), signal) });
}

function useAnew() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['theatre', 'plan'] });
}

export interface NewScenario { name: string; from: string; to: string; facility?: string; job?: string }

export function useBegin() {
  return useMutation({ mutationFn: (body: NewScenario) => postJson<Scenario>(PATH, body), onSettled: useAnew() });
}

export type ScenarioVerb = { verb: 'apply' } | { verb: 'delete' } | { verb: 'back'; key: string } | { verb: 'out'; booking: string };

export function useScenarioVerb(id: string) {
  return useMutation({
    mutationFn: (asked: ScenarioVerb): Promise<{ booked?: number; moved?: number; out?: number } | null> => {
      if (asked.verb === 'apply') return postJson(`${one(id)}/apply`, {});
      if (asked.verb === 'delete') return sendJson('DELETE', one(id));
      if (asked.verb === 'back') return sendJson('DELETE', `${one(id)}/moves/${encodeURIComponent(idOf(asked.key))}`);
      return sendJson('PUT', `${one(id)}/moves`, { booking: asked.booking, out: true });
    },
    onSettled: useAnew(),
  });
}

/** Puts a case somewhere else in the scenario; nothing is booked. */
export const placeInScenario = (id: string, body: object) => sendJson<unknown>('PUT', `${one(id)}/moves`, body);

/** Bookings that only a scenario has begin so. */
export const isOnlyPlanned = (booking: string): boolean => booking.startsWith('scenario-');
