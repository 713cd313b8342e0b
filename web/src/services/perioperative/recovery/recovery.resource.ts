import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../../fhir/http';
import { API } from '../../../fhir/verbs';
import { casePath, type Person } from '../core/entry.resource';

export type ScaleName = 'aldrete' | 'padss';
export interface Score { id: string; scale: ScaleName; time: string; items: Record<string, number>; total: number; fit: boolean; author?: Person; status: string }
export interface Scale { scale: ScaleName; fit: number; items: { code: string; label: string; choices: { value: number; label: string }[] }[] }
export interface Discharge { id: string; from: string; to: string; time: string; by?: Person; note?: string | null; overrideReason?: string | null }
export interface Recovery { scores: Score[]; discharge: Discharge | null; /** From the recovery room, then from the day-surgery unit. */ discharges?: Discharge[]; criteria: { code: string; met: boolean; text: string }[]; scales: Scale[] }

const key = (surgery: string) => ['recovery', surgery];

export const useRecovery = (surgery: string) =>
  useQuery({ queryKey: key(surgery), queryFn: ({ signal }) => getJson<Recovery>(API + casePath(surgery, 'recovery'), signal) });

export function useRecoverySend(surgery: string, what: 'scores' | 'discharge') {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => sendJson('POST', API + casePath(surgery, `recovery/${what}`), body),
    onSuccess: () => queries.invalidateQueries({ queryKey: key(surgery) }),
  });
}

/** The sum, and whether every item was answered: a score with a gap is no score. */
export function sumOf(scale: Scale, items: Record<string, number>): { total: number; whole: boolean; fit: boolean } {
  const answered = scale.items.filter(({ code }) => items[code] !== undefined);
  const total = answered.reduce((sum, { code }) => sum + (items[code] ?? 0), 0);
  const whole = answered.length === scale.items.length;
  return { total, whole, fit: whole && total >= scale.fit };
}

export const mostOf = (scale: Scale): number => scale.items.reduce((sum, { choices }) => sum + Math.max(0, ...choices.map(({ value }) => value)), 0);

/** Those of one scale that stand, oldest first. */
export const scoresOf = (scores: Score[], scale: ScaleName): Score[] => scores.filter((score) => score.scale === scale && score.status !== 'struck').sort((a, b) => Date.parse(a.time) - Date.parse(b.time));

/** Where a patient leaves from, by where they go: home is left for from the day-surgery unit. */
export const fromFor = (to: string): 'recovery' | 'ambulatory' => (to === 'home' ? 'ambulatory' : 'recovery');

/** Whether the score that this way out needs speaks against it; who is not fit goes to intensive care. */
export function isAgainst({ criteria }: Pick<Recovery, 'criteria'>, to: string): boolean {
  const scale = fromFor(to) === 'ambulatory' ? 'padss' : 'aldrete';
  return to !== 'intensive-care' && !criteria.some(({ code, met }) => code === scale && met);
}
