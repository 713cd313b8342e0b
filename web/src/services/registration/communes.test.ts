import { describe, expect, it } from 'vitest';
import { findCommunes } from './communes.resource';
import { findCountries } from './countries.resource';

describe('birthplaces', () => {
  it('are found without accents, with the department', async () => {
    expect((await findCommunes('evreux'))[0]).toEqual({ code: '27229', name: 'Évreux', department: '27' });
    expect((await findCommunes('AJACC'))[0]).toMatchObject({ code: '2A004', department: '2A' });
    expect((await findCommunes('st denis 93')).map((one) => one.code)).toEqual(['93066']);
    expect((await findCommunes('saint denis 974'))[0]).toMatchObject({ code: '97411', department: '974' });
    expect(await findCommunes('xyzzy')).toEqual([]);
    expect(await findCommunes('')).toEqual([]);
  });
  it('are countries too, by their name', () => {
    expect(findCountries('alger')).toEqual([{ code: '99352', name: 'Algérie', department: '99' }]);
    expect(findCountries('cote d ivoire')[0]?.code).toBe('99326');
    expect(findCountries('congo').map((one) => one.code)).toEqual(['99324', '99312']);
    expect([findCountries('x'), findCountries('')]).toEqual([[], []]);
  });
});
