// NEWS2, the National Early Warning Score (Royal College of Physicians, London, 2017), scale 1 of oxygen saturation.
// The points themselves stand in news2-score.ts. For adults who are not pregnant. Scale 2, for confirmed hypercapnic failure, is not chosen by itself and not offered.
import type { Observation, Quantity } from '../../fhir/types';
import { LOINC, codeIn } from '../CodeableConcept/concept';
import { numberOf } from '../Quantity/number';
import { news2Score, type News2Parameter, type News2Values } from './news2-score';

export interface News2 {
  /** Sum of what was recorded; where something is missing the true score is at least this. */
  score: number;
  missing: News2Parameter[];
  /** The response that the score asks for. A single 3 is answered like a five. */
  level: 'low' | 'single' | 'medium' | 'high';
  /** When the oldest and the newest of the measures were taken. */
  from: string;
  to: string;
}

const SYSTOLIC = '8480-6';
const CODES: Record<string, News2Parameter> = {
  '9279-1': 'respiration',
  '2708-6': 'saturation',
  '59408-5': 'saturation',
  '3151-8': 'oxygen',
  '3150-6': 'oxygen',
  '85354-9': 'systolic',
  '55284-4': 'systolic',
  '8480-6': 'systolic',
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
const UNIT: Partial<Record<News2Parameter, string>> = { temperature: 'Cel' };

function measured(quantity: Quantity | undefined, part: News2Parameter): number | null {
  const unit = UNIT[part];
  return unit && quantity?.code && quantity.code !== unit ? null : numberOf(quantity);
}

/** What the observation says of one parameter; null when nothing that can be scored. */
function valueOf(observation: Observation, part: News2Parameter, code: string): number | boolean | null {
  if (part === 'consciousness') {
    const answers = observation.valueCodeableConcept?.coding?.map((one) => one.code ?? '') ?? [];
    return answers.length ? answers.some((answer) => ALERT.has(answer)) : null;
  }
  if (part === 'oxygen') {
    const value = numberOf(observation.valueQuantity);
    return value === null ? null : value > (code === '3150-6' ? ROOM_AIR_PERCENT : 0);
  }
  const systolic = observation.component?.find((one) => codeIn(one.code, LOINC) === SYSTOLIC)?.valueQuantity;
  return measured(part === 'systolic' && code !== SYSTOLIC ? systolic : observation.valueQuantity, part);
}

const takenAt = (observation: Observation): string => observation.effectiveDateTime ?? observation.effectivePeriod?.start ?? observation.issued ?? '';
const VALID = new Set(['final', 'amended', 'corrected']);

function levelOf(points: (number | null)[], score: number): News2['level'] {
  if (score >= 7) return 'high';
  if (score >= 5) return 'medium';
  return points.includes(3) ? 'single' : 'low';
}

/** The score of the newest measure of each kind; null when none of them is recorded. */
export function news2(observations: readonly Observation[]): News2 | null {
  const found = new Map<News2Parameter, { at: number; when: string; value: number | boolean }>();
  for (const observation of observations) {
    const code = codeIn(observation.code, LOINC) ?? '';
    const part = CODES[code];
    if (!part || !VALID.has(observation.status ?? 'final')) continue;
    const value = valueOf(observation, part, code);
    const when = takenAt(observation);
    const at = Date.parse(when);
    if (value === null || Number.isNaN(at) || at <= (found.get(part)?.at ?? -Infinity)) continue;
    found.set(part, { at, when, value });
  }
  if (found.size === 0) return null;
  const parts = [...found.values()].sort((a, b) => a.at - b.at);
  const values = Object.fromEntries([...found].map(([part, { value }]) => [part === 'consciousness' ? 'alert' : part, value])) as News2Values;
  const { known, missing, points } = news2Score(values, 1);
  return { score: known, missing, level: levelOf(Object.values(points), known), from: parts[0]?.when ?? '', to: parts.at(-1)?.when ?? '' };
}
