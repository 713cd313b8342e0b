import { describe, expect, it } from 'vitest';
import { explanation, policyRow, whoView } from './access.resource';

describe('access', () => {
  it('tells a policy in the reader’s language, French where there is no other', () => {
    const answer = { id: 'tenant', file: 'invariants.cedar', effect: 'forbid', sentence: { fr: 'Non.', de: 'Nein.' }, see: null, text: 'forbid (…);' };
    expect(policyRow(answer, 'de')).toMatchObject({ file: 'invariants', forbids: true, sentence: 'Nein.', see: '' });
    expect(policyRow(answer, 'en').sentence).toBe('Non.');
    expect(policyRow({ id: 'x', file: 'ours.cedar', effect: 'permit' }, 'fr')).toMatchObject({ file: null, forbids: false });
  });
  it('tells why, and what would open', () => {
    const said = explanation({ allowed: false, reasons: [{ policy: 'opposed-read', effect: 'forbid', sentence: { fr: 'Opposé.' } }], ties: ['facility'], would_open: [{ sentence: { fr: 'Être nommé.' } }] }, 'fr');
    expect(said).toEqual({ allowed: false, reasons: [{ policy: 'opposed-read', forbids: true, sentence: 'Opposé.' }], ties: ['facility'], marks: [], wouldOpen: ['Être nommé.'] });
  });
  it('shows a part as closed unless it is named', () => {
    const who = whoView({ id: '1', name: 'Sophie', groups: [{ group: 'identity' }, { group: 'contact' }] });
    expect([who.groups.get('identity'), who.groups.get('clinical')]).toEqual([true, undefined]);
  });
});
