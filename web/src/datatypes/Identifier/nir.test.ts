import { describe, expect, it } from 'vitest';
import { isInsee, nirKey, readNir } from './nir';

describe('the social security number', () => {
  it.each([
    ['2550814168025', '38'],
    ['2790351215189', '89'],
    ['190012A123456', '15'],
    ['190012B123456', '42'],
    ['1850575123456', '73'],
  ])('%s has the key %s', (body, key) => expect(nirKey(body)).toBe(key));

  it('is read with its spaces, and tells sex, month and birthplace', () => {
    expect(readNir('1 90 01 2a 123 456 15')).toEqual({ nir: { body: '190012A123456', key: '15', gender: 'male', year: '90', month: '01', birthplace: '2A123' } });
    expect(readNir('279035121518989')).toMatchObject({ nir: { gender: 'female', birthplace: '51215' } });
  });
  it('tells what is wrong as it is typed', () => {
    expect(readNir('2 55 08')).toEqual({ fault: 'short' });
    expect(readNir('5')).toEqual({ fault: 'shape' });
    expect(readNir('255081416802539')).toEqual({ fault: 'key' });
    expect(readNir('190012C12345615')).toEqual({ fault: 'shape' });
    expect(readNir('2790351215189890')).toEqual({ fault: 'shape' });
  });
  it('does not read a month that is none', () => {
    const body = '1902099123456';
    expect(readNir(body + nirKey(body))).toMatchObject({ nir: { month: null, birthplace: null } });
  });
});

describe('a birthplace code', () => {
  it('is a commune of France, or a country', () => {
    expect(['75056', '2A004', '2B033', '97411', '99100', '01004'].every(isInsee)).toBe(true);
    expect(['96001', '00001', '7505', '20004x', ''].some(isInsee)).toBe(false);
  });
});
