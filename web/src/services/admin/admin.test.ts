import { describe, expect, it } from 'vitest';
import { accountView, filterAccounts, stateOf, suggestUser } from './accounts.resource';
import { EMPTY_CLIENT, clientBody, clientView, draftFaults } from './clients.resource';

describe('accounts', () => {
  const claire = accountView({ id: '1', user: 'claire.durand', name: 'Dr Claire DURAND', roles: ['surgeon'], password_set: true, last_seen: '2026-11-22T10:00:00Z' });
  const paul = accountView({ id: '2', user: 'paul', name: 'Paul Éluard', roles: ['nurse'], password_set: false });
  it('are invited until they chose a password or were seen', () => {
    expect([claire, paul, { ...paul, disabled: true }].map(stateOf)).toEqual(['active', 'invited', 'disabled']);
  });
  it('are found by the start of a word of their name or role, without accents', () => {
    const word = (role: string) => ({ surgeon: 'Chirurgien', nurse: 'Infirmier' })[role] ?? role;
    const found = (typed: string, state = '') => filterAccounts([claire, paul], typed, state, word).map((one) => one.id);
    expect([found('elu'), found('chir dur'), found('lau'), found('', 'invited')]).toEqual([['2'], ['1'], [], ['2']]);
  });
  it('tell the last day of a delegation, not the instant after it', () => {
    const view = accountView({ delegations: [{ n: 1, for: '1', until: '2027-04-01T00:00:00Z' }] });
    expect(view.delegations[0]?.until).toBe('2027-03-31');
  });
  it('get a sign-in name from the name, without the title', () => {
    expect(['Dr Claire DURAND', 'Léa Le Gall', 'Zoé', ''].map(suggestUser)).toEqual(['claire.durand', 'lea.le-gall', 'zoe', '']);
  });
});

describe('applications', () => {
  const app = { ...EMPTY_CLIENT, name: 'Courbes', redirects: 'https://app.example/cb', scopes: ['openid', 'offline_access'] };
  it('need a name, a safe address to return to and a scope; a program needs a key', () => {
    expect(draftFaults(EMPTY_CLIENT)).toEqual(['name', 'redirects', 'scopes']);
    expect(draftFaults(app)).toEqual([]);
    expect(['http://app.example/cb', 'https://app.example/cb#x', 'nothing'].map((redirects) => draftFaults({ ...app, redirects }))).toEqual([['redirects'], ['redirects'], ['redirects']]);
    expect(draftFaults({ ...app, redirects: 'http://127.0.0.1:8000/cb' })).toEqual([]);
    expect(draftFaults({ ...app, kind: 'backend', scopes: ['system/*.rs'] })).toEqual(['keys']);
    expect(draftFaults({ ...app, kind: 'backend', scopes: ['system/*.rs'], keys: '{"keys":[]}' })).toEqual([]);
  });
  it('are sent with the grants of their kind, and without scopes of another', () => {
    expect(clientBody({ ...app, kind: 'confidential' })).toMatchObject({ auth: 'client_secret_basic', grant_types: ['authorization_code', 'refresh_token'], redirect_uris: ['https://app.example/cb'] });
    expect(clientBody({ ...app, kind: 'backend', scopes: ['openid', 'scim'], keyAddress: 'https://app.example/jwks' })).toMatchObject({ auth: 'private_key_jwt', grant_types: ['client_credentials'], scopes: ['scim'], jwks_uri: 'https://app.example/jwks', redirect_uris: [] });
  });
  it('are known again by what the server tells', () => {
    expect([clientView({ auth: 'none' }), clientView({ auth: 'client_secret_basic' }), clientView({ auth: 'private_key_jwt', grant_types: ['client_credentials'] })].map((one) => one.kind)).toEqual(['public', 'confidential', 'backend']);
  });
});
