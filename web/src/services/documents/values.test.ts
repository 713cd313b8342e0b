import { describe, expect, it } from 'vitest';
import { fieldOf, newRow, sentValues, shownValue, type Field } from './values';

const line: Field = { name: 'reason', label: '', type: 'line' };
const rows: Field = { name: 'items', label: '', type: 'rows', columns: [{ name: 'drug', label: '', type: 'line' }, { name: 'kept', label: '', type: 'flag' }] };

describe('values of a document', () => {
  it('what was written goes before what the chart gives, also when it was emptied', () => {
    expect(shownValue(line, {}, { reason: 'Coxarthrose' })).toBe('Coxarthrose');
    expect(shownValue(line, { reason: '' }, { reason: 'Coxarthrose' })).toBe('');
    expect([shownValue(line, {}, {}), shownValue(rows, {}, {}), shownValue({ ...line, type: 'flag' }, {}, {})]).toEqual(['', [], false]);
  });

  it('empty rows are not sent, nor what is empty on both sides', () => {
    expect(sentValues({ reason: '', items: [{ drug: '', kept: false }, { drug: 'Paracétamol', kept: false }] }, {})).toEqual({ items: [{ drug: 'Paracétamol', kept: false }] });
    expect(sentValues({ reason: '' }, { reason: 'Coxarthrose' })).toEqual({ reason: '' });
  });

  it('a refusal names its field', () => {
    expect([fieldOf('values.items[2].dose'), fieldOf('values.reason'), fieldOf('author.rpps')]).toEqual(['items', 'reason', null]);
    expect(newRow(rows)).toEqual({ drug: '', kept: false });
  });
});
