// NEWS2, the National Early Warning Score (Royal College of Physicians, London, 2017): points of each parameter by the
// published table, both scales of oxygen saturation. For persons of 16 years and more who are not pregnant.

export const NEWS2_PARAMETERS = ['respiration', 'saturation', 'oxygen', 'systolic', 'pulse', 'consciousness', 'temperature'] as const;
export type News2Parameter = (typeof NEWS2_PARAMETERS)[number];

/** Scale 2 only for a target of 88–92 % in confirmed hypercapnic respiratory failure, on a physician's decision. */
export type SpO2Scale = 1 | 2;

export interface News2Values {
  /** Breaths a minute. */
  respiration?: number | null;
  /** Percent. */
  saturation?: number | null;
  /** Whether oxygen is given. */
  oxygen?: boolean | null;
  /** mmHg. */
  systolic?: number | null;
  /** Beats a minute. */
  pulse?: number | null;
  /** Alert; false for new confusion, voice, pain, unresponsive. */
  alert?: boolean | null;
  /** Degrees Celsius. */
  temperature?: number | null;
}

export interface News2Score {
  points: Record<News2Parameter, number | null>;
  missing: News2Parameter[];
  /** Null as long as a parameter is missing: a score is never guessed. */
  total: number | null;
  /** Sum of what is known: the true score is at least this. */
  known: number;
  risk: 'low' | 'lowMedium' | 'medium' | 'high' | null;
}

type Steps = readonly (readonly [upTo: number, points: number])[];

/** Points of the first step that the value does not exceed. */
const step = (value: number, steps: Steps): number => steps.find(([upTo]) => value <= upTo)?.[1] ?? 0;

const RESPIRATION: Steps = [[8, 3], [11, 1], [20, 0], [24, 2], [Infinity, 3]];
const SYSTOLIC: Steps = [[90, 3], [100, 2], [110, 1], [219, 0], [Infinity, 3]];
const PULSE: Steps = [[40, 3], [50, 1], [90, 0], [110, 1], [130, 2], [Infinity, 3]];
const TEMPERATURE: Steps = [[35, 3], [36, 1], [38, 0], [39, 1], [Infinity, 2]];
const SCALE_1: Steps = [[91, 3], [93, 2], [95, 1], [Infinity, 0]];
const SCALE_2_LOW: Steps = [[83, 3], [85, 2], [87, 1], [Infinity, 0]];
const SCALE_2_OXYGEN: Steps = [[92, 0], [94, 1], [96, 2], [Infinity, 3]];

/** On scale 2 a high saturation counts only under oxygen; whether it is given must then be known. */
function saturationPoints(value: number, oxygen: boolean | null | undefined, scale: SpO2Scale): number | null {
  const whole = Math.round(value);
  if (scale === 1) return step(whole, SCALE_1);
  if (whole < 93) return step(whole, SCALE_2_LOW);
  if (oxygen === null || oxygen === undefined) return null;
  return oxygen ? step(whole, SCALE_2_OXYGEN) : 0;
}

const known = (value: number | null | undefined): value is number => typeof value === 'number' && Number.isFinite(value);
const scored = (value: number | null | undefined, steps: Steps, decimals = 0) => (known(value) ? step(Number(value.toFixed(decimals)), steps) : null);
const yes = (value: boolean | null | undefined, points: number) => (value === null || value === undefined ? null : value ? points : 0);

export function news2Score(values: News2Values, scale: SpO2Scale): News2Score {
  const points: Record<News2Parameter, number | null> = {
    respiration: scored(values.respiration, RESPIRATION),
    saturation: known(values.saturation) ? saturationPoints(values.saturation, values.oxygen, scale) : null,
    oxygen: yes(values.oxygen, 2),
    systolic: scored(values.systolic, SYSTOLIC),
    pulse: scored(values.pulse, PULSE),
    consciousness: values.alert === null || values.alert === undefined ? null : values.alert ? 0 : 3,
    temperature: scored(values.temperature, TEMPERATURE, 1),
  };
  const missing = NEWS2_PARAMETERS.filter((one) => points[one] === null);
  const all = NEWS2_PARAMETERS.map((one) => points[one] ?? 0);
  const sum = all.reduce((a, b) => a + b, 0);
  const total = missing.length ? null : sum;
  return { points, missing, total, known: sum, risk: total === null ? null : riskOf(total, all.includes(3)) };
}

/** Thresholds of the published chart: 7 and more, 5–6, a single parameter of 3, else low. */
function riskOf(total: number, single3: boolean): News2Score['risk'] {
  if (total >= 7) return 'high';
  if (total >= 5) return 'medium';
  return single3 ? 'lowMedium' : 'low';
}
