// NEWS2, the National Early Warning Score (Royal College of Physicians, London, 2017), scale 1 of oxygen saturation.
// For adults who are not pregnant. Scale 2, for confirmed hypercapnic failure, is not chosen by itself and not offered.
import type { Observation, Quantity } from '../../fhir/types';
import { LOINC, codeIn } from '../CodeableConcept/concept';
import { numberOf } from '../Quantity/number';

export const NEWS2_PARTS = ['respiration', 'saturation', 'oxygen', 'pressure', 'pulse', 'consciousness', 'temperature'] as const;
export type News2Part = (typeof NEWS2_PARTS)[number];

export interface News2 {
  /** Sum of what was recorded; where something is missing the true score is at least this. */
  score: number;
  missing: News2Part[];
  /** The response that the score asks for. A single 3 is answered like a five. */
  level: 'low' | 'single' | 'medium' | 'high';
  /** When the oldest and the newest of the measures were taken. */
  from: string;
  to: string;
}

/** Points of a value: those of the first step that it does not exceed. */
const steps = (table: [number, number][], beyond: number) => (value: number): number => table.find(([upTo]) => value <= upTo)?.[1] ?? beyond;

const POINTS = {
  respiration: steps([[8, 3], [11, 1], [20, 0], [24, 2]], 3),
  saturation: steps([[91, 3], [93, 2], [95, 1]], 0),
  pressure: steps([[90, 3], [100, 2], [110, 1], [219, 0]], 3),
  pulse: steps([[40, 3], [50, 1], [90, 0], [110, 1], [130, 2]], 3),
  temperature: steps([[35, 3], [36, 1], [38, 0], [39, 1]], 2),
};

const SYSTOLIC = '8480-6';
const CODES: Record<string, News2Part> = {
  '9279-1': 'respiration',
  '2708-6': 'saturation',
  '59408-5': 'saturation',
  '3151-8': 'oxygen',
  '3150-6': 'oxygen',
  '85354-9': 'pressure',
  '55284-4': 'pressure',
  '8480-6': 'pressure',
  '8867-4': 'pulse',
  '67775-7': 'consciousness',
  '80288-4': 'consciousness',
  '8310-5': 'temperature',
  '8331-1': 'temperature',
};
/** LOINC answers for « alert » (LA9340-6 of AVPU), and the plain letter. */
const ALERT = new Set(['LA9340-6', 'A']);
const ROOM_AIR_PERCENT = 21;

/** Nobody measures in Fahrenheit here, and a wrong unit must not be scored. */
const UNIT: Partial<Record<News2Part, string>> = { temperature: 'Cel' };

function measured(quantity: Quantity | undefined, part: News2Part): number | null {
  const unit = UNIT[part];
  return unit && quantity?.code && quantity.code !== unit ? null : numberOf(quantity);
}

function pointsOf(observation: Observation, part: News2Part, code: string): number | null {
  if (part === 'consciousness') {
    const answers = observation.valueCodeableConcept?.coding?.map((one) => one.code ?? '') ?? [];
    return answers.length ? (answers.some((answer) => ALERT.has(answer)) ? 0 : 3) : null;
  }
  if (part === 'oxygen') {
    const value = numberOf(observation.valueQuantity);
    return value === null ? null : value > (code === '3150-6' ? ROOM_AIR_PERCENT : 0) ? 2 : 0;
  }
  const systolic = observation.component?.find((one) => codeIn(one.code, LOINC) === SYSTOLIC)?.valueQuantity;
  const value = measured(part === 'pressure' && code !== SYSTOLIC ? systolic : observation.valueQuantity, part);
  return value === null ? null : POINTS[part](value);
}

const takenAt = (observation: Observation): string => observation.effectiveDateTime ?? observation.effectivePeriod?.start ?? observation.issued ?? '';
const VALID = new Set(['final', 'amended', 'corrected']);

function levelOf(points: number[], score: number): News2['level'] {
  if (score >= 7) return 'high';
  if (score >= 5) return 'medium';
  return points.includes(3) ? 'single' : 'low';
}

/** The score of the newest measure of each kind; null when none of them is recorded. */
export function news2(observations: readonly Observation[]): News2 | null {
  const found = new Map<News2Part, { at: number; when: string; points: number }>();
  for (const observation of observations) {
    const code = codeIn(observation.code, LOINC) ?? '';
    const part = CODES[code];
    if (!part || !VALID.has(observation.status ?? 'final')) continue;
    const points = pointsOf(observation, part, code);
    const when = takenAt(observation);
    const at = Date.parse(when);
    if (points === null || Number.isNaN(at) || at <= (found.get(part)?.at ?? -Infinity)) continue;
    found.set(part, { at, when, points });
  }
  if (found.size === 0) return null;
  const parts = [...found.values()].sort((a, b) => a.at - b.at);
  const points = parts.map((one) => one.points);
  const score = points.reduce((sum, one) => sum + one, 0);
  return { score, missing: NEWS2_PARTS.filter((part) => !found.has(part)), level: levelOf(points, score), from: parts[0]?.when ?? '', to: parts.at(-1)?.when ?? '' };
}
