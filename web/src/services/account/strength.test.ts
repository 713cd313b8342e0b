import { describe, expect, it } from 'vitest';
import { strengthOf } from './strength.resource';

describe('the strength of a password', () => {
  it.each([
    ['court', 'short'],
    ['12345678', 'weak'],
    ['azertyuiop12345', 'weak'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['claire.durand2026', 'weak'],
    ['quatre mots sans lien', 'good'],
    ['tramway-violet', 'fair'],
  ])('%s is %s', (password, strength) => {
    expect(strengthOf(password, ['claire.durand', 'Dr Claire DURAND', 'Clinique des Tilleuls'], 8)).toBe(strength);
  });
});
