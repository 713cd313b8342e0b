// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pageOf, queryString } from './client';
import { Failure, getJson, postJson } from './http';
import { freshFactor } from './fresh';
import { connection, session, type Me } from './session';
import type { Bundle } from './types';

const ME: Me = { user: 'u', name: 'U', tenant: 'demo', tenantTitle: 'Demo', roles: [], practitioner: null, demo: true, mail: null, secondFactor: false, must: [], idle: null, breakGlass: [], station: null };

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

  it('of a change wait for the author to come back, and are made again', async () => {
    session.set({ state: 'in', me: ME });
    answer(401, {});
    const change = postJson('/a', { text: 'typed' });
    await vi.waitFor(() => expect(session.get().state).toBe('expired'));
    const sent = answer(200, { done: true });
    session.set({ state: 'in', me: ME });
    expect(await change).toEqual({ done: true });
    expect(sent.mock.calls.map(([, init]) => init?.body)).toEqual(['{"text":"typed"}']);
  });

  it('of a change are never made in the name of another person', async () => {
    session.set({ state: 'in', me: ME });
    answer(401, {});
    const change = postJson('/a', {});
    await vi.waitFor(() => expect(session.get().state).toBe('expired'));
    const sent = answer(200, {});
    session.set({ state: 'in', me: { ...ME, user: 'other' } });
    expect((await failure(change)).kind).toBe('expired');
    expect(sent).not.toHaveBeenCalled();
  });

  it('refused at the door end no session, and say how long to wait', async () => {
    session.set({ state: 'in', me: ME });
    answer(401, { title: 'Identifiant ou mot de passe incorrect.', code: 'auth.refused' });
    expect(await failure(postJson('/api/v1/auth/fresh', {}))).toMatchObject({ kind: 'refused', code: 'auth.refused' });
    expect(session.get().state).toBe('in');
    answer(429, { code: 'auth.throttled' }, { 'retry-after': '42' });
    expect(await failure(postJson('/api/v1/auth/login', {}))).toMatchObject({ kind: 'limited', retryAfter: 42 });
  });

  it('that want a fresh factor ask for it once, and go on or fail', async () => {
    session.set({ state: 'in', me: ME });
    freshFactor.asker = true;
    const sent = answer(403, { code: 'auth.fresh-factor' });
    const refused = postJson('/a', {});
    await vi.waitFor(() => expect(freshFactor.get()).toBe(true));
    freshFactor.answer(false);
    expect((await failure(refused)).code).toBe('auth.fresh-factor');
    const allowed = postJson('/a', { n: 1 });
    await vi.waitFor(() => expect(freshFactor.get()).toBe(true));
    const second = answer(200, { ok: true });
    freshFactor.answer(true);
    expect(await allowed).toEqual({ ok: true });
    expect([sent.mock.calls.length, second.mock.calls.length]).toEqual([2, 1]);
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
