import { describe, expect, it } from 'vitest';
import { askedBy } from '../stock/stock.resource';
import { regionOf } from '../nursing/body';
import { codeOf, isSeparatorKey, SEPARATOR, sentCode, shownCode } from './scan';

describe('what a reader types', () => {
  it('keeps the separator, shown and sent', () => {
    const code = `0103401234567894${'10'}LOT1${SEPARATOR}17271130`;
    expect(shownCode(code)).toContain('LOT1␝17');
    expect(sentCode(` ${shownCode(code)}\r\n`)).toBe(code);
  });

  it('knows the ways in which a reader sends it', () => {
    expect(isSeparatorKey({ key: ']', ctrlKey: true })).toBe(true);
    expect(isSeparatorKey({ key: 'F8', ctrlKey: false })).toBe(true);
    expect(isSeparatorKey({ key: ']', ctrlKey: false })).toBe(false);
  });
});

describe('a typed label', () => {
  const label = { gtin: '3401234567894', lot: 'AB-1', serial: '', expiry: '2027-11-30' };
  it('becomes the code that a reader would send', () => {
    expect(codeOf(label)).toBe('(01)03401234567894(17)271130(10)AB-1');
    expect(codeOf({ ...label, expiry: '', lot: '', serial: 'S9' })).toBe('(01)03401234567894(21)S9');
  });

  it('is none while a part is missing or wrong', () => {
    for (const wrong of [{ gtin: '12' }, { lot: '' }, { expiry: '30/11/2027' }]) expect(codeOf({ ...label, ...wrong })).toBeNull();
  });
});

describe('the search for carriers', () => {
  it('asks by lot, by GTIN, or by the lot of a scanned code', () => {
    expect(askedBy('AB-123')).toEqual({ by: 'lot', value: 'AB-123' });
    expect(askedBy('03401234567894')).toEqual({ by: 'gtin', value: '03401234567894' });
    expect(askedBy('(01)03401234567894(17)271130(10)LOT1')).toEqual({ by: 'lot', value: 'LOT1' });
    expect(askedBy('(01)03401234567894(17)271130')).toEqual({ by: 'gtin', value: '03401234567894' });
  });
});

describe('a written site', () => {
  it('is found on the figure by how it begins', () => {
    const words = { 'arm-left': 'Bras gauche', 'thigh-left': 'Cuisse gauche', 'knee-right': 'Genou droit' };
    expect(regionOf('cuisse gauche, face latérale', words)).toBe('thigh-left');
    expect(regionOf('face latérale', words)).toBeNull();
  });
});
