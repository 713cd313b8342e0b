import { describe, expect, it } from 'vitest';
import { fhirParse } from '../../fhir/json';
import type { Observation } from '../../fhir/types';
import { formatNumber, formatQuantity, formatRange } from './number';

describe('numbers', () => {
  it('have a decimal comma and narrow no-break spaces', () => {
    expect(formatNumber(1234567.5, 'fr')).toBe('1\u202f234\u202f567,5');
    expect(formatNumber(0.5, 'fr')).toBe('0,5');
    expect(formatNumber(-2, 'fr')).toBe('\u22122');
    expect(formatNumber(0.5, 'en')).toBe('0.5');
    expect(formatNumber(1e-7, 'fr')).toBe('0,0000001');
  });
  it('keep the digits of a result and drop the trailing zeros of a dose', () => {
    expect(formatNumber('4.10', 'fr')).toBe('4,10');
    expect(formatNumber('4.10', 'fr', true)).toBe('4,1');
    expect(formatNumber('5.0', 'fr', true)).toBe('5');
  });
});

describe('quantities', () => {
  it('print UCUM as a French report does', () => {
    expect(formatQuantity({ value: 37.5, code: 'Cel', unit: 'C' }, 'fr')).toBe('37,5\u202f°C');
    expect(formatQuantity({ value: 212, code: '10*9/L' }, 'fr')).toBe('212\u202fG/L');
    expect(formatQuantity({ value: 5, comparator: '<', unit: 'mg/L' }, 'fr')).toBe('<\u202f5\u202fmg/L');
    expect(formatQuantity({ unit: 'mg/L' }, 'fr')).toBeNull();
  });
  it('have ranges with one bound or two', () => {
    expect(formatRange({ low: { value: 3.5 }, high: { value: 5.1 } }, 'fr')).toBe('3,5\u00a0–\u00a05,1');
    expect(formatRange({ high: { value: 5 } }, 'fr')).toBe('≤\u202f5');
    expect(formatRange({ low: { value: 60 } }, 'fr')).toBe('≥\u202f60');
    expect(formatRange({}, 'fr')).toBeNull();
  });
});

describe('parsing', () => {
  it('keeps the last zero of a decimal and leaves texts alone', () => {
    const text = '{"note":"said \\"value\\": 1.10, no more","valueQuantity":{"value": 1.10,"unit":"g"},"other":{"value":1.5},"whole":{"value":10}}';
    const read = fhirParse<Observation & { note: string; other: { value: number }; whole: { value: number } }>(text);
    expect(read.valueQuantity?.value).toBe('1.10');
    expect(read.note).toBe('said "value": 1.10, no more');
    expect(read.other.value).toBe(1.5);
    expect(read.whole.value).toBe(10);
  });
});
