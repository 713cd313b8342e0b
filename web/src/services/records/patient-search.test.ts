import { describe, expect, it } from 'vitest';
import { isShort, patientQuery } from './patient-search.resource';

describe('what was typed', () => {
  it('is a name, all its words', () => {
    expect(patientQuery('lefèvre marg')).toEqual({ name: ['lefèvre', 'marg'] });
    expect(patientQuery("O'Brien")).toEqual({ name: ["O'Brien"] });
  });
  it('is a birth date in any usual form', () => {
    for (const typed of ['12/03/1961', '12.3.1961', '12-03-1961', '1961-03-12', '12 03 1961']) expect(patientQuery(typed)).toEqual({ birthdate: '1961-03-12' });
    expect(patientQuery('lefèvre 12/03/1961')).toEqual({ name: ['lefèvre'], birthdate: '1961-03-12' });
  });
  it('is a record number or an INS, spaced or not', () => {
    expect(patientQuery('8001230')).toEqual({ identifier: ['8001230'] });
    expect(patientQuery('2 55 08 14 168 025 38')).toEqual({ identifier: ['255081416802538'] });
    expect(patientQuery('190012a12345615')).toEqual({ identifier: ['190012A12345615'] });
  });
  it('is not sent while it says too little', () => {
    expect(patientQuery('')).toBeNull();
    expect(patientQuery('l')).toBeNull();
  });
  it('may be a name of two letters, or begin with one', () => {
    expect(patientQuery('li')).toEqual({ name: ['li'] });
    expect(patientQuery('de la tour')).toEqual({ name: ['de', 'la', 'tour'] });
    expect([isShort(patientQuery('du')), isShort(patientQuery('dup')), isShort(patientQuery('du 12/03/1961'))]).toEqual([true, false, false]);
  });
});
