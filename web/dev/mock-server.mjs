// A MOCK of the server, for working on the app alone: a handful of FHIR searches over hand-written patients, held in
// memory and checked by nothing. It is never shipped. It also serves ../dist under the policy the real server sends.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resources } from './mock-data.mjs';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const ACCOUNTS = [
  { user: 'claire.durand', name: 'Dr Claire DURAND', title: 'Chirurgienne orthopédiste', roles: ['clinician'] },
  { user: 'admin', name: 'Administrateur', title: 'Administration du site', roles: ['medical_admin'] },
  { user: 'audit', name: 'Contrôle des accès', title: 'Contrôle des accès', roles: ['auditor'] },
];

const audit = [];
let signedIn = null;

function note(action, subtype, what, patient) {
  audit.unshift({
    resourceType: 'AuditEvent', id: `au${audit.length}`, recorded: new Date().toISOString(), action, outcome: '0',
    type: { code: 'rest' }, subtype: [{ code: subtype }],
    agent: [{ requestor: true, who: { display: signedIn.user }, altId: signedIn.user, network: { address: '127.0.0.1' } }],
    purposeOfEvent: [{ coding: [{ code: 'TREAT' }] }],
    entity: [...(what ? [{ what: { reference: what } }] : []), ...(patient ? [{ what: { reference: `Patient/${patient}` } }] : [])],
  });
}

/** Sets who asks; what follows until the answer is synchronous. */
function person(request) {
  const user = /mock=([\w.]+)/.exec(request.headers.cookie ?? '')?.[1];
  signedIn = ACCOUNTS.find((a) => a.user === user) ?? null;
}

const dateOf = (r) => r.effectiveDateTime ?? r.period?.start ?? r.start ?? r.performedDateTime ?? r.occurrenceDateTime ?? r.recordedDate ?? r.recorded ?? '';
const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
const mentions = (r, id) => JSON.stringify(r).includes(`"Patient/${id}"`) || r.id === id;

const FILTERS = {
  _id: (r, v) => v.split(',').includes(r.id),
  patient: (r, v) => mentions(r, v.replace('Patient/', '')),
  name: (r, v) => r.name?.some((n) => [n.family, ...(n.given ?? [])].some((part) => fold(part ?? '').startsWith(fold(v)) || fold(part ?? '').split(/[ '’-]/).some((w) => w.startsWith(fold(v))))),
  birthdate: (r, v) => r.birthDate === v,
  identifier: (r, v) => r.identifier?.some((i) => i.value === v.split('|').pop()),
  category: (r, v) => r.category?.some((c) => c.coding?.some((k) => k.code === v)),
  status: (r, v) => r.status === v,
  code: (r, v) => r.code?.coding?.some((c) => c.code === v.split('|').pop()),
  action: (r, v) => r.action === v,
  outcome: (r, v) => r.outcome === v,
  altid: (r, v) => r.agent?.some((a) => a.altId === v),
  date: (r, v) => {
    const day = dateOf(r).slice(0, 10);
    if (v.startsWith('ge')) return day >= v.slice(2);
    if (v.startsWith('le')) return day <= v.slice(2);
    return day === v;
  },
};

// A quantity is written with the digits it was given: 4.10 stays 4.10.
const write = (body) => JSON.stringify(body).replace(/"value":-?[\d.]+,("unit":"[^"]*","system":"[^"]*","code":"[^"]*"),"written":"([^"]+)"/g, '"value":$2,$1');

function search(type, params) {
  const all = type === 'AuditEvent' ? audit : resources.filter((r) => r.resourceType === type);
  let rows = all.filter((r) => [...params].every(([key, value]) => !FILTERS[key] || FILTERS[key](r, value)));
  const sign = (params.get('_sort') ?? '-').startsWith('-') ? -1 : 1;
  if (type !== 'Patient') rows = [...rows].sort((a, b) => sign * dateOf(a).localeCompare(dateOf(b)));
  if (params.get('_summary') === 'count') return { resourceType: 'Bundle', type: 'searchset', total: rows.length };
  const from = Number(params.get('_from') ?? 0);
  const count = Number(params.get('_count') ?? 20);
  const page = rows.slice(from, from + count);
  const link = [];
  if (from + count < rows.length) {
    params.set('_from', String(from + count));
    link.push({ relation: 'next', url: `http://mock.invalid/t/demo/fhir/${type}?${params}` });
  }
  const entry = page.map((resource) => ({ resource, search: { mode: 'match' } }));
  if (params.get('_include')) {
    const ids = new Set(page.flatMap((r) => JSON.stringify(r).match(/Patient\/\w+/g) ?? []).map((k) => k.slice(8)));
    for (const resource of resources) if (resource.resourceType === 'Patient' && ids.has(resource.id)) entry.push({ resource, search: { mode: 'include' } });
  }
  return { resourceType: 'Bundle', type: 'searchset', total: rows.length, link, entry };
}

function fhir(path, params) {
  const [type, id] = path.split('/');
  if (type === 'metadata') return { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', software: { name: 'Medical Hub (mock)', version: '0' } };
  if (!id) {
    if (type !== 'AuditEvent') note('E', 'search-type', type, params.get('patient'));
    return search(type, params);
  }
  const found = resources.find((r) => r.resourceType === type && r.id === id);
  if (found) note('R', 'read', `${type}/${id}`, type === 'Patient' ? id : null);
  return found ?? null;
}

function me() {
  return { user: signedIn.user, name: signedIn.name, tenant: 'demo', tenant_title: 'Clinique des Tilleuls (mock)', roles: signedIn.roles, practitioner: null, demo: true };
}

function api(path, body) {
  if (path === 'version') return { version: '0 (mock)', commit: 'mock' };
  if (path === 'demo/accounts') return ACCOUNTS;
  if (path === 'demo/login') signedIn = ACCOUNTS.find((a) => a.user === body.user) ?? null;
  if (path === 'auth/token-session') signedIn = body.token === 'mock' ? ACCOUNTS[0] : null;
  if (path === 'auth/logout') signedIn = null;
  if (!signedIn) return null;
  if (path === 'admin/parked') return { rows: [{ reaction: 'records.merge', vid: 41, type: 'Patient', id: 'p6', attempts: 5, at: new Date().toISOString(), reason: 'Le dossier de remplacement n’existe pas.' }] };
  return me();
}

async function body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

async function file(path) {
  const wanted = normalize(path).replace(/^\/+/, '') || 'index.html';
  const name = extname(wanted) ? wanted : 'index.html';
  return { content: await readFile(join(DIST, name)), type: TYPES[extname(name)] ?? 'application/octet-stream' };
}

async function answer(request, response) {
  const url = new URL(request.url, 'http://mock.invalid');
  const send = (status, value) => {
    response.writeHead(status, { 'Content-Type': 'application/fhir+json', 'Cache-Control': 'no-store', 'X-Request-Id': 'mock' });
    response.end(write(value));
  };
  if (url.pathname === '/livez') return send(200, { ok: true });
  if (url.pathname.startsWith('/api/v1/')) {
    const sent = request.method === 'POST' ? await body(request) : {};
    person(request);
    const result = api(url.pathname.slice(8), sent);
    response.setHeader('Set-Cookie', `mock=${signedIn?.user ?? ''}; HttpOnly; Path=/; SameSite=Strict`);
    if (url.pathname.endsWith('/logout')) return send(200, {});
    return result ? send(200, result) : send(401, { title: 'Session absente' });
  }
  if (url.pathname.startsWith('/t/demo/fhir/')) {
    person(request);
    if (!signedIn) return send(401, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', details: { text: 'Votre session est terminée.' } }] });
    const result = fhir(url.pathname.slice(13), url.searchParams);
    return result ? send(200, result) : send(404, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', details: { text: 'Cette ressource n’existe pas.' } }] });
  }
  try {
    const { content, type } = await file(url.pathname);
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' });
    return response.end(content);
  } catch {
    response.writeHead(404);
    return response.end();
  }
}

const port = Number(process.env.MOCK_PORT ?? 5199);
createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(500).end());
}).listen(port, '127.0.0.1', () => console.log(`MOCK server (synthetic patients, nothing is kept): http://127.0.0.1:${port}`));
