// The golden path, on a running server with the sample clinic: MEDHUB_URL=http://… node e2e/story.mjs
import { agendaStory } from './agenda.mjs';
import { accountStory } from './account.mjs';
import { backOffice } from './admin.mjs';
import { chartStory } from './chart.mjs';
import { shellStory } from './shell.mjs';
import { notesStory } from './notes.mjs';
import { perioperativeStory } from './perioperative.mjs';
import { documentsStory } from './documents.mjs';
import { surgeryStory } from './surgery.mjs';
import { workflowStory } from './workflow.mjs';
import { communicationStory } from './communication.mjs';
import { messagesStory } from './messages.mjs';
import { mailStory } from './mail.mjs';
import { scenarioStory } from './scenarios.mjs';
import { theatreStory } from './theatre.mjs';
import { BASE, check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';

const browser = await launch();
const person = {};

/** The palette takes the keys only once its field has the focus, a moment after it is seen. */
const paletteReady = (page) => page.locator('input.mantine-Spotlight-search:focus').waitFor();

/** Ctrl+K, the words, Enter. */
async function command(page, words) {
  await page.keyboard.press('Control+k');
  await paletteReady(page);
  await page.keyboard.type(words);
  await page.waitForFunction((typed) => document.querySelector('input.mantine-Spotlight-search')?.value === typed, words);
  await page.keyboard.press('Enter');
  await page.locator('input.mantine-Spotlight-search').waitFor({ state: 'detached' });
}

async function signIn(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

/** From inside the page, with its session: what the API answers. */
const ask = (page, path) => page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).json(), path);

async function accounts() {
  const answer = await (await fetch(`${BASE}/api/v1/demo/accounts`)).json();
  const rows = Array.isArray(answer) ? answer : answer.accounts;
  // The account that has the role and no other, if there is one.
  const user = (role) => (rows.find((row) => row.roles.join() === role) ?? rows.find((row) => row.roles.includes(role))).user;
  return { admin: user('medical_admin'), clinician: user('clinician'), auditor: user('auditor') };
}

const CANDIDATES = 25;

/** The sample patient with the fullest chart among those with a severe allergy, results and treatments. */
async function findRichPatient(page) {
  const { tenant } = await ask(page, '/api/v1/me');
  const search = (type, query) => ask(page, `/t/${tenant}/fhir/${type}?${query}`);
  const count = async (type, query) => (await search(type, `${query}&_summary=count`)).total ?? 0;
  const allergic = await search('AllergyIntolerance', 'criticality=high&_count=100');
  const ids = [...new Set((allergic.entry ?? []).map(({ resource }) => resource.patient?.reference?.split('/').pop()))].slice(0, CANDIDATES);
  let best = { score: 0 };
  for (const id of ids) {
    const labs = await count('Observation', `patient=${id}&category=laboratory`);
    const drugs = await count('MedicationRequest', `patient=${id}&status=active`);
    if (!labs || !drugs) continue;
    const score = labs + 5 * drugs + 40 * (await count('Procedure', `patient=${id}`)) + 40 * (await count('Appointment', `patient=${id}&status=booked`)) + 5 * (await count('Encounter', `patient=${id}`));
    if (score > best.score) best = { id, score };
  }
  expect(best.id, 'no sample patient has allergies, results and treatments');
  return ask(page, `/t/${tenant}/fhir/Patient/${best.id}`);
}

const nameOf = (patient) => (patient.name.find((n) => n.use === 'usual') ?? patient.name.find((n) => n.use === 'official') ?? patient.name[0]);

async function door(page) {
  await page.goto('/');
  await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
  await look(page, '01-connexion');
  await check('a token that is no token is refused with a sentence', async () => {
    await page.getByText('Utiliser un jeton d’accès').click();
    await page.getByLabel('Jeton d’accès').fill('mh_nothing');
    await page.getByRole('button', { name: 'Ouvrir la session' }).click();
    await page.getByRole('alert').waitFor();
  });
}

async function search(page) {
  await settled(page);
  await page.keyboard.press('/');
  await check('« / » puts the cursor in the patient search', async () => {
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(label === 'Chercher un patient', `focus is on ${label}`);
  });
  const name = nameOf(person.patient);
  await page.keyboard.type(name.family, { delay: 15 });
  await check('typing a name lists the patient', () => page.getByRole('option').filter({ hasText: name.given[0] }).first().waitFor());
  await settled(page);
  await picture(page, '03-recherche-rapide');
  await page.keyboard.press('Shift+Enter');
  await check('Shift+Enter shows all results in a table', async () => {
    await page.getByRole('heading', { name: 'Patients', level: 1 }).waitFor();
    await page.getByRole('link', { name: new RegExp(name.given[0]) }).first().waitFor();
  });
  await look(page, '04-patients');
  await check('a birth date alone finds the patient', async () => {
    const [year, month, day] = person.patient.birthDate.split('-');
    await page.getByLabel('Chercher par nom, date de naissance, IPP ou INS').fill(`${day}/${month}/${year}`);
    await page.getByRole('link', { name: new RegExp(name.given[0]) }).first().waitFor();
  });
  await check('the record number alone finds the patient', async () => {
    const ipp = person.patient.identifier.find((i) => i.type?.coding?.some((c) => c.code === 'PI'));
    await page.getByLabel('Chercher par nom, date de naissance, IPP ou INS').fill(ipp.value);
    await page.getByRole('link', { name: new RegExp(name.given[0]) }).first().waitFor();
  });
}

async function openChart(page) {
  await page.goto('/');
  await settled(page);
  const name = nameOf(person.patient);
  const ipp = person.patient.identifier.find((i) => i.type?.coding?.some((c) => c.code === 'PI'));
  await page.keyboard.press('/');
  await page.keyboard.type(ipp.value);
  await page.getByRole('option').first().waitFor();
  // The time is told, not tested: it is the machine's too.
  await check('a chart opens', async () => {
    const start = Date.now();
    await page.keyboard.press('Enter');
    await page.locator('.mh-banner').waitFor();
    await page.getByRole('heading', { name: /Problèmes de santé/ }).waitFor();
    await page.waitForFunction(() => !document.querySelector('.mh-skeletons'));
    return `${Date.now() - start} ms`;
  });
  await check('the banner says who, in the order of the rule', async () => {
    const text = (await page.locator('.mh-banner').innerText()).replace(/\s+/g, ' ');
    const order = [name.family.toLocaleUpperCase('fr'), name.given[0], 'né', 'sexe', 'INS', 'IPP', ipp.value].map((part) => text.indexOf(part));
    expect(order.every((position, index) => position >= 0 && (index === 0 || position > order[index - 1])), `${text} → ${order}`);
    // The first of a month is « 1er » in French.
    expect(/\d{1,2}(er)? \p{L}+\.? \d{4}/u.test(text), `no date in words: ${text}`);
  });
  await check('the window says whose record it is', async () => expect((await page.title()).startsWith(name.family.toLocaleUpperCase('fr')), await page.title()));
}

async function chart(page) {
  const panel = (title) => page.locator('section.mh-panel', { has: page.getByRole('heading', { name: title }) });
  await check('allergies are known and emphasised', async () => {
    await page.locator('.mh-strip[data-state="known"]').waitFor();
    expect(await panel(/Allergies/).locator('li').count() > 0, 'no allergy line');
  });
  await check('problems are listed', async () => expect(await panel(/Problèmes de santé/).locator('tbody tr').count() > 0, 'none'));
  await check('treatments are listed with their dose', async () => expect(await panel(/Traitements en cours/).locator('.mh-dose').count() > 0, 'none'));
  await check('vital signs have a table and a graph', async () => {
    expect(await panel(/Constantes/).locator('tbody tr').count() > 2, 'no table');
    await panel(/Constantes/).locator('canvas').waitFor();
  });
  await check('laboratory results are listed', async () => expect(await panel(/biologie/).locator('tbody tr').count() > 0, 'none'));
  await check('encounters are listed', async () => expect(await panel(/Dernières venues/).locator('tbody tr').count() > 0, 'none'));
  await look(page, '05-synthese');
  for (const [link, picture] of [['Chronologie', '06-chronologie'], ['Antécédents', '07-antecedents'], ['Traitements', '08-traitements'], ['Constantes', '09-constantes'], ['Biologie', '10-biologie']]) {
    await page.getByRole('navigation', { name: 'Sections du dossier' }).getByRole('link', { name: link }).click();
    await page.waitForFunction(() => !document.querySelector('.mh-skeletons'));
    await check(`${link}: the banner stays and something is shown`, async () => {
      await page.locator('.mh-banner').waitFor();
      expect((await page.locator('.mh-chart-body').innerText()).length > 40, 'empty');
    });
    await look(page, picture);
  }
}

async function keyboard(page) {
  await check('Ctrl+K opens the palette and goes to a section', async () => {
    await page.keyboard.press('Control+k');
    await paletteReady(page);
    await settled(page);
    await picture(page, '11-palette');
    await page.keyboard.type('synth');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Problèmes de santé/ }).waitFor();
  });
  await check('« ? » shows the keys', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Raccourcis clavier' }).waitFor();
    await settled(page);
    await picture(page, '12-raccourcis');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
  await check('dark mode by the keyboard', async () => {
    await command(page, 'sombre');
    await page.waitForFunction(() => document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark');
  });
  for (const [typed, language, title] of [['English', 'en', /Problems/], ['Deutsch', 'de', /Gesundheitsprobleme/], ['Français', 'fr', /Problèmes de santé/]]) {
    await check(`${typed} by the palette`, async () => {
      await command(page, typed);
      await page.getByRole('heading', { name: title }).waitFor();
      expect((await page.evaluate(() => document.documentElement.lang)) === language, 'lang attribute');
      await settled(page);
      if (language !== 'fr') await picture(page, `13-synthese-${language}-dark`);
    });
  }
}

async function sixKeys(page) {
  await page.goto('/');
  await settled(page);
  const letters = nameOf(person.patient).family.normalize('NFD').replace(/[^A-Za-z]/g, '').slice(0, 4).toLowerCase();
  await check('six keys open a chart', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type(letters);
    await page.getByRole('option').first().waitFor();
    await page.waitForTimeout(400);
    await page.keyboard.press('Enter');
    await page.locator('.mh-banner').waitFor();
    return `/ ${letters} Enter`;
  });
}

async function offline(page) {
  const notice = page.getByText('Le serveur ne répond pas. Ce qui est affiché peut dater');
  await check('a lost network is told, and what is shown stays', async () => {
    await page.context().setOffline(true);
    await notice.waitFor();
    await page.locator('.mh-banner').waitFor();
    await picture(page, '17-hors-ligne');
  });
  await check('the network that comes back is noticed alone', async () => {
    await page.context().setOffline(false);
    await notice.waitFor({ state: 'detached' });
  });
}

async function expiry(page) {
  await check('an ended session is reopened in place', async () => {
    await page.context().clearCookies();
    await page.getByRole('navigation', { name: 'Sections du dossier' }).getByRole('link', { name: 'Biologie' }).click();
    const dialog = page.getByRole('dialog', { name: 'Votre session est terminée' });
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    // What the section asked for may have been refused already: then the question stands over the page.
    await page.getByRole('link', { name: 'Accueil', exact: true }).click({ timeout: 3_000 }).catch(() => undefined);
    await dialog.waitFor();
    expect(await page.getByRole('main').isVisible(), 'the page went away');
    await settled(page);
    await picture(page, '14-session-terminee');
    await dialog.locator(`button[data-user="${person.clinician}"]`).click();
    await dialog.waitFor({ state: 'detached' });
  });
}

async function clinician() {
  const { page, context, faults } = await station(browser);
  await door(page);
  await check('a clinician signs in', () => signIn(page, person.clinician));
  await check('the sample clinic holds a rich chart', async () => {
    person.patient = await findRichPatient(page);
  });
  if (!person.patient) return;
  await search(page);
  await openChart(page);
  await chart(page);
  await keyboard(page);
  await sixKeys(page);
  await page.goto('/');
  await page.getByRole('heading', { name: /Bonjour/ }).waitFor();
  await check('the home page keeps the last records opened', () => page.getByRole('link', { name: new RegExp(nameOf(person.patient).given[0]) }).first().waitFor());
  await look(page, '02-accueil');
  await page.getByRole('link', { name: 'À propos' }).click();
  await page.getByRole('heading', { name: 'À propos de Medical Hub' }).waitFor();
  await look(page, '15-a-propos');
  await page.goto(`/patients/${person.patient.id}`);
  await page.locator('canvas').first().waitFor();
  await offline(page);
  await expiry(page);
  await check('signing out closes the session', async () => {
    await page.locator('.mh-person').click();
    await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
  });
  await check('the browser had nothing to complain about', async () => expect(faults.length === 0, faults.join(' || ')));
  await context.close();
}

async function tablet() {
  const { page, context } = await station(browser, { viewport: { width: 1024, height: 768 }, hasTouch: true, isMobile: true });
  await signIn(page, person.clinician);
  await page.goto(`/patients/${person.patient.id}`);
  await page.locator('.mh-banner').waitFor();
  await page.waitForFunction(() => !document.querySelector('.mh-skeletons'));
  await look(page, '16-tablette-synthese');
  await check('nothing overflows sideways on a tablet', async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide <= 0, `${wide} px too wide`);
  });
  await context.close();
}

async function administrator() {
  const { page, context, faults } = await station(browser);
  await check('an administrator signs in', () => signIn(page, person.admin));
  await page.getByRole('heading', { name: /Contenu de l’établissement/ }).waitFor();
  await check('the home page counts what the clinic holds', async () => {
    await page.waitForFunction(() => /\d/.test(document.querySelector('tbody tr td.mh-num')?.textContent ?? ''));
  });
  await look(page, '20-accueil-administrateur');
  await page.getByRole('link', { name: 'Mises à l’écart' }).click();
  await page.getByRole('heading', { name: 'Modifications mises à l’écart', level: 1 }).waitFor();
  await look(page, '21-mises-a-l-ecart');
  await check('the browser had nothing to complain about (administrator)', async () => expect(faults.length === 0, faults.join(' || ')));
  await context.close();
}

async function auditor() {
  const { page, context, faults } = await station(browser);
  await check('an auditor signs in', () => signIn(page, person.auditor));
  await check('an auditor is offered no patient search', async () => {
    await settled(page);
    expect((await page.getByRole('search').count()) === 0, 'the search is there');
  });
  await page.getByRole('link', { name: 'Journal d’accès' }).first().click();
  await page.getByLabel('Dossier patient').waitFor();
  await check('the access log shows that the clinician opened the chart', async () => {
    if (person.patient) await page.getByLabel('Dossier patient').fill(person.patient.id);
    await page.waitForTimeout(600);
    await page.locator('tbody tr', { hasText: person.patient?.id ?? '' }).filter({ hasText: person.clinician }).first().waitFor();
  });
  await look(page, '22-journal-d-acces');
  await check('the log filters by action', async () => {
    await page.getByLabel('Action').selectOption('R');
    await page.waitForFunction(() => [...document.querySelectorAll('tbody tr td:nth-child(3)')].every((cell) => cell.textContent.startsWith('Lecture')));
  });
  await check('the browser had nothing to complain about (auditor)', async () => expect(faults.length === 0, faults.join(' || ')));
  await context.close();
}

try {
  Object.assign(person, await accounts());
  await clinician();
  if (person.patient) await tablet();
  await administrator();
  await auditor();
  await shellStory(browser);
  await notesStory(browser);
  // Before the optimiser books whoever waits.
  await scenarioStory(browser);
  await theatreStory(browser);
  await surgeryStory(browser);
  await perioperativeStory(browser);
  await documentsStory(browser);
  await workflowStory(browser);
  await communicationStory(browser);
  await messagesStory(browser);
  await mailStory(browser);
  await agendaStory(browser);
  await backOffice(browser);
  await accountStory(browser);
  await chartStory(browser);
} catch (error) {
  await check('the story ran to its end', () => Promise.reject(error));
} finally {
  await browser.close();
  finish();
}
