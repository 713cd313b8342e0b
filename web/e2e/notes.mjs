// Writing and signing a note, results, orders, the synthesis and the search, on a running server with the sample clinic;
// what a crash, two tabs, a lost network and an ended session do to a text. Clicks and keys are counted.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/notes.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { proveIfAsked } from './account.mjs';
import { BASE, check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';

const home = (page) => page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
const sections = (page) => page.getByRole('navigation', { name: 'Sections du dossier' });
const kept = (page, state) => page.locator(`.mh-kept[data-keeping="${state}"]`);
const field = (page, name) => page.getByLabel(name, { exact: true });

/** Two surgeons, and who may put the second into a care team. */
async function accounts() {
  const answer = await (await fetch(`${BASE}/api/v1/demo/accounts`)).json();
  const rows = Array.isArray(answer) ? answer : answer.accounts;
  const [first, second] = rows.filter((row) => row.roles.join() === 'surgeon');
  return { user: first.user, colleague: second.user, admin: rows.find((row) => row.roles.includes('medical_admin')).user };
}

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await home(page);
}

const ask = (page, path) => page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).json(), path);

/** Counts what a hand does: clicks, and keys that are not the text itself. */
function counter(page) {
  const done = { clicks: 0, keys: 0 };
  return {
    done,
    click: async (locator) => {
      done.clicks += 1;
      await locator.click();
    },
    press: async (key) => {
      done.keys += 1;
      await page.keyboard.press(key);
    },
    told: () => `${done.clicks} click(s), ${done.keys} key(s) beside the text`,
  };
}

/** A new note without a template, begun by the keyboard. */
async function begin(page, hand, kind = 'soap sans') {
  await page.getByRole('button', { name: 'Nouvelle note' }).waitFor();
  await hand.press('n');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.type(kind);
  await hand.press('Enter');
  await field(page, 'Subjectif').waitFor();
}

async function writeAndSign(page, patient) {
  const hand = counter(page);
  await page.goto(`/patients/${patient}`);
  await hand.click(sections(page).getByRole('link', { name: 'Notes' }));
  await check('a note is written and signed by the keyboard', async () => {
    await begin(page, hand);
    await page.keyboard.type('Douleur du genou droit depuis trois mois, à la marche.');
    await hand.press('Tab');
    await page.keyboard.type('.genou');
    await hand.press('Space');
    expect((await field(page, 'Objectif').inputValue()).startsWith('Genou '), 'the shortcut did not become its text');
    const answered = page.waitForResponse((response) => response.url().endsWith('/sign') && response.ok());
    await page.keyboard.type('120');
    await hand.press('Control+Enter');
    await proveIfAsked(page);
    await answered;
    await page.locator('.mh-note-sign').waitFor();
    expect(hand.done.clicks <= 2 && hand.done.keys <= 8, hand.told());
    return hand.told();
  });
  await look(page, '50-note-signee');
  await check('a signed note cannot be changed, and says so', async () => {
    expect((await page.locator('textarea').count()) === 0, 'a field is there');
    await page.getByText('Texte verrouillé').waitFor();
    await page.getByText('Signature électronique simple').first().waitFor();
  });
  await check('on paper the identity stands at the head of each page', async () => {
    await page.emulateMedia({ media: 'print' });
    const head = await page.locator('.mh-paper thead').innerText();
    expect(/IPP/.test(head) && /né/.test(head), head);
    await page.emulateMedia({ media: 'screen' });
  });
}

async function amend(page) {
  await check('an amendment wants a reason, and keeps the signed text', async () => {
    await page.getByRole('button', { name: 'Amender' }).click();
    const act = page.getByRole('dialog').getByRole('button', { name: 'Amender' });
    expect(await act.isDisabled(), 'no reason was asked');
    await page.getByLabel('Motif').fill('Précision du côté');
    await act.click();
    await page.getByText('Amende une note signée').waitFor();
    await field(page, 'Subjectif').fill('Douleur du genou gauche depuis trois mois.');
    await page.keyboard.press('Control+Enter');
    await proveIfAsked(page);
    await page.locator('.mh-note-sign').first().waitFor();
  });
  await check('versions tell what changed, in words', async () => {
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('dialog').locator('ins').first().waitFor();
    const [gone, come] = [await page.locator('.mh-diff del').allInnerTexts(), await page.locator('.mh-diff ins').allInnerTexts()];
    expect(gone.join(' ').includes('droit') && come.join(' ').includes('gauche'), `${gone} → ${come}`);
  });
  await look(page, '51-versions');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** One's own short word, made where one writes. */
async function ownShortcut(page) {
  await check('a shortcut of one’s own is made and used', async () => {
    await page.getByRole('button', { name: 'Mes raccourcis…' }).click();
    const words = page.getByRole('dialog', { name: 'Mes raccourcis de texte' });
    await words.getByLabel('Raccourci', { exact: true }).first().fill('.sans point final !');
    await words.getByLabel('Texte', { exact: true }).first().fill('Marche sans canne, périmètre de marche supérieur à un kilomètre.');
    await words.getByRole('button', { name: 'Enregistrer' }).click();
    await words.getByText('Un raccourci commence par un point', { exact: false }).first().waitFor();
    await words.getByLabel('Raccourci', { exact: true }).first().fill('.marche');
    await look(page, '120-mes-raccourcis');
    await words.getByRole('button', { name: 'Enregistrer' }).click();
    await words.waitFor({ state: 'detached' });
    const section = page.locator('.mh-note-section textarea').last();
    await section.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\n.marche ');
    expect((await section.inputValue()).includes('périmètre de marche'), await section.inputValue());
    await kept(page, 'saved').waitFor();
  });
}

/** A template of one's own: made from the note on screen, offered first for the next one. */
async function ownTemplate(page, patient) {
  const mine = page.getByRole('dialog', { name: 'Mes modèles de note' });
  await check('a note is kept as a template of one’s own, and the next one begins from it', async () => {
    await page.getByRole('button', { name: 'Autres actions' }).click();
    await page.getByRole('menuitem', { name: 'Garder comme modèle…' }).click();
    await mine.getByLabel('Nom du modèle').fill('Ma gonalgie');
    await look(page, '129-garder-comme-modele');
    await mine.getByRole('button', { name: 'Enregistrer le modèle' }).click();
    await mine.waitFor({ state: 'detached' });
    await page.goto(`/patients/${patient}/notes`);
    await page.getByRole('button', { name: 'Nouvelle note' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('option', { name: /Ma gonalgie.*Mon modèle/s }).click();
    await page.locator('.mh-note-section').first().waitFor();
    const texts = await page.locator('.mh-note-section textarea').evaluateAll((fields) => fields.map(({ value }) => value).join(' '));
    expect(/périmètre de marche/.test(texts), texts);
  });
}

async function templates(page, patient) {
  await page.goto(`/patients/${patient}/notes`);
  await page.getByRole('button', { name: 'Nouvelle note' }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('option').first().waitFor();
  await look(page, '52-modeles');
  await page.keyboard.type('consultation generale');
  await page.keyboard.press('Enter');
  await page.locator('.mh-note-section').first().waitFor();
  await check('a template arrives filled with what the record knows', async () => {
    expect(!/\{\{/.test(await page.locator('.mh-note-sections').innerText()), 'a variable is left');
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    const picked = await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd));
    expect(picked === '[…]', `selected: ${picked}`);
  });
  await check('the point lists the shortcuts where one writes', async () => {
    await page.keyboard.type('Gonalgie. .');
    await page.getByRole('listbox', { name: 'Raccourcis de texte' }).waitFor();
    await settled(page);
    await picture(page, '53-raccourcis-de-texte');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Backspace');
  });
  await check('vital signs, a diagnosis and a prescription become entries of the section', async () => {
    await page.getByRole('button', { name: 'Constantes', exact: true }).click();
    await page.getByLabel('PA systolique').fill('128');
    await page.getByLabel('PA diastolique').fill('76');
    await page.getByLabel('Température').fill('37,2');
    await picture(page, '54-constantes-dans-la-note');
    await page.getByRole('button', { name: /Ajouter à/ }).click();
    await page.locator('.mh-note-entries').getByText('128/76').waitFor();
    await page.getByRole('button', { name: 'Diagnostic', exact: true }).click();
    await page.getByLabel('Diagnostic', { exact: true }).fill('Gonarthrose');
    await page.getByLabel('Code CIM-10').fill('M17.1');
    await page.getByRole('button', { name: /Ajouter à/ }).click();
    await page.locator('.mh-note-entries').getByText('Gonarthrose').waitFor();
    await page.getByRole('button', { name: 'Prescription', exact: true }).click();
    await page.getByLabel('Médicament (DCI, dosage)').fill('paracétamol 1 g');
    await page.getByLabel('Dose', { exact: true }).fill('1');
    await page.getByLabel('Unité de prise').fill('comprimé');
    await page.getByLabel('Voie').selectOption('orale');
    await page.getByLabel('Prises par jour').fill('3');
    await page.getByRole('button', { name: /Ajouter à/ }).click();
    await page.locator('.mh-note-entries').getByText(/paracétamol/).waitFor();
    await kept(page, 'saved').waitFor();
  });
  await look(page, '55-note-en-cours');
  await ownShortcut(page);
  await check('what is left to fill in is told before the signature', async () => {
    await page.keyboard.press('Control+Enter');
    await page.getByText(/à compléter/).waitFor();
    expect((await page.locator('.mh-note-sign').count()) === 0, 'it was signed');
  });
  await ownTemplate(page, patient);
}

async function crash(context, page, patient) {
  const hand = counter(page);
  await page.goto(`/patients/${patient}/notes`);
  await begin(page, hand);
  const address = page.url();
  await check('a page that dies while one types gives the text back', async () => {
    // The server never hears of it: the network is cut for this page, as in a crash between two savings.
    await page.route('**/api/v1/notes/**', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
    await page.keyboard.type('Texte tapé avant la panne');
    await page.waitForTimeout(600);
    await page.close();
    const again = await context.newPage();
    await again.goto('/');
    await again.getByText('Textes non enregistrés retrouvés').waitFor();
    await settled(again);
    await picture(again, '56-textes-retrouves-accueil');
    await again.goto(address);
    await again.getByText('Texte retrouvé sur ce poste.').waitFor();
    await look(again, '57-texte-retrouve');
    await again.getByRole('button', { name: 'Reprendre ce texte' }).click();
    await again.getByText('Texte retrouvé sur ce poste.').waitFor({ state: 'detached' });
    expect((await field(again, 'Subjectif').inputValue()) === 'Texte tapé avant la panne', 'not the text');
    await kept(again, 'saved').waitFor();
    await again.reload();
    await field(again, 'Subjectif').waitFor();
    expect((await field(again, 'Subjectif').inputValue()) === 'Texte tapé avant la panne', 'the server does not have it');
  });
  return context.pages().at(-1);
}

async function twoTabs(context, page) {
  const other = await context.newPage();
  await other.goto(page.url());
  await field(other, 'Subjectif').waitFor();
  await check('two tabs: both texts are shown, and neither is lost', async () => {
    await field(page, 'Subjectif').fill('Écrit dans la première fenêtre');
    await kept(page, 'saved').waitFor();
    await page.waitForTimeout(300);
    await kept(page, 'saved').waitFor();
    await field(other, 'Subjectif').fill('Écrit dans la seconde fenêtre');
    await other.keyboard.press('Control+s');
    const dialog = other.getByRole('dialog', { name: 'Deux textes pour une même note' });
    await dialog.waitFor();
    await look(other, '58-deux-textes');
    await dialog.getByRole('button', { name: 'Garder les deux' }).first().click();
    await dialog.getByRole('button', { name: 'Enregistrer ce choix' }).click();
    await dialog.waitFor({ state: 'detached' });
    const text = await field(other, 'Subjectif').inputValue();
    expect(/première/.test(text) && /seconde/.test(text), text);
    await kept(other, 'saved').waitFor();
  });
  await page.close();
  return other;
}

async function lostNetwork(context, page) {
  await check('without a network the text is kept, and saved when it is back', async () => {
    await context.setOffline(true);
    await field(page, 'Objectif').fill('Écrit sans réseau');
    await kept(page, 'waiting').waitFor();
    await picture(page, '59-note-hors-ligne');
    await context.setOffline(false);
    await kept(page, 'saved').waitFor();
  });
}

async function endedSession(context, page, user) {
  const back = async () => {
    const dialog = page.getByRole('dialog', { name: 'Votre session est terminée' });
    await dialog.waitFor();
    await dialog.locator(`button[data-user="${user}"]`).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await check('a session that ends while one types asks in place, and goes on', async () => {
    await context.clearCookies();
    await field(page, 'Objectif').fill('Écrit pendant que la session se terminait');
    await page.keyboard.press('Control+s');
    await back();
    await kept(page, 'saved').waitFor();
    expect((await field(page, 'Objectif').inputValue()) === 'Écrit pendant que la session se terminait', 'the text went');
  });
  await check('a session that ends while one signs: signed once, whole', async () => {
    await field(page, 'Subjectif').fill('Douleur résolue.');
    await context.clearCookies();
    await page.keyboard.press('Control+Enter');
    await back();
    await proveIfAsked(page);
    await page.locator('.mh-note-sign').first().waitFor();
    expect((await page.locator('.mh-note-sign').count()) === 1, 'signed more than once');
    await page.getByText('Douleur résolue.').first().waitFor();
  });
}

/** Somebody else of the care team, on a station of their own. */
async function colleagueOf(browser, { colleague, admin }, patient) {
  const office = await station(browser);
  await enter(office.page, admin);
  const other = await station(browser);
  await enter(other.page, colleague);
  const { practitioner, tenant } = await ask(other.page, '/api/v1/me');
  const status = await office.page.evaluate(async ([base, id, member]) => {
    const team = { resourceType: 'CareTeam', status: 'active', subject: { reference: `Patient/${id}` }, participant: [{ member: { reference: member.includes('/') ? member : `Practitioner/${member}` } }] };
    return (await fetch(`${base}/CareTeam`, { method: 'POST', headers: { 'Content-Type': 'application/fhir+json', 'X-Medhub': '1' }, body: JSON.stringify(team) })).status;
  }, [`/t/${tenant}/fhir`, patient, practitioner]);
  await office.context.close();
  expect(status === 201, `the care team was refused: ${status}`);
  return other;
}

/** What two people do to one note: both write it, one signs it, the other co-signs; and one that is withdrawn. */
async function twoAuthors(page, other, patient) {
  await page.goto(`/patients/${patient}/notes`);
  await begin(page, counter(page));
  await page.keyboard.type('Vu en visite.');
  await kept(page, 'saved').waitFor();
  const address = page.url();
  await check('two authors of one draft: each is named, and neither text is lost', async () => {
    await other.goto(address);
    await field(other, 'Subjectif').waitFor();
    await field(page, 'Subjectif').fill('Vu en visite, par le premier.');
    await page.keyboard.press('Control+s');
    await kept(page, 'saved').waitFor();
    await page.waitForTimeout(300);
    await kept(page, 'saved').waitFor();
    await field(other, 'Subjectif').fill('Vu en visite, par le second.');
    await other.keyboard.press('Control+s');
    const dialog = other.getByRole('dialog', { name: 'Deux textes pour une même note' });
    await dialog.waitFor();
    expect(!/Une autre fenêtre/.test(await dialog.innerText()), 'the other author has no name');
    await look(other, '121-deux-auteurs');
    await dialog.getByRole('button', { name: 'Garder les deux' }).first().click();
    await dialog.getByRole('button', { name: 'Enregistrer ce choix' }).click();
    await dialog.waitFor({ state: 'detached' });
    await kept(other, 'saved').waitFor();
  });
  await check('only its author signs a note, after seeing the other text', async () => {
    expect(await other.getByRole('button', { name: 'Signer', exact: true }).isDisabled(), 'a second author may sign');
    await page.reload();
    await field(page, 'Subjectif').waitFor();
    const text = await field(page, 'Subjectif').inputValue();
    expect(/premier/.test(text) && /second/.test(text), text);
    await page.keyboard.press('Control+Enter');
    await proveIfAsked(page);
    await page.locator('.mh-note-sign').waitFor();
  });
  await check('somebody else co-signs, the author cannot', async () => {
    expect((await page.getByRole('button', { name: 'Cosigner' }).count()) === 0, 'the author may co-sign');
    await other.goto(address);
    await other.getByRole('button', { name: 'Cosigner' }).click();
    await proveIfAsked(other);
    await other.locator('.mh-note-sign').filter({ hasText: 'Cosignée par' }).waitFor();
    expect((await other.locator('.mh-note-sign').count()) === 2, 'not two signatures');
  });
  await look(other, '122-note-cosignee');
  await check('a signed note is withdrawn with a reason, and stays readable', async () => {
    await page.goto(address);
    await page.getByRole('button', { name: 'Retirer', exact: true }).click();
    const act = page.getByRole('dialog').getByRole('button', { name: 'Retirer', exact: true });
    expect(await act.isDisabled(), 'no reason was asked');
    await page.getByLabel('Motif').fill('Écrite dans le mauvais dossier');
    await act.click();
    await proveIfAsked(page);
    await page.getByText('elle ne fait plus foi', { exact: false }).waitFor();
    await page.getByText('Vu en visite, par le premier.', { exact: false }).first().waitFor();
    expect((await page.getByRole('button', { name: 'Amender' }).count()) === 0, 'it can be amended');
  });
  await look(page, '123-note-retiree');
}

async function results(page) {
  await page.goto('/results');
  await page.locator('.mh-results-page .mh-panel').first().waitFor();
  if (!(await page.locator('.mh-result-list').count())) await page.getByRole('button', { name: 'L’équipe', exact: true }).click();
  await page.locator('.mh-result-list').waitFor();
  await look(page, '60-resultats');
  const hand = counter(page);
  await check('a result is reviewed with one key', async () => {
    const before = await page.locator('.mh-result-list li').count();
    const answered = page.waitForResponse((response) => response.url().endsWith('/acknowledge') && response.ok());
    await hand.press('a');
    await answered;
    await page.waitForFunction((count) => document.querySelectorAll('.mh-result-list li').length < count, before);
    return hand.told();
  });
  await check('what was reviewed says by whom and when', async () => {
    await page.getByRole('button', { name: 'Vus', exact: true }).click();
    await page.getByText(/^Vu par .* le /).first().waitFor();
  });
  await look(page, '61-resultat-vu');
}

async function orders(page, patient) {
  await page.goto(`/patients/${patient}/prescriptions`);
  await page.getByLabel('Examen de biologie ou d’imagerie').waitFor();
  await check('a set and an examination are asked for', async () => {
    await page.getByRole('group', { name: 'Bilans types' }).getByRole('button').first().click();
    await page.getByLabel('Examen de biologie ou d’imagerie').fill('radio gen');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('urgente').check();
    await page.getByLabel('Indication').fill('Bilan avant prothèse du genou droit');
    await look(page, '62-demande');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Demande envoyée.').waitFor();
    await page.locator('.mh-order-table tbody tr').first().waitFor();
  });
  await look(page, '63-demandes');
}

async function reading(page, patient) {
  await page.goto(`/patients/${patient}/vsm`);
  await page.locator('.mh-synthesis').waitFor();
  await look(page, '64-volet-de-synthese');
  await check('a line of the synthesis leads to its source', async () => {
    await page.locator('.mh-synthesis a').first().click();
    await page.locator('.mh-synthesis').waitFor({ state: 'detached' });
  });
  await check('« f » finds words in the record, and the hit opens its note', async () => {
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press('f');
    await page.getByLabel('Chercher un mot dans ce dossier').waitFor();
    await page.keyboard.type('genou gauche');
    await page.locator('.mh-find mark').first().waitFor();
    await look(page, '65-chercher-dans-le-dossier');
    await page.locator('.mh-find a').first().click();
    await page.locator('.mh-note-read, .mh-note-edit').waitFor();
  });
  await page.goto('/find');
  await page.getByLabel('Chercher un mot dans les dossiers de mes patients').fill('genou');
  await page.locator('.mh-find mark').first().waitFor();
  await look(page, '66-chercher-chez-mes-patients');
  await page.goto(`/patients/${patient}/notes`);
  await page.locator('.mh-notes').waitFor();
  await look(page, '67-notes');
}

async function tablet(browser, user, patient) {
  const { page, context } = await station(browser, { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true });
  await enter(page, user);
  for (const [path, ready, name] of [['/results', '.mh-results-page', '68-tablette-resultats'], [`/patients/${patient}/notes`, '.mh-notes', '69-tablette-notes'], [`/patients/${patient}/vsm`, '.mh-synthesis', '69-tablette-synthese']]) {
    await page.goto(path);
    await page.locator(ready).waitFor();
    await look(page, name);
    await check(`nothing overflows sideways (${name})`, async () => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide <= 0, `${wide} px too wide`);
    });
  }
  await page.goto(`/patients/${patient}/notes`);
  await page.getByRole('button', { name: 'Nouvelle note' }).click();
  await page.getByRole('option').first().click();
  await page.locator('.mh-note-section').first().waitFor();
  await look(page, '69-tablette-note-en-cours');
  await context.close();
}

/** A patient whose results wait, of this surgeon where there is one. */
async function patientOf(page) {
  for (const filter of ['mine', 'team']) {
    const { items = [] } = await ask(page, `/api/v1/results/inbox?filter=${filter}`);
    if (items.length) return items[0].patient;
  }
  return undefined;
}

export async function notesStory(browser) {
  const people = await accounts();
  const { user } = people;
  const first = await station(browser);
  const { context, faults } = first;
  await enter(first.page, user);
  const patient = await patientOf(first.page);
  await check('a result waits for the surgeon', async () => expect(patient, 'the inbox is empty'));
  if (!patient) return;
  await look(first.page, '49-accueil-resultats');
  await writeAndSign(first.page, patient);
  await amend(first.page);
  await templates(first.page, patient);
  const again = await crash(context, first.page, patient);
  const page = await twoTabs(context, again);
  await lostNetwork(context, page);
  await endedSession(context, page, user);
  const second = await colleagueOf(browser, people, patient);
  await twoAuthors(page, second.page, patient);
  await second.context.close();
  await orders(page, patient);
  await reading(page, patient);
  await tablet(browser, user, patient);
  await results(page);
  await check('the browser had nothing to complain about (notes)', async () => expect(faults.filter((fault) => !/412|403|422/.test(fault)).length === 0, faults.join(' || ')));
  await context.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await notesStory(browser);
  } catch (error) {
    await check('the story of notes ran to its end', () => Promise.reject(error));
  } finally {
    await browser.close();
    finish();
  }
}
