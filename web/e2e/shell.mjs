// The app's shell: the home page of each role, the tour, changes that arrive by themselves, the palette, paper.
// Alone: MEDHUB_URL=http://… node e2e/shell.mjs
import { fileURLToPath } from 'node:url';
import { BASE, check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';

const enter = async (page, user) => {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('heading', { name: /Bonjour/ }).waitFor();
};

const panel = (page, title) => page.locator('section.mh-panel', { has: page.getByRole('heading', { name: title }) });
const quiet = (page) => page.waitForFunction(() => !document.querySelector('.mh-skeletons'));

async function sampleUsers() {
  const { accounts } = await (await fetch(`${BASE}/api/v1/demo/accounts`)).json();
  const user = (role) => (accounts.find((row) => row.roles.join() === role) ?? accounts.find((row) => row.roles.includes(role))).user;
  return { surgeon: user('surgeon'), nurse: user('nurse'), secretary: user('secretary'), admin: user('medical_admin') };
}

/** From inside the page, with its session. */
const send = (page, method, path, body) =>
  page.evaluate(
    async ([verb, url, value]) => {
      const headers = { 'Content-Type': 'application/fhir+json', Accept: 'application/fhir+json', 'X-Medhub': '1' };
      const answer = await fetch(url, value ? { method: verb, headers, body: JSON.stringify(value) } : { method: verb, headers });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    },
    [method, path, body],
  );

async function homes(browser, users) {
  const { page, context, faults } = await station(browser);
  await enter(page, users.surgeon);
  await check('a surgeon finds the programme, who waits, tasks and the last charts', async () => {
    for (const title of [/Rendez-vous du/, /Mes tâches/, /Patients arrivés/, /Derniers dossiers/]) await panel(page, title).waitFor();
    await quiet(page);
  });
  await look(page, '50-accueil-chirurgien');
  await check('one click on the programme opens the chart', async () => {
    await panel(page, /Rendez-vous du/).locator('a.mh-rowlink').first().click();
    await page.locator('.mh-banner').waitFor();
    return '1 click';
  });
  await page.getByRole('link', { name: 'Accueil', exact: true }).click();
  await check('one click takes the place of a nurse', async () => {
    await page.getByRole('group', { name: /Voir comme/ }).getByRole('button', { name: 'Infirmier' }).click();
    await panel(page, /Patients présents et constantes/).waitFor();
    expect((await page.locator('.mh-person small').innerText()) === 'Infirmier', 'still another role');
    await quiet(page);
  });
  await look(page, '51-accueil-infirmiere');
  await check('and of a secretary, who is offered registration', async () => {
    await page.getByRole('group', { name: /Voir comme/ }).getByRole('button', { name: 'Secrétaire' }).click();
    await page.getByRole('link', { name: 'Nouveau patient' }).first().waitFor();
    await panel(page, /Rendez-vous du/).waitFor();
    await quiet(page);
  });
  await look(page, '52-accueil-secretaire');
  await check('and of an administrator: what is held, what is parked, what is watched', async () => {
    await page.getByRole('group', { name: /Voir comme/ }).getByRole('button', { name: 'Administrateur' }).click();
    for (const title of [/Contenu de l’établissement/, /Modifications mises à l’écart/, /Vigilance/]) await panel(page, title).waitFor();
    await quiet(page);
  });
  await look(page, '53-accueil-administrateur');
  await check('the browser had nothing to complain about (homes)', async () => expect(faults.length === 0, faults.join(' || ')));
  await context.close();
}

async function tour(browser, users) {
  const { page, context } = await station(browser);
  await enter(page, users.surgeon);
  await quiet(page);
  const card = page.getByRole('dialog', { name: /Bienvenue/ });
  await check('the tour begins from the home page and takes the focus', async () => {
    await page.getByRole('button', { name: 'Visite guidée' }).click();
    await card.waitFor();
    expect(await page.evaluate(() => document.activeElement?.id === 'mh-tour-title'), 'the focus is elsewhere');
  });
  await look(page, '54-visite-guidee');
  await check('six steps by the keyboard', async () => {
    for (const step of [2, 3, 4, 5, 6]) {
      await page.keyboard.press('ArrowRight');
      await page.getByText(`Étape ${step} sur 6`).waitFor();
      if (step === 3) {
        await settled(page);
        await picture(page, '55-visite-guidee-journee');
      }
    }
    await page.keyboard.press('ArrowLeft');
    await page.getByText('Étape 5 sur 6').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.mh-tour-card').waitFor({ state: 'detached' });
  });
  await check('it begins again from the help', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Raccourcis clavier' }).getByRole('button', { name: 'Visite guidée' }).click();
    await card.waitFor();
    await page.getByRole('button', { name: 'Quitter la visite' }).click();
    await card.waitFor({ state: 'detached' });
  });
  await context.close();
}

/** What another station writes is seen without a reload, by way of the stream alone. */
async function live(browser, users) {
  const here = await station(browser);
  const there = await station(browser);
  await enter(here.page, users.surgeon);
  await enter(there.page, users.nurse);
  await quiet(here.page);
  const me = (await send(here.page, 'GET', '/api/v1/me')).body;
  const fhir = `/t/${me.tenant}/fhir`;
  const found = (await send(here.page, 'GET', `${fhir}/Appointment?practitioner=${me.practitioner}&date=ge2000&_count=1&_include=Appointment:patient`)).body;
  const patient = found.entry?.map(({ resource }) => resource).find((one) => one.resourceType === 'Patient');
  await check('the surgeon has a patient', async () => expect(patient, 'no appointment'));
  if (!patient) return;
  await check('the stream is open', async () => {
    await here.page.getByRole('button', { name: /^Notifications/ }).click();
    await here.page.getByText('à jour en direct').waitFor();
  });
  await here.page.keyboard.press('Escape');
  const words = `Rappeler la famille (${Date.now().toString(36)})`;
  const task = { resourceType: 'Task', status: 'requested', intent: 'order', description: words, for: { reference: `Patient/${patient.id}` }, owner: { reference: me.practitioner }, authoredOn: new Date().toISOString() };
  await check('a task given elsewhere appears, and the bell rings', async () => {
    const made = await send(there.page, 'POST', `${fhir}/Task`, task);
    expect(made.status === 201, `${made.status} ${JSON.stringify(made.body).slice(0, 200)}`);
    await panel(here.page, /Mes tâches/).getByText(words).waitFor();
    await here.page.getByRole('button', { name: /Notifications : \d+ nouvelle/ }).waitFor();
  });
  await check('a patient who arrives appears among those who wait', async () => {
    const arrived = { resourceType: 'Encounter', status: 'arrived', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, subject: { reference: `Patient/${patient.id}` }, reasonCode: [{ text: words }], period: { start: new Date().toISOString() } };
    const made = await send(there.page, 'POST', `${fhir}/Encounter`, arrived);
    expect(made.status === 201, `${made.status} ${JSON.stringify(made.body).slice(0, 200)}`);
    await panel(here.page, /Patients arrivés/).getByText(words).waitFor();
  });
  await here.page.getByRole('button', { name: /^Notifications/ }).click();
  await here.page.getByRole('dialog', { name: 'Notifications' }).getByText(words).waitFor();
  await look(here.page, '56-notifications');
  await here.page.keyboard.press('Escape');
  await check('what was shown counts as seen', () => here.page.getByRole('button', { name: 'Notifications : rien de nouveau' }).waitFor());
  await check('« Terminer » takes the task away, « Annuler » brings it back', async () => {
    const mine = panel(here.page, /Mes tâches/);
    await mine.getByRole('button', { name: `Terminer : ${words}` }).click();
    await mine.getByText(`Terminée : ${words}`).waitFor();
    await mine.getByRole('button', { name: `Terminer : ${words}` }).waitFor({ state: 'detached' });
    await mine.getByRole('button', { name: 'Annuler' }).click();
    await mine.getByRole('button', { name: `Terminer : ${words}` }).waitFor();
  });
  await outage(here, there, fhir, task);
  await tabs(here, there, fhir, task);
  await tidy(there.page, fhir, task.owner.reference, patient.id);
  await here.context.close();
  await there.context.close();
}

/** The clinic is left as it was found: nobody waits, and nothing waits. */
async function tidy(page, fhir, owner, patient) {
  const rows = async (path) => ((await send(page, 'GET', `${fhir}/${path}`)).body.entry ?? []).map(({ resource }) => resource);
  for (const task of await rows(`Task?owner=${owner}&status=requested&_count=50`)) {
    if (task.description) await send(page, 'PUT', `${fhir}/Task/${task.id}`, { ...task, status: 'completed' });
  }
  for (const one of await rows(`Encounter?patient=${patient}&status=arrived`)) await send(page, 'PUT', `${fhir}/Encounter/${one.id}`, { ...one, status: 'cancelled' });
}

async function outage(here, there, fhir, task) {
  const words = `Pendant la coupure (${Date.now().toString(36)})`;
  await check('a lost server is told with its time; what changed meanwhile is there when it is back', async () => {
    await here.context.setOffline(true);
    await here.page.getByText('Le serveur ne répond pas.').waitFor();
    await here.page.getByText(/Depuis \d\d/).waitFor();
    const made = await send(there.page, 'POST', `${fhir}/Task`, { ...task, description: words });
    expect(made.status === 201, String(made.status));
    await here.context.setOffline(false);
    await here.page.getByText('Connexion rétablie').waitFor();
    await panel(here.page, /Mes tâches/).getByText(words).waitFor();
  });
}

/** Two tabs share one stream; the one that stays takes it over. */
async function tabs(here, there, fhir, task) {
  const words = `Deux onglets (${Date.now().toString(36)})`;
  const streams = [];
  const second = await here.context.newPage();
  second.on('request', (request) => request.url().includes('/api/v1/live') && streams.push(request.url()));
  await second.goto('/');
  await panel(second, /Mes tâches/).waitFor();
  await quiet(second);
  await check('a second tab opens no second stream, and follows all the same', async () => {
    await send(there.page, 'POST', `${fhir}/Task`, { ...task, description: words });
    await panel(second, /Mes tâches/).getByText(words).waitFor();
    expect(streams.length === 0, streams.join());
  });
  await check('the tab that stays takes the stream over', async () => {
    const taken = second.waitForRequest((request) => request.url().includes('/api/v1/live'));
    await here.page.close();
    await taken;
    const after = `${words} bis`;
    await send(there.page, 'POST', `${fhir}/Task`, { ...task, description: after });
    await panel(second, /Mes tâches/).getByText(after).waitFor();
  });
}

async function palette(browser, users) {
  const { page, context } = await station(browser);
  await enter(page, users.surgeon);
  await panel(page, /Rendez-vous du/).locator('a.mh-rowlink').first().click();
  await page.locator('.mh-banner').waitFor();
  const open = async () => {
    await page.keyboard.press('Control+k');
    await page.locator('input.mantine-Spotlight-search:focus').waitFor();
  };
  await check('the palette names every section, every page and the acts of the station', async () => {
    await open();
    const said = await page.locator('.mantine-Spotlight-action').allInnerTexts();
    const sections = await page.getByRole('navigation', { name: 'Sections du dossier', includeHidden: true }).locator('a').allInnerTexts();
    const pages = await page.getByRole('navigation', { name: 'Navigation principale', includeHidden: true }).locator('a').allInnerTexts();
    const missing = [...sections, ...pages, 'Imprimer cette page', 'Visite guidée', 'Mon compte'].map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => !said.some((one) => one.replace(/\s+/g, ' ').includes(text)));
    expect(missing.length === 0, `missing: ${missing.join(', ')}`);
  });
  await settled(page);
  await look(page, '57-palette');
  await check('a name typed in the palette leads to the search, which is made only then', async () => {
    await page.locator('input.mantine-Spotlight-search').fill('martin');
    const asked = page.waitForRequest((request) => request.url().includes('/fhir/Patient?'));
    await page.getByRole('button', { name: 'Chercher le patient « martin »' }).click();
    await asked;
    await page.getByRole('heading', { name: 'Patients', level: 1 }).waitFor();
  });
  await context.close();
}

async function paper(browser, users) {
  const { page, context } = await station(browser);
  await enter(page, users.surgeon);
  await panel(page, /Rendez-vous du/).locator('a.mh-rowlink').first().click();
  await page.locator('.mh-banner').waitFor();
  await page.waitForFunction(() => document.querySelector('.mh-chart-body .mh-panel') && !document.querySelector('.mh-skeletons'));
  const name = (await page.locator('.mh-banner-name').innerText()).trim();
  await check('on paper the name stands on every page, and the tools do not', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.waitForFunction(() => document.adoptedStyleSheets.some((sheet) => sheet.cssRules.length > 0));
    const rules = await page.evaluate(() => document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join('\n'));
    expect(rules.includes(name), `${name} is not in ${rules.slice(0, 200)}`);
    expect(/imprimé le .* par /.test(rules), 'who printed it is not said');
    for (const tool of ['.mh-header', '.mh-rail', '.mh-chart-bar nav']) expect(!(await page.locator(tool).isVisible()), `${tool} is printed`);
    expect(await page.locator('.mh-banner').isVisible(), 'no banner');
  });
  await page.screenshot({ path: `${process.env.MEDHUB_SCREENS ?? 'test-results/screens'}/58-impression.png`, fullPage: true }).catch(() => undefined);
  await check('a long record is printed whole, on pages of A4', async () => {
    const sheet = await page.pdf({ preferCSSPageSize: true });
    const pages = (sheet.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
    expect(pages >= 1 && /MediaBox\s*\[\s*0 0 59[45]/.test(sheet.toString('latin1')), `${pages} pages, not A4`);
    return `${pages} pages`;
  });
  await context.close();
}

async function tablet(browser, users) {
  const { page, context } = await station(browser, { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true });
  await enter(page, users.secretary);
  await quiet(page);
  await look(page, '59-tablette-accueil');
  await check('on a tablet nothing overflows, and what is touched is large enough', async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide <= 0, `${wide} px too wide`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('.mh-header button, .mh-header a, .mh-rail a, .mh-sample button')]
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
        .map(({ one, box }) => `${one.className} ${box.width}×${box.height}`),
    );
    expect(small.length === 0, small.join(', '));
  });
  await context.close();
}

async function skip(browser, users) {
  const { page, context } = await station(browser);
  await enter(page, users.surgeon);
  await check('the first Tab offers to skip to the content', async () => {
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => document.activeElement?.textContent);
    expect(text === 'Aller au contenu', `${text}`);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id === 'main'), 'the focus did not follow');
  });
  await context.close();
}

/** Everything of this file, with stations of its own. */
export async function shellStory(browser) {
  const users = await sampleUsers();
  for (const part of [homes, tour, live, palette, paper, tablet, skip]) {
    try {
      await part(browser, users);
    } catch (error) {
      await check(`the shell story: ${part.name}`, () => Promise.reject(error));
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await shellStory(browser);
  } finally {
    await browser.close();
    finish();
  }
}
