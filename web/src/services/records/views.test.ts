import { describe, expect, it } from 'vitest';
import type { AllergyIntolerance, Condition, Observation } from '../../fhir/types';
import { allergiesOf } from './allergies.resource';
import { columnsOf } from './cumulative.resource';
import { medicationsOf } from './medications.resource';
import { flagOf, seriesOf } from './observations.resource';
import { problemsOf } from './problems.resource';
import { mergeStreams, type EventRow } from './timeline.resource';

const allergy = (part: Partial<AllergyIntolerance>): AllergyIntolerance => ({ resourceType: 'AllergyIntolerance', ...part });
const status = (code: string) => ({ coding: [{ code }] });
const NONE = { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] };

describe('allergies', () => {
  it('are known, none known, or not recorded', () => {
    expect(allergiesOf([allergy({ code: { text: 'Latex' } })]).state).toBe('known');
    expect(allergiesOf([allergy({ code: NONE })]).state).toBe('noneKnown');
    expect(allergiesOf([]).state).toBe('notRecorded');
  });
  it('known wins over none known, and what was refuted or ended does not count', () => {
    expect(allergiesOf([allergy({ code: NONE }), allergy({ code: { text: 'Latex' } })]).state).toBe('known');
    expect(allergiesOf([allergy({ code: { text: 'Latex' }, verificationStatus: status('refuted') })]).state).toBe('notRecorded');
    expect(allergiesOf([allergy({ code: { text: 'Latex' }, clinicalStatus: status('resolved') })])).toMatchObject({ state: 'notRecorded', past: [{ substance: 'Latex' }] });
  });
  it('put the severe first and tell the last update', () => {
    const read = allergiesOf([allergy({ code: { text: 'Latex' }, recordedDate: '2020-01-01' }), allergy({ code: { text: 'Pénicilline' }, criticality: 'high', recordedDate: '2019-01-01' })]);
    expect(read.active.map((row) => row.substance)).toEqual(['Pénicilline', 'Latex']);
    expect(read.updated).toBe('2020-01-01');
  });
});

describe('problems', () => {
  it('put the active first, newest first', () => {
    const condition = (text: string, code: string, onsetDateTime: string): Condition => ({ resourceType: 'Condition', code: { text }, clinicalStatus: status(code), onsetDateTime });
    const rows = problemsOf([condition('a', 'resolved', '2024'), condition('b', 'active', '2011'), condition('c', 'relapse', '2016')]);
    expect(rows.map((row) => row.label)).toEqual(['c', 'b', 'a']);
  });
});

const observation = (part: Partial<Observation>): Observation => ({ resourceType: 'Observation', status: 'final', ...part });
const loinc = (code: string, text = code) => ({ coding: [{ system: 'http://loinc.org', code }], text });

describe('results', () => {
  it('believe the laboratory before the range', () => {
    const range = [{ low: { value: 3.5 }, high: { value: 5.1 } }];
    expect(flagOf({ valueQuantity: { value: 5.6 }, referenceRange: range })).toBe('high');
    expect(flagOf({ valueQuantity: { value: '3.40' }, referenceRange: range })).toBe('low');
    expect(flagOf({ valueQuantity: { value: 5.6 }, referenceRange: range, interpretation: [status('N')] })).toBeNull();
    expect(flagOf({ valueQuantity: { value: 4 }, interpretation: [status('HH')] })).toBe('critical-high');
    expect(flagOf({ valueQuantity: { value: 4 } })).toBeNull();
  });
  it('never mix units in one series, and leave out what was entered in error', () => {
    const weight = (value: number, unit: string, day: string, state = 'final') => observation({ status: state, code: loinc('29463-7'), valueQuantity: { value, unit }, effectiveDateTime: day });
    const series = seriesOf([weight(70, 'kg', '2026-01-01'), weight(155, 'lb', '2026-02-01'), weight(71, 'kg', '2026-03-01'), weight(700, 'kg', '2026-04-01', 'entered-in-error')], 'fr');
    expect(series.map((s) => [s.unit, s.points.map((p) => p.text)])).toEqual([['kg', ['71', '70']], ['lb', ['155']]]);
  });
  it('read a blood pressure as one measure', () => {
    const part = (code: string, value: number) => ({ code: loinc(code), valueQuantity: { value, code: 'mm[Hg]' } });
    const [series] = seriesOf([observation({ code: loinc('85354-9'), component: [part('8480-6', 148), part('8462-4', 92)], effectiveDateTime: '2026-01-01' })], 'fr');
    expect(series).toMatchObject({ unit: 'mmHg', points: [{ text: '148/92', values: [148, 92] }] });
  });
});

describe('the timeline', () => {
  const row = (key: string, at: string): EventRow => ({ key, at, type: 'Encounter', end: undefined, title: '', detail: '', side: null, status: '' });
  it('shows only what no unread page could come before', () => {
    const merged = mergeStreams([
      { rows: [row('a', '2026-05'), row('b', '2026-03')], more: true },
      { rows: [row('c', '2026-04'), row('d', '2020-01')], more: false },
    ]);
    expect(merged.rows.map((r) => r.key)).toEqual(['a', 'c', 'b']);
    expect(merged.behind).toEqual([0]);
  });
  it('shows everything once all is read', () => {
    expect(mergeStreams([{ rows: [row('a', '2026-05'), row('x', '')], more: false }, { rows: [], more: false }])).toMatchObject({ rows: [{ key: 'a' }, { key: 'x' }], behind: [] });
  });
});

describe('treatments', () => {
  const use = (resourceType: 'MedicationRequest' | 'MedicationStatement', part: object) => ({ resourceType, status: 'active', medicationCodeableConcept: { text: 'ramipril 5 mg, comprimé' }, ...part });
  it('prescribed and reported at the same dose are one line, with the earliest start', () => {
    const rows = medicationsOf([
      use('MedicationRequest', { authoredOn: '2026-09-05', dosageInstruction: [{ text: '1 le matin' }] }),
      use('MedicationStatement', { effectivePeriod: { start: '2020-06-25' }, dosage: [{ text: '1 le matin' }] }),
    ], 'fr', '2026-11-22');
    expect(rows).toMatchObject([{ since: '2020-06-25', prescribed: '2026-09-05' }]);
  });
  it('at another dose stay apart', () => {
    const rows = medicationsOf([use('MedicationRequest', { authoredOn: '2026-09-05', dosageInstruction: [{ text: '1 le matin' }] }), use('MedicationRequest', { authoredOn: '2026-10-05', dosageInstruction: [{ text: '2 le matin' }] })], 'fr', '2026-11-22');
    expect(rows).toHaveLength(2);
  });
});

describe('cumulative results', () => {
  it('put the samples of a day in one column unless an analyte comes twice', () => {
    const value = (code: string, at: string) => observation({ code: loinc(code), valueQuantity: { value: 1, unit: 'g' }, effectiveDateTime: at });
    const series = seriesOf([value('a', '2026-11-19T07:00:00Z'), value('b', '2026-11-19T08:00:00Z'), value('a', '2026-11-19T17:00:00Z'), value('a', '2026-10-01T07:00:00Z')], 'fr');
    expect(columnsOf(series, 10).map((column) => [column.day, column.times.length])).toEqual([['2026-11-19', 2], ['2026-11-19', 1], ['2026-10-01', 1]]);
    expect(columnsOf(series, 1)).toHaveLength(1);
  });
});
