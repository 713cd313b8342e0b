import { describe, expect, it } from 'vitest';
import { isMinor, peopleOf } from './around.resource';
import { candidates } from './duplicates.resource';
import { incompleteRows } from './incomplete.resource';
import { EMPTY, doubtOf, faultsOf, filledByNir, isoBirth, registrationBody, type Draft } from './registration.resource';

const draft: Draft = { ...EMPTY, family: 'Lefèvre', given: 'Anne Marie', birth: '14/08/1955', gender: 'female' };

describe('a registration', () => {
  it('reads a birth date as it is typed, and no impossible one', () => {
    expect(['14/08/1955', '14.8.1955', '14081955', '14 08 1955'].map(isoBirth)).toEqual(Array(4).fill('1955-08-14'));
    expect(['31/02/1990', '14/08/55', '', '1/13/1990'].map(isoBirth)).toEqual([null, null, null, null]);
  });
  it('needs names, birth date and sex, and a number that agrees with them', () => {
    expect(faultsOf(EMPTY, '2026-11-22')).toEqual({ family: 'required', given: 'required', birth: 'required', gender: 'required' });
    expect(faultsOf(draft, '2026-11-22')).toEqual({});
    expect(faultsOf({ ...draft, nir: '2 55 08 14 168 025 38' }, '2026-11-22')).toEqual({});
    expect(faultsOf({ ...draft, nir: '2 55 08 14 168 025 39' }, '2026-11-22')).toEqual({ nir: 'nirKey' });
    expect(faultsOf({ ...draft, document: 'passport' }, '2026-11-22')).toEqual({ birthplace: 'trait' });
    expect(faultsOf({ ...draft, birth: '01/01/2030' }, '2026-11-22')).toEqual({ birth: 'future' });
    expect(faultsOf({ ...draft, phone: '06 12 34 56 78', contactPhone: '12' }, '2026-11-22')).toEqual({ contactPhone: 'phone', contactName: 'contactName' });
  });
  it('doubts a number that tells another sex, month or place', () => {
    const number = { ...draft, nir: '255081416802538' };
    expect([doubtOf(number), doubtOf({ ...number, gender: 'male' }), doubtOf({ ...number, birth: '14/09/1955' }), doubtOf({ ...number, birthplace: '75056' })]).toEqual([null, 'nirGender', 'nirBirth', 'nirPlace']);
  });
  it('keeps the number as the identity only where that is qualified', () => {
    const number = { ...draft, nir: '255081416802538', birthplace: '14168' };
    expect(registrationBody(number, [])).toMatchObject({ identifiers: [{ type: 'NH', value: '255081416802538' }], birthplace: { insee: '14168' } });
    expect(registrationBody({ ...number, insi: true, document: 'passport' }, [])).toMatchObject({ identifiers: [{ type: 'INS-NIR' }], identity: { insi: true, document: 'passport' } });
  });
  it('takes from the number what nobody typed', () => {
    expect(filledByNir({ ...EMPTY, nir: '1 90 01 2A 123 456 15' })).toEqual({ gender: 'male', birthplace: '2A123' });
    expect(filledByNir({ ...draft, birthplace: '75056', nir: '255081416802538' })).toEqual({});
  });
  it('names whom to notify only where somebody was', () => {
    expect(peopleOf(draft)).toEqual([]);
    const named = { ...draft, contactName: 'Jean Lefèvre', contactTie: 'SPS', contactPhone: '06 12 34 56 78', amoPayor: 'CPAM du Rhône', regime: '01', gp: 'Dr Roche', death: '01/02/2020' };
    expect(registrationBody(named, [])).toMatchObject({
      contacts: [{ role: 'emergency', name: 'Jean Lefèvre', tie: 'SPS', phone: '0612345678' }],
      coverage: [{ type: 'amo', payor: 'CPAM du Rhône', regime: '01' }],
      general_practitioner: { display: 'Dr Roche' },
      deceased: '2020-02-01',
    });
  });
  it('asks for the guardian of a protected adult, and for a death after the birth', () => {
    expect(faultsOf({ ...draft, protection: 'guardianship', death: '01/01/1950' }, '2026-11-22')).toEqual({ guardian: 'guardian', death: 'deathBefore' });
    expect([isMinor('2008-11-23', '2026-11-22'), isMinor('2008-11-22', '2026-11-22'), isMinor(null, '2026-11-22')]).toEqual([true, false, false]);
  });
  it('sends names, and only what was typed', () => {
    expect(registrationBody(draft, [])).toEqual({ name: [{ use: 'official', family: 'Lefèvre', given: ['Anne', 'Marie'] }], birthDate: '1955-08-14', gender: 'female' });
    expect(registrationBody({ ...draft, usualFamily: 'Morel', phone: '06 12 34 56 78' }, ['p1'])).toMatchObject({
      name: [{ use: 'official' }, { use: 'usual', family: 'Morel', given: ['Anne', 'Marie'] }],
      telecom: [{ system: 'phone', value: '0612345678' }],
      duplicates_seen: ['p1'],
    });
  });
});

describe('people who look alike', () => {
  it('are told with the reason, the surest first', () => {
    const found = candidates(
      [
        { resourceType: 'Patient', id: 'far', name: [{ family: 'Durand', given: ['Paul'] }], birthDate: '1955-08-14' },
        { resourceType: 'Patient', id: 'other', name: [{ family: 'LEFEVRE', given: ['Anne'] }], birthDate: '1980-01-01' },
        { resourceType: 'Patient', id: 'same', name: [{ family: 'LEFEVRE', given: ['Anne', 'Marie'] }], birthDate: '1955-08-14' },
      ],
      draft,
    );
    expect(found.map((one) => [one.id, one.reasons])).toEqual([['same', ['nameAndBirth']], ['other', ['nameOnly']]]);
  });
});

describe('identities to complete', () => {
  it('stand in the order of the appointments, with what is missing', () => {
    const whole = { resourceType: 'Patient' as const, id: 'known', telecom: [{ system: 'phone', value: '0612345678' }] };
    const first = new Map([['late', '2026-11-24T09:00:00Z'], ['soon', '2026-11-23T09:00:00Z'], ['known', '2026-11-23T08:00:00Z']]);
    const rows = incompleteRows([{ resourceType: 'Patient', id: 'late' }, { resourceType: 'Patient', id: 'soon' }, whole, { resourceType: 'Patient', id: 'nobody' }], first);
    expect(rows.map(({ id, missing }) => [id, missing])).toEqual([['known', ['identity', 'birthplace']], ['soon', ['identity', 'birthplace', 'phone']], ['late', ['identity', 'birthplace', 'phone']]]);
  });
});
