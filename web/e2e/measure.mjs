// Figures of the app in headless Chromium: MEDHUB_URL=http://… node e2e/measure.mjs all|chart FILE
// `chart` opens one large record only. Clicks and keys are counted, times are measured; nothing is asserted.
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { proveIfAsked } from './account.mjs';
import { BASE, launch, scheme, settled, station } from './browser.mjs';
import { theatreFigures } from './measure-theatre.mjs';

const [what = 'all', file = 'measure.json'] = process.argv.slice(2);
const LARGE = process.env.MEDHUB_LARGE_RECORD ?? '26000041';
const ROUTES = ['/', '/patients', '/results', '/find', '/account', '/theatre', '/theatre/blocks', '/agenda', '/day'];
const SECTIONS = ['', '/timeline', '/history', '/medications', '/vitals', '/labs', '/agenda', '/team', '/notes', '/vsm'];
const rows = [];
const told = (task, goal, found, reached) => rows.push({ task, goal, found, reached });

const ask = (page, path, options = {}) => page.evaluate(async ([url, rest]) => {
  const answer = await fetch(url, { ...rest, headers: { Accept: 'application/json', 'Content-Type': 'application/fhir+json', 'X-Medhub': '1' } });
  return answer.json();
}, [path, options]);

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  await settled(page);
}

/** What the page asks of the server until it rests, without the app itself and the live stream. */
async function recorded(page, act) {
  const asked = [];
  const note = (request) => {
    if (!['fetch', 'xhr'].includes(request.resourceType())) return;
    const { pathname, search } = new URL(request.url());
    if (!/\/(events|live|stream)\b/.test(pathname) && !pathname.startsWith('/assets')) asked.push({ method: request.method(), path: pathname + search, body: request.postData() ?? '' });
  };
  page.on('request', note);
  await act();
  for (let seen = -1; seen !== asked.length; ) {
    seen = asked.length;
    await page.waitForTimeout(700);
  }
  page.off('request', note);
  return asked;
}

/** The banner and the problems are there, and nothing of the page is still awaited. */
async function filled(page) {
  await page.locator('.mh-banner').waitFor();
  await page.getByRole('heading', { name: /Problèmes de santé/ }).waitFor();
  await page.waitForFunction(() => !document.querySelector('.mh-skeletons'));
}

/** Someone whose results wait for this surgeon, or for the team. */
async function waiting(page) {
  for (const filter of ['mine', 'team']) {
    const { items = [] } = await ask(page, `/api/v1/results/inbox?filter=${filter}`);
    if (items.length) return ask(page, `/t/demo/fhir/Patient/${items[0].patient}`);
  }
  throw new Error('no result waits');
}

/** The record of many encounters, by someone of its care team; the app is loaded, the record is not. */
async function largeChart(browser, user) {
  const admin = await station(browser);
  await enter(admin.page, 'admin');
  const found = await ask(admin.page, `/t/demo/fhir/Patient?identifier=${LARGE}`);
  const patient = found.entry[0].resource;
  const { total } = await ask(admin.page, `/t/demo/fhir/Encounter?patient=${patient.id}&_summary=count`);
  const { page, context } = await station(browser);
  await enter(page, user);
  const { practitioner } = await ask(page, '/api/v1/me');
  const team = { resourceType: 'CareTeam', status: 'active', subject: { reference: `Patient/${patient.id}` }, participant: [{ member: { reference: practitioner } }] };
  await ask(admin.page, '/t/demo/fhir/CareTeam', { method: 'POST', body: JSON.stringify(team) });
  await admin.context.close();
  const times = [];
  let requests = [];
  let search = [];
  for (let round = 0; round < 5; round += 1) {
    // A reload empties what the app remembers; what the browser keeps of the app stays, as at a place of work.
    await page.goto('/');
    await settled(page);
    search = await recorded(page, async () => {
      await page.keyboard.press('/');
      await page.keyboard.type(LARGE);
      await page.getByRole('option').first().waitFor();
    });
    requests = await recorded(page, async () => {
      const start = performance.now();
      await page.keyboard.press('Enter');
      await filled(page);
      times.push(performance.now() - start);
    });
  }
  await context.close();
  return { patient: patient.id, encounters: total, user, times, search, requests };
}

async function bundle() {
  const html = await (await fetch(`${BASE}/`)).text();
  const links = [...new Set([...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((m) => m[1]))];
  const size = { js: 0, css: 0 };
  for (const link of links) {
    const bytes = Buffer.from(await (await fetch(BASE + link)).arrayBuffer());
    size[link.endsWith('.js') ? 'js' : 'css'] += gzipSync(bytes).length / 1000;
  }
  told('initial JS, gzip', '≤ 200 kB', `${size.js.toFixed(0)} kB`, size.js <= 200);
  told('initial CSS, gzip', '≤ 40 kB', `${size.css.toFixed(0)} kB`, size.css <= 40);
}

async function register(browser) {
  const { page, context } = await station(browser);
  await enter(page, 'celine.mokrani');
  const start = performance.now();
  let clicks = 1;
  await page.getByRole('link', { name: 'Nouveau patient' }).first().click();
  await page.getByRole('heading', { name: 'Nouveau patient' }).waitFor();
  await settled(page);
  const family = `Mesure${String(Date.now()).slice(-6).replace(/\d/g, (d) => 'abcdefghij'[Number(d)])}`;
  let keys = 0;
  for (const text of [family, 'Ange', '14081955']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
    keys += text.length + 1;
  }
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('14168');
  await page.keyboard.press('Enter');
  keys += 8;
  const none = page.getByLabel('J’ai comparé : ce n’est aucun de ces dossiers');
  const banner = page.locator('.mh-banner');
  await banner.or(none).first().waitFor();
  if (await none.isVisible()) {
    await none.check();
    await page.getByRole('button', { name: 'Créer le dossier' }).click();
    clicks += 2;
  }
  await banner.waitFor();
  const seconds = (performance.now() - start) / 1000;
  told('register a patient', '≤ 3 clicks + typing, ≤ 45 s', `${clicks} clicks, ${keys} keys, ${seconds.toFixed(1)} s of the machine`, clicks <= 3 && seconds <= 45);
  await context.close();
}

/** Four letters whose first match is in this person's care: others' charts open with a question first. */
async function fourLetters(page) {
  const { practitioner } = await ask(page, '/api/v1/me');
  const teams = await ask(page, `/t/demo/fhir/CareTeam?participant=${practitioner}&_include=CareTeam:subject&_count=50`);
  const mine = (teams.entry ?? []).map(({ resource }) => resource).filter((resource) => resource.resourceType === 'Patient');
  for (const patient of mine) {
    const letters = (patient.name?.[0]?.family ?? '').normalize('NFD').replace(/\p{M}/gu, '').slice(0, 4).toLowerCase();
    const found = await ask(page, `/t/demo/fhir/Patient?name=${encodeURIComponent(letters)}&_count=8`);
    if (letters.length === 4 && found.entry?.[0]?.resource.id === patient.id) return letters;
  }
  throw new Error('no four letters lead to a patient in care');
}

async function findAndOpen(page) {
  await page.goto('/');
  await settled(page);
  const letters = await fourLetters(page);
  await page.keyboard.press('/');
  await page.keyboard.type(letters);
  const start = performance.now();
  await page.getByRole('option').first().waitFor();
  const listed = performance.now();
  await page.waitForTimeout(400);
  const chosen = performance.now();
  await page.keyboard.press('Enter');
  await filled(page);
  const ms = listed - start + performance.now() - chosen;
  told('find and open a chart', '≤ 6 keys, < 1 s', `${letters.length + 2} keys, ${ms.toFixed(0)} ms`, letters.length <= 4 && ms < 1000);
}

async function note(page, id) {
  await page.goto(`/patients/${id}`);
  await filled(page);
  await settled(page);
  const start = performance.now();
  const link = page.getByRole('navigation', { name: 'Sections du dossier' }).getByRole('link', { name: 'Notes' });
  let clicks = 1;
  // What does not fit on the line is in the menu at its end.
  if (await link.isVisible()) await link.click();
  else {
    clicks = 2;
    await page.locator('.mh-chart-more').click();
    await page.getByRole('menuitem', { name: 'Notes' }).click();
  }
  await page.getByRole('button', { name: 'Nouvelle note' }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.type('soap sans');
  await page.keyboard.press('Enter');
  await page.getByLabel('Subjectif', { exact: true }).waitFor();
  await page.keyboard.type('Douleur du genou droit depuis trois mois, à la marche.');
  const answered = page.waitForResponse((response) => response.url().endsWith('/sign') && response.ok());
  const signing = performance.now();
  await page.keyboard.press('Control+Enter');
  await proveIfAsked(page);
  await answered;
  await page.locator('.mh-note-sign').waitFor();
  const end = performance.now();
  told('write and sign a note', 'counted', `${clicks} click(s), 3 keys beside the text, ${((end - start) / 1000).toFixed(1)} s, of which ${(end - signing).toFixed(0)} ms for the signature (400 ms waiting for a question that did not come)`, true);
}

async function review(page) {
  await page.goto('/results');
  await page.locator('.mh-results-page .mh-panel').first().waitFor();
  if (!(await page.locator('.mh-result-list').count())) await page.getByRole('button', { name: 'L’équipe', exact: true }).click();
  await page.locator('.mh-result-list li').first().waitFor();
  const before = await page.locator('.mh-result-list li').count();
  const start = performance.now();
  await page.keyboard.press('a');
  await page.waitForFunction((count) => document.querySelectorAll('.mh-result-list li').length < count, before);
  told('review a result', 'counted', `1 key, ${(performance.now() - start).toFixed(0)} ms`, true);
}

async function axe(page, id) {
  let violations = 0;
  let looks = 0;
  const routes = [...ROUTES, ...SECTIONS.map((section) => `/patients/${id}${section}`)];
  for (const route of routes) {
    await page.goto(route);
    await settled(page);
    for (const value of ['light', 'dark']) {
      await scheme(page, value);
      await settled(page);
      const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      found.violations.forEach((v) => console.error(`axe ${route} ${value}: ${v.id} ${v.nodes[0]?.target.join(' ')}`));
      violations += found.violations.length;
      looks += 1;
    }
    await scheme(page, 'light');
  }
  told(`axe, ${routes.length} routes, light and dark`, '0 violations', `${violations} in ${looks} looks`, violations === 0);
}

/** A step that fails is a row of the table, and the others go on. */
async function step(task, act) {
  try {
    return await act();
  } catch (error) {
    told(task, '–', `failed: ${String(error.message ?? error).split('\n')[0]}`, false);
    return undefined;
  }
}

const browser = await launch();
try {
  const user = 'benoit.ferrand';
  if (what === 'all') {
    await step('bundle', bundle);
    await step('register a patient', () => register(browser));
    const { page, context } = await station(browser);
    await enter(page, user);
    const patient = await waiting(page);
    await step('find and open a chart', () => findAndOpen(page));
    await step('write and sign a note', () => note(page, patient.id));
    await step('review a result', () => review(page));
    await theatreFigures(browser, told, step);
    await step('axe', () => axe(page, patient.id));
    await context.close();
  }
  const chart = await step('large record', () => largeChart(browser, user));
  writeFileSync(file, JSON.stringify({ rows, chart }, null, 1));
} finally {
  await browser.close();
}
