// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pageOf, queryString } from './client';
import { Failure, getJson, postJson } from './http';
import { connection, session, type Me } from './session';
import type { Bundle } from './types';

const ME: Me = { user: 'u', name: 'U', tenant: 'demo', tenantTitle: 'Demo', roles: [], practitioner: null, demo: true };

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const sent = vi.fn<typeof fetch>(async () => new Response(body === null ? null : JSON.stringify(body), { status, headers }));
  vi.stubGlobal('fetch', sent);
  return sent;
}

async function failure(run: Promise<unknown>): Promise<Failure> {
  const error = await run.then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

afterEach(() => vi.unstubAllGlobals());

describe('requests', () => {
  it('carry the language, and the header that another site cannot send on what changes something', async () => {
    const sent = answer(200, {});
    await getJson('/a');
    await postJson('/b', {});
    const headers = sent.mock.calls.map(([, init]) => new Headers(init?.headers));
    expect(headers.map((h) => h.get('X-Medhub'))).toEqual([null, '1']);
    expect(headers[0]?.get('Accept-Language')).toBe('fr');
  });

  it('say what the server said, from an OperationOutcome or a problem', async () => {
    answer(403, { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', diagnostics: 'no' }, { severity: 'error', details: { text: 'Votre rôle ne le permet pas.' } }] }, { 'x-request-id': 'r1' });
    expect(await failure(getJson('/a'))).toMatchObject({ kind: 'denied', message: 'Votre rôle ne le permet pas.', requestId: 'r1' });
    answer(422, { title: 'Refused', detail: 'Why' });
    expect(await failure(getJson('/a'))).toMatchObject({ kind: 'refused', message: 'Why' });
    answer(502, 'gateway');
    expect(await failure(getJson('/a'))).toMatchObject({ kind: 'server', message: '' });
  });

  it('end the session on 401, keeping who it was', async () => {
    session.set({ state: 'in', me: ME });
    answer(401, {});
    await failure(getJson('/a'));
    expect(session.get()).toEqual({ state: 'expired', me: ME });
  });

  it('tell an unreachable server, and its return', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    expect((await failure(getJson('/a'))).kind).toBe('unreachable');
    expect(connection.get().reachable).toBe(false);
    answer(200, {});
    await getJson('/a');
    expect(connection.get().reachable).toBe(true);
  });
});

describe('pages', () => {
  it('separate matches from what came along, and keep only the path of the next link', () => {
    session.set({ state: 'in', me: ME });
    const bundle: Bundle = {
      resourceType: 'Bundle',
      total: 3,
      link: [{ relation: 'self', url: 'x' }, { relation: 'next', url: 'https://elsewhere.test/t/demo/fhir/Patient?page=2' }],
      entry: [
        { resource: { resourceType: 'Encounter', id: 'e' }, search: { mode: 'match' } },
        { resource: { resourceType: 'Patient', id: 'p' }, search: { mode: 'include' } },
        { resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } },
      ],
    };
    const page = pageOf(bundle);
    expect([page.rows.map((r) => r.id), page.included.map((r) => r.id), page.next, page.total]).toEqual([['e'], ['p'], '/t/demo/fhir/Patient?page=2', 3]);
  });

  it('leave out what is not asked, and repeat what is asked twice', () => {
    expect(queryString({ name: ['a b', 'c'], patient: undefined, _count: '50' })).toBe('name=a+b&name=c&_count=50');
  });
});
