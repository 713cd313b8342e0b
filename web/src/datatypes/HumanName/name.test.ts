import { describe, expect, it } from 'vitest';
import { personName } from './name';

describe('a person’s name', () => {
  it('is NOM Prénom, in use first, with the birth name beside when it differs', () => {
    const name = personName([
      { use: 'official', family: "O'Brien", given: ['Marguerite', 'Jeanne'] },
      { use: 'usual', family: 'Lefèvre', given: ['Marguerite'] },
    ]);
    expect(name.full).toBe('LEFÈVRE Marguerite');
    expect(name.birth).toBe("O'BRIEN");
  });
  it('keeps particles, hyphens and other scripts', () => {
    expect(personName([{ family: 'de La Tour d’Auvergne', given: ['Anne-Sophie'] }]).full).toBe('DE LA TOUR D’AUVERGNE Anne-Sophie');
    expect(personName([{ text: '阮玲' }]).full).toBe('阮玲');
  });
  it('is empty when nothing is recorded, and skips names of the past', () => {
    expect(personName(undefined).full).toBe('');
    expect(personName([{ use: 'old', family: 'Avant' }, { use: 'official', family: 'Maintenant' }]).full).toBe('MAINTENANT');
  });
});
