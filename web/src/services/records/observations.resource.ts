// Vital signs and laboratory results: Observations made into series, one per measure and unit (units never mix).
import { useQuery } from '@tanstack/react-query';
import { LOINC, codeIn, conceptText, firstCode } from '../../datatypes/CodeableConcept/concept';
import type { Language } from '../../datatypes/Date/format';
import { formatQuantity, formatRange, numberOf, unitOf } from '../../datatypes/Quantity/number';
import { fhirSearchAll } from '../../fhir/client';
import type { Observation, ObservationComponent, Quantity, Range } from '../../fhir/types';

export type Flag = 'critical-high' | 'critical-low' | 'critical' | 'high' | 'low' | 'abnormal' | null;

export interface Point {
  id: string;
  at: string;
  /** One number, or systolic and diastolic; null where the value is words. */
  values: (number | null)[];
  text: string;
  flag: Flag;
}

export interface Series {
  key: string;
  /** LOINC code, or '' */
  code: string;
  label: string;
  unit: string;
  range: string | null;
  /** Bounds of the reference, where they are numbers. */
  band?: { low: number | null; high: number | null };
  /** Newest first. */
  points: Point[];
}

const FLAGS: Record<string, Flag> = { HH: 'critical-high', LL: 'critical-low', AA: 'critical', H: 'high', L: 'low', HU: 'high', LU: 'low', A: 'abnormal', POS: 'abnormal' };
const SYSTOLIC = '8480-6';
const DIASTOLIC = '8462-4';
// One measure under several codes: the panel and its single parts, or two methods.
const SAME: Record<string, string> = { '55284-4': '85354-9', '59408-5': '2708-6', '3141-9': '29463-7', '8331-1': '8310-5' };

/** What the laboratory says about the value, else what its own reference range says. */
export function flagOf(part: ObservationComponent): Flag {
  for (const interpretation of part.interpretation ?? []) {
    const code = firstCode(interpretation);
    if (code in FLAGS) return FLAGS[code] ?? null;
    if (code) return null;
  }
  const value = numberOf(part.valueQuantity);
  const range: Range | undefined = part.referenceRange?.[0];
  const low = numberOf(range?.low);
  const high = numberOf(range?.high);
  if (value === null) return null;
  if (high !== null && value > high) return 'high';
  if (low !== null && value < low) return 'low';
  return null;
}

function words(part: ObservationComponent & { valueInteger?: number; valueBoolean?: boolean }): string {
  if (part.valueInteger !== undefined) return String(part.valueInteger);
  if (part.valueBoolean !== undefined) return part.valueBoolean ? '+' : '\u2212';
  return part.valueString ?? conceptText(part.valueCodeableConcept);
}

interface Reading { point: Point; unit: string; quantity: Quantity | undefined }

function pressure(observation: Observation, language: Language): Reading | null {
  const part = (code: string) => observation.component?.find((c) => codeIn(c.code, LOINC) === code)?.valueQuantity;
  const systolic = part(SYSTOLIC);
  const diastolic = part(DIASTOLIC);
  if (!systolic && !diastolic) return null;
  const number = (quantity: Quantity | undefined) => formatQuantity(quantity, language, false) ?? '?';
  return {
    unit: unitOf(systolic ?? diastolic),
    quantity: systolic,
    point: { id: '', at: '', values: [numberOf(systolic), numberOf(diastolic)], text: `${number(systolic)}/${number(diastolic)}`, flag: null },
  };
}

function reading(observation: Observation, language: Language): Reading | null {
  const both = pressure(observation, language);
  if (both) return both;
  const quantity = observation.valueQuantity;
  const text = quantity ? formatQuantity(quantity, language, false) : words(observation);
  if (!text) return null;
  return { unit: unitOf(quantity), quantity, point: { id: '', at: '', values: [numberOf(quantity)], text, flag: flagOf(observation) } };
}

export const takenAt = (observation: Observation): string => observation.effectiveDateTime ?? observation.effectivePeriod?.start ?? observation.issued ?? '';

/** Series in order of first appearance (newest observation first). */
export function seriesOf(observations: Observation[], language: Language): Series[] {
  const series = new Map<string, Series>();
  const valid = observations.filter((o) => o.status !== 'entered-in-error' && o.status !== 'cancelled');
  for (const observation of valid.sort((a, b) => takenAt(b).localeCompare(takenAt(a)))) {
    const read = reading(observation, language);
    if (!read) continue;
    const loinc = codeIn(observation.code, LOINC) ?? '';
    const code = SAME[loinc] ?? loinc;
    const key = `${code || conceptText(observation.code)}|${read.unit}`;
    let found = series.get(key);
    if (!found) {
      const range = observation.referenceRange?.[0];
      found = { key, code, label: conceptText(observation.code), unit: read.unit, range: formatRange(range, language) ?? range?.text ?? null, band: range && { low: numberOf(range.low), high: numberOf(range.high) }, points: [] };
      series.set(key, found);
    }
    found.points.push({ ...read.point, id: observation.id ?? '', at: takenAt(observation) });
  }
  return [...series.values()];
}

const VITAL_ORDER = ['85354-9', '8867-4', '2708-6', '8310-5', '9279-1', '72514-3', '29463-7', '8302-2', '39156-5'];

export function orderVitals(series: Series[]): Series[] {
  const rank = (s: Series) => (VITAL_ORDER.indexOf(s.code) + 1 || VITAL_ORDER.length + 1);
  return [...series].sort((a, b) => rank(a) - rank(b));
}

export type ObservationCategory = 'vital-signs' | 'laboratory';
const LIMIT: Record<ObservationCategory, number> = { 'vital-signs': 600, laboratory: 1000 };

/** The newest observations of a category; `complete` is false when older ones were left on the server. */
export function useObservations(patientId: string, category: ObservationCategory, language: Language, deep = false) {
  const limit = deep ? LIMIT[category] : 200;
  return useQuery({
    queryKey: ['fhir', 'Observation', patientId, category, language, limit],
    queryFn: async ({ signal }) => {
      const query = { patient: patientId, category, _sort: '-date', _count: '200' };
      const { rows, complete } = await fhirSearchAll<Observation>('Observation', query, limit, signal);
      const series = seriesOf(rows, language);
      return { series: category === 'vital-signs' ? orderVitals(series) : series, complete };
    },
  });
}
