// One line typed while the hands are busy: « propofol 150 », « sufenta 10 µg », « rémi 0,1 µg/kg/min », « ta 120/70 fc 65 sat 99 ».
import type { Values } from '../core/entry.resource';
import type { CatalogueDrug } from './anaesthesia.resource';

export type Parsed =
  | { kind: 'drug'; drug: CatalogueDrug; values: Values }
  | { kind: 'vitals'; values: Values }
  | { kind: 'unknown'; fault: Fault; drugs: CatalogueDrug[] };

/** Why the line is not understood: several drugs begin so, none does, no dose, an unknown unit or sign. */
export type Fault = 'empty' | 'several' | 'no-drug' | 'no-dose' | 'unit' | 'sign';

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const DOSES: Record<string, string> = { mg: 'mg', ug: 'ug', 'µg': 'ug', 'μg': 'ug', mcg: 'ug', gamma: 'ug', microg: 'ug', microgrammes: 'ug', g: 'g', ml: 'mL', ui: 'IU', iu: 'IU', u: 'IU', unites: 'IU', mmol: 'mmol' };
const RATES: Record<string, string> = { 'ml/h': 'mL/h', 'mg/h': 'mg/h', 'ug/kg/min': 'ug/kg/min', 'mg/kg/h': 'mg/kg/h', 'ug/kg/h': 'ug/kg/h', 'ng/ml': 'ng/mL' };
const ROUTES: Record<string, string> = { iv: 'iv', ivd: 'iv', im: 'im', sc: 'sc', po: 'oral', inh: 'inhaled', rachi: 'spinal', peri: 'epidural', local: 'local', ir: 'rectal' };

const SIGN_WORDS: Record<string, string> = { ta: 'pressure', pa: 'pressure', bp: 'pressure', rr: 'rr', fc: 'hr', hr: 'hr', hf: 'hr', pouls: 'hr', sat: 'spo2', spo2: 'spo2', etco2: 'etco2', co2: 'etco2', fr: 'rr', af: 'rr', t: 'temp', temp: 'temp', bis: 'bis', tof: 'tof', pam: 'map', map: 'map' };

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const numberOf = (text: string): number => Number(text.replace(',', '.'));

const rateUnit = (unit: string): string | undefined => RATES[unit.toLowerCase().replaceAll('µ', 'u').replaceAll('μ', 'u').replaceAll('mcg', 'ug').replaceAll('gamma', 'ug')];

/** Drugs whose name begins with what was typed; a whole name stands before the ones that it begins. */
export function drugsNamed(typed: string, drugs: CatalogueDrug[]): CatalogueDrug[] {
  const wanted = plain(typed).trim();
  if (!wanted) return [];
  const exact = drugs.filter(({ name, code }) => plain(name) === wanted || plain(code) === wanted);
  return exact.length ? exact : drugs.filter(({ name, code }) => plain(name).startsWith(wanted) || plain(code).startsWith(wanted));
}

/** Vital signs, when the line begins with the name of one. */
function vitalsOf(line: string): Parsed | null {
  const first = plain(/^\S+/.exec(line)?.[0] ?? '').replace(/[\d:=].*$/, '') || plain(/^\S+/.exec(line)?.[0] ?? '');
  const bare = new RegExp(String.raw`^\s*\d{2,3}\s*/\s*\d{2,3}\b`).test(line);
  const head = SIGN_WORDS[first] ?? SIGN_WORDS[plain(/^\S+/.exec(line)?.[0] ?? '')];
  if (!head && !bare) return null;
  const values: Values = {};
  let rest = line;
  const pressure = /(?:\b(?:ta|pa|bp|rr)\s*[:=]?\s*)?\b(\d{2,3})\s*\/\s*(\d{2,3})(?:\s*\/\s*(\d{2,3}))?/i.exec(rest);
  if (pressure) {
    values['sbp'] = Number(pressure[1]);
    values['dbp'] = Number(pressure[2]);
    if (pressure[3]) values['map'] = Number(pressure[3]);
    rest = rest.replace(pressure[0], ' ');
  }
  for (const [whole, word, number] of rest.matchAll(new RegExp(String.raw`(spo2|etco2|co2|[a-z]+)\s*[:=]?\s*${NUMBER}\s*%?`, 'gi'))) {
    const sign = SIGN_WORDS[plain(word ?? '')];
    if (!sign || sign === 'pressure') return { kind: 'unknown', fault: 'sign', drugs: [] };
    values[sign] = numberOf(number ?? '');
    rest = rest.replace(whole, ' ');
  }
  if (rest.trim() || !Object.keys(values).length) return { kind: 'unknown', fault: 'sign', drugs: [] };
  return { kind: 'vitals', values };
}

/** What a line means. Nothing is guessed: without a clear drug and dose it stays unknown, and says why. */
export function parseLine(line: string, drugs: CatalogueDrug[]): Parsed {
  const text = line.trim();
  if (!text) return { kind: 'unknown', fault: 'empty', drugs: [] };
  const vitals = vitalsOf(text);
  if (vitals) return vitals;
  const match = new RegExp(String.raw`^(\D*?)\s+${NUMBER}\s*([^\s\d]+)?(?:\s+(\S+))?$`, 'u').exec(text);
  const name = match?.[1] ?? text;
  const found = drugsNamed(name, drugs);
  if (found.length !== 1 || !found[0]) return { kind: 'unknown', fault: found.length ? 'several' : 'no-drug', drugs: found };
  const drug = found[0];
  if (!match) return { kind: 'unknown', fault: 'no-dose', drugs: found };
  return withDose(drug, numberOf(match[2] ?? ''), match[3], match[4]);
}

function withDose(drug: CatalogueDrug, amount: number, unit: string | undefined, last: string | undefined): Parsed {
  const route = last === undefined ? undefined : ROUTES[plain(last)];
  // « rachi 10 » has its route as the last word; an unknown word is never dropped.
  const onlyRoute = unit !== undefined && last === undefined ? ROUTES[plain(unit)] : undefined;
  if (last !== undefined && !route) return { kind: 'unknown', fault: 'unit', drugs: [drug] };
  const base = { code: drug.code, name: drug.name, class: drug.class, route: route ?? onlyRoute ?? drug.route };
  if (unit === undefined || onlyRoute) return { kind: 'drug', drug, values: { ...base, mode: 'bolus', dose: amount, unit: drug.unit } };
  const rate = rateUnit(unit);
  if (rate) return { kind: 'drug', drug, values: { ...base, mode: 'infusion', rate: amount, rateUnit: rate } };
  const dose = DOSES[plain(unit)] ?? DOSES[unit];
  if (!dose) return { kind: 'unknown', fault: 'unit', drugs: [drug] };
  return { kind: 'drug', drug, values: { ...base, mode: 'bolus', dose: amount, unit: dose } };
}
