// Vital signs as they are typed at the bedside, and the LOINC panel that they become.
import { LOINC, codeIn } from '../../datatypes/CodeableConcept/concept';
import { numberOf } from '../../datatypes/Quantity/number';
import type { CodeableConcept, Observation, Resource } from '../../fhir/types';
import { coded } from './entry-forms.resource';
import type { News2Values } from '../../datatypes/Observation/news2-score';

const UCUM = 'http://unitsofmeasure.org';

export const SIGNS = ['pulse', 'temperature', 'saturation', 'respiration', 'pain', 'weight', 'height'] as const;
export type Sign = (typeof SIGNS)[number];

interface Measure { code: string; unit: string; ucum: string; low: number; high: number; decimals: number }

/** Limits of what can be: beyond them it is a slip of the hand, not a measure. */
export const MEASURES: Record<Sign | 'systolic' | 'diastolic' | 'flow', Measure> = {
  systolic: { code: '8480-6', unit: 'mmHg', ucum: 'mm[Hg]', low: 30, high: 300, decimals: 0 },
  diastolic: { code: '8462-4', unit: 'mmHg', ucum: 'mm[Hg]', low: 10, high: 200, decimals: 0 },
  pulse: { code: '8867-4', unit: '/min', ucum: '/min', low: 15, high: 300, decimals: 0 },
  temperature: { code: '8310-5', unit: '°C', ucum: 'Cel', low: 24, high: 44, decimals: 1 },
  saturation: { code: '2708-6', unit: '%', ucum: '%', low: 30, high: 100, decimals: 0 },
  respiration: { code: '9279-1', unit: '/min', ucum: '/min', low: 2, high: 90, decimals: 0 },
  flow: { code: '3151-8', unit: 'L/min', ucum: 'L/min', low: 0, high: 80, decimals: 1 },
  pain: { code: '72514-3', unit: '/10', ucum: '{score}', low: 0, high: 10, decimals: 0 },
  weight: { code: '29463-7', unit: 'kg', ucum: 'kg', low: 0.3, high: 400, decimals: 2 },
  height: { code: '8302-2', unit: 'cm', ucum: 'cm', low: 20, high: 250, decimals: 1 },
};

export type Awake = '' | 'alert' | 'confused' | 'voice' | 'pain' | 'unresponsive';
/** ACVPU as LOINC answers (67775-7); new confusion is a SNOMED CT finding. */
const ANSWERS: Record<Exclude<Awake, ''>, [string, string]> = {
  alert: [LOINC, 'LA9340-6'],
  confused: ['http://snomed.info/sct', '130987000'],
  voice: [LOINC, 'LA9341-4'],
  pain: [LOINC, 'LA9342-2'],
  unresponsive: [LOINC, 'LA9343-0'],
};

export type Typed = Record<Sign | 'pressure' | 'flow', string> & { awake: Awake };
export const NOTHING: Typed = { pressure: '', pulse: '', temperature: '', saturation: '', flow: '', respiration: '', awake: '', pain: '', weight: '', height: '' };

export type Fault = { low: number; high: number } | 'number' | 'pressure';
type Name = keyof typeof MEASURES;
export interface Readings { values: Partial<Record<Name, number>>; faults: Partial<Record<keyof Typed, Fault>> }

const NUMBER = /^\d{1,3}(?:[.,]\d{1,2})?$/;

function measured(text: string, name: Name): number | Fault | null {
  const trimmed = text.trim();
  if (!trimmed) return null;
  if (!NUMBER.test(trimmed)) return 'number';
  const { low, high, decimals } = MEASURES[name];
  const value = Number(Number(trimmed.replace(',', '.')).toFixed(decimals));
  return value < low || value > high ? { low, high } : value;
}

/** What was typed as numbers, and what cannot be. A pressure is « 128/74 ». */
export function readings(typed: Typed): Readings {
  const read: Readings = { values: {}, faults: {} };
  const take = (field: keyof Typed, name: Name, text: string) => {
    const value = measured(text, name);
    if (typeof value === 'number') read.values[name] = value;
    else if (value) read.faults[field] = value;
  };
  for (const sign of [...SIGNS, 'flow'] as const) take(sign, sign, typed[sign]);
  if (typed.pressure.trim()) {
    const parts = /^\s*(\d{2,3})\s*[/ -]\s*(\d{2,3})\s*$/.exec(typed.pressure);
    if (!parts) read.faults.pressure = 'pressure';
    else {
      take('pressure', 'systolic', parts[1] ?? '');
      take('pressure', 'diastolic', parts[2] ?? '');
      const { systolic = 0, diastolic = 0 } = read.values;
      if (!read.faults.pressure && systolic <= diastolic) read.faults.pressure = 'pressure';
    }
  }
  return read;
}

/** Saturation without a flow says nothing of oxygen: it stays unknown. */
export function newsOf({ values }: Readings, awake: Awake): News2Values {
  const { respiration = null, saturation = null, systolic = null, pulse = null, temperature = null, flow } = values;
  return { respiration, saturation, systolic, pulse, temperature, oxygen: flow === undefined ? null : flow > 0, alert: awake === '' ? null : awake === 'alert' };
}

type Words = (name: Name | 'bloodPressure' | 'panel' | 'consciousness' | Exclude<Awake, ''>) => string;

/** The panel and its members, for one transaction. */
export function vitalBundle(read: Readings, awake: Awake, at: string, patientId: string, words: Words, newId: () => string): (Resource & { fullUrl: string })[] {
  const { systolic, diastolic, ...rest } = read.values;
  const base = (code: CodeableConcept, value: object) => ({
    fullUrl: `urn:uuid:${newId()}`,
    resourceType: 'Observation',
    status: 'final',
    category: [coded('observation-category', 'vital-signs')],
    code,
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: at,
    ...value,
  });
  const quantity = (name: Name, value: number) => ({ valueQuantity: { value, unit: MEASURES[name].unit, system: UCUM, code: MEASURES[name].ucum } });
  const code = (name: Name) => coded(LOINC, MEASURES[name].code, words(name));
  const members = (Object.entries(rest) as [Name, number][]).map(([name, value]) => base(code(name), quantity(name, value)));
  if (systolic !== undefined && diastolic !== undefined) {
    members.unshift(base(coded(LOINC, '85354-9', words('bloodPressure')), { component: [{ code: code('systolic'), ...quantity('systolic', systolic) }, { code: code('diastolic'), ...quantity('diastolic', diastolic) }] }));
  }
  if (awake) {
    const [system, answer] = ANSWERS[awake];
    members.push(base(coded(LOINC, '67775-7', words('consciousness')), { valueCodeableConcept: coded(system, answer, words(awake)) }));
  }
  if (!members.length) return [];
  return [base(coded(LOINC, '85353-1', words('panel')), { hasMember: members.map(({ fullUrl }) => ({ reference: fullUrl })) }), ...members];
}

const NAMES: Record<string, Name> = { ...Object.fromEntries(Object.entries(MEASURES).map(([name, { code }]) => [code, name as Name])), '59408-5': 'saturation' };
const ROUND_MS = 60 * 60 * 1000;

/** The values of the newest round: what was measured within an hour of the newest measure of one that NEWS2 needs. */
export function latestRound(observations: Observation[]): { values: News2Values; at: string } | null {
  const valid = observations.filter((o) => !['entered-in-error', 'cancelled'].includes(o.status ?? '') && !Number.isNaN(Date.parse(o.effectiveDateTime ?? '')));
  const sorted = valid.sort((a, b) => Date.parse(b.effectiveDateTime ?? '') - Date.parse(a.effectiveDateTime ?? ''));
  const found: Partial<Record<Name, number>> = {};
  let alert: boolean | null = null;
  let newest = 0;
  for (const one of sorted) {
    const at = Date.parse(one.effectiveDateTime ?? '');
    if (newest && newest - at > ROUND_MS) break;
    const before = Object.keys(found).length + Number(alert !== null);
    for (const part of one.component?.length ? one.component : [one]) {
      const name = NAMES[codeIn(part.code, LOINC) ?? ''];
      const value = numberOf(part.valueQuantity);
      if (name && value !== null && found[name] === undefined && name !== 'weight' && name !== 'height' && name !== 'pain') found[name] = value;
    }
    if (alert === null && codeIn(one.code, LOINC) === '67775-7') {
      const answers = one.valueCodeableConcept?.coding?.map((c) => c.code) ?? [];
      if (answers.length) alert = answers.includes('LA9340-6');
    }
    if (!newest && Object.keys(found).length + Number(alert !== null) > before) newest = at;
  }
  if (!newest) return null;
  const awake: Awake = alert === null ? '' : alert ? 'alert' : 'voice';
  return { values: newsOf({ values: found, faults: {} }, awake), at: new Date(newest).toISOString() };
}
