// The back office, on a running server with the sample clinic: people, rights, consents, registration, accesses, watch.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/admin.mjs; or part by part from the story.
import { fileURLToPath } from 'node:url';
import { proveIfAsked } from './account.mjs';
import { BASE, check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';
import { desk } from './desk.mjs';

const dialog = (page, name) => page.getByRole('dialog', { name });
const panel = (page, title) => page.locator('section.mh-panel', { has: page.getByRole('heading', { name: title }) });
const heading = (page, name) => page.getByRole('heading', { name, level: 1 }).waitFor();
const tab = (page, name) => page.locator('.mh-subnav').getByRole('link', { name }).click();
/** What a run adds is told apart from what an earlier one left. */
const stamp = Date.now().toString(36).slice(-5);

async function loaded(page) {
  await page.waitForFunction(() => !document.querySelector('.mh-skeletons'));
  await settled(page);
}

/** Types into a picker and takes the first that is found. */
async function pick(page, label, typed) {
  await page.getByRole('combobox', { name: label, exact: true }).fill(typed);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}

/** Presses a button; answers the question for a fresh factor if it comes. */
async function press(page, button) {
  await button.click();
  await proveIfAsked(page);
}

export async function people(page) {
  await page.goto('/administration');
  await heading(page, 'Administration');
  await check('the people of the clinic are listed with role, factor and state', async () => {
    await page.locator('tbody tr').first().waitFor();
    expect((await page.locator('tbody tr').count()) > 2, 'fewer than three accounts');
  });
  await loaded(page);
  await look(page, '30-administration-personnes');
  const name = `Léa Essai ${stamp}`;
  await check('a person is invited', async () => {
    await page.getByRole('button', { name: 'Inviter une personne' }).click();
    const form = dialog(page, 'Inviter une personne');
    await form.getByLabel('Nom affiché').fill(name);
    expect((await form.getByLabel('Identifiant de connexion').inputValue()) === `lea.essai-${stamp}`, `suggested ${await form.getByLabel('Identifiant de connexion').inputValue()}`);
    await form.getByLabel('Identifiant de connexion').fill(`lea.essai.${stamp}`);
    await form.getByLabel('Adresse de courriel').fill(`lea.${stamp}@clinique.example`);
    await form.locator('input[value="secretary"]').check();
    await settled(page);
    await picture(page, '31-invitation');
    await press(page, form.getByRole('button', { name: 'Envoyer l’invitation' }));
    await form.getByRole('status').waitFor();
    await form.getByRole('button', { name: 'Fermer' }).last().click();
    await page.getByLabel('Filtrer par nom, adresse ou rôle').fill(stamp);
    await page.getByRole('link', { name }).waitFor();
  });
  await check('a role is added to them, in words that say what it allows', async () => {
    await page.getByRole('link', { name }).click();
    await heading(page, name);
    await page.locator('input[value="billing"]').check();
    await press(page, page.getByRole('button', { name: 'Enregistrer', exact: true }));
    await page.getByText('Enregistré', { exact: true }).waitFor();
  });
  await check('they act for a surgeon until a day', async () => {
    const choice = page.getByLabel('Agir pour');
    await choice.selectOption({ index: 1 });
    await page.getByLabel('Jusqu’au (inclus)').fill(new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10));
    await press(page, page.getByRole('button', { name: 'Ajouter la délégation' }));
    await panel(page, /Délégations/).locator('tbody tr').first().waitFor();
  });
  await loaded(page);
  await look(page, '32-personne');
  await check('their account is disabled after a question', async () => {
    await page.getByRole('button', { name: 'Désactiver le compte' }).click();
    const asked = dialog(page, 'Désactiver le compte');
    await settled(page);
    await picture(page, '33-desactiver');
    await press(page, asked.getByRole('button', { name: 'Désactiver le compte' }));
    await asked.waitFor({ state: 'detached' });
    await page.locator('.mh-tag-stop', { hasText: 'Désactivé' }).waitFor();
  });
}

export async function stations(page) {
  await page.goto('/administration/postes');
  await heading(page, 'Administration');
  await loaded(page);
  const name = `Salle de soins ${stamp}`;
  await check('this browser becomes a shared station', async () => {
    await page.getByLabel('Nom du poste').fill(name);
    await press(page, page.getByRole('button', { name: 'Enregistrer ce navigateur' }));
    await page.getByText('ce navigateur', { exact: true }).waitFor();
  });
  await loaded(page);
  await look(page, '34-postes');
  await check('the station is removed', async () => {
    await page.getByRole('button', { name: `Retirer le poste ${name}` }).click();
    const asked = dialog(page, 'Retirer le poste');
    await press(page, asked.getByRole('button', { name: 'Retirer', exact: true }));
    await asked.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Enregistrer ce navigateur' }).waitFor();
  });
}

export async function applications(page) {
  await page.goto('/administration/applications');
  await heading(page, 'Administration');
  await loaded(page);
  await look(page, '35-applications');
  const name = `Application ${stamp}`;
  await check('a confidential application is added, its secret shown once', async () => {
    await page.getByRole('button', { name: 'Ajouter une application' }).click();
    const form = dialog(page, 'Ajouter une application');
    await form.getByLabel('Nom de l’application').fill(name);
    await form.getByLabel('Confidentielle', { exact: false }).check();
    await form.getByRole('button', { name: 'Suivant' }).click();
    await form.getByLabel('Adresses de retour').fill('http://exemple.invalid/cb');
    await form.getByRole('button', { name: 'Suivant' }).click();
    await form.getByText('Donnez au moins une adresse en https', { exact: false }).waitFor();
    await form.getByLabel('Adresses de retour').fill('https://exemple.invalid/cb');
    await form.getByRole('button', { name: 'Suivant' }).click();
    await form.getByLabel('openid').check();
    await form.getByLabel('patient/*.rs').check();
    await settled(page);
    await picture(page, '36-application-portees');
    await press(page, form.getByRole('button', { name: 'Créer l’application' }));
    const made = dialog(page, `${name} est enregistrée`);
    await made.getByText('Ce secret ne sera plus jamais affiché', { exact: false }).waitFor();
    await settled(page);
    await picture(page, '37-secret');
    await made.getByRole('button', { name: 'J’ai terminé' }).click();
    await page.getByRole('cell', { name: new RegExp(name) }).first().waitFor();
  });
  await check('the application is removed', async () => {
    await page.getByRole('button', { name: `Retirer l’application ${name}` }).click();
    const asked = dialog(page, 'Retirer l’application');
    await press(page, asked.getByRole('button', { name: 'Retirer', exact: true }));
    await asked.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: `Retirer l’application ${name}` }).waitFor({ state: 'detached' });
  });
}

/** `patient` is found by what is typed: a record number. */
export async function decisions(page, patient) {
  await page.goto('/droits');
  await heading(page, 'Droits d’accès');
  await loaded(page);
  await check('the policies in force are told in French, the rule one click away', async () => {
    await panel(page, /Interdictions pour tous/).waitFor();
    await page.locator('.mh-policy summary').first().click();
    await page.locator('.mh-cedar').first().getByText('forbid', { exact: false }).waitFor();
  });
  await look(page, '38-politiques');
  await tab(page, 'Qui peut ouvrir un dossier');
  await heading(page, 'Qui peut ouvrir ce dossier, et pourquoi ?');
  await check('who can open a record is a table', async () => {
    await pick(page, 'Patient', patient);
    await page.locator('.mh-who tbody tr').first().waitFor();
  });
  await check('a closed cell tells its reasons', async () => {
    await page.locator('.mh-who-cell button[aria-label*="ne peut pas"]').first().click();
    await panel(page, 'Réponse').getByText('Refusé', { exact: true }).waitFor();
    await panel(page, 'Réponse').getByText('Ce qui l’ouvrirait').waitFor();
  });
  await loaded(page);
  await look(page, '39-qui-peut-ouvrir');
  await check('an open cell tells its policy', async () => {
    await page.locator('.mh-who-cell button[aria-label*="peut lire"]').first().click();
    await panel(page, 'Réponse').getByText('Autorisé', { exact: true }).waitFor();
  });
}

export async function consents(page, id) {
  await page.goto(`/patients/${id}/consentements`);
  await panel(page, 'Consentements').waitFor();
  await loaded(page);
  const research = () => page.locator('.mh-consent', { hasText: 'Recherche' });
  await check('a consent is collected in four clicks', async () => {
    await page.getByRole('button', { name: 'Recueillir : Recherche' }).click();
    const form = dialog(page, 'Recueillir la décision : Recherche');
    await form.getByLabel('donne son accord').check();
    await form.getByLabel('par écrit').check();
    await settled(page);
    await picture(page, '41-recueil');
    await press(page, form.getByRole('button', { name: 'Enregistrer la décision' }));
    await form.waitFor({ state: 'detached' });
    await research().locator('[data-state="permit"]').waitFor();
  });
  await check('it is withdrawn after a question', async () => {
    await page.getByRole('button', { name: 'Retirer : Recherche' }).click();
    const form = dialog(page, 'Retirer l’accord');
    await settled(page);
    await picture(page, '42-retrait');
    await press(page, form.getByRole('button', { name: 'Retirer', exact: true }));
    await form.waitFor({ state: 'detached' });
    await research().locator('[data-state="withdraw"]').waitFor();
  });
  await check('the history tells both', async () => {
    await panel(page, /Historique des décisions/).locator('[data-state="withdraw"]').first().waitFor();
    await panel(page, /Historique des décisions/).locator('[data-state="permit"]').first().waitFor();
  });
  await check('a request for erasure is recorded, and its legal limit told', async () => {
    await page.getByRole('button', { name: 'Enregistrer une demande' }).click();
    const form = dialog(page, 'Enregistrer une demande');
    await form.getByLabel('Effacement', { exact: false }).check();
    await form.getByLabel('Ce que le patient demande, avec ses mots').fill('Je souhaite que mon dossier soit effacé.');
    await settled(page);
    await picture(page, '43-demande');
    await press(page, form.getByRole('button', { name: 'Enregistrer la demande' }));
    await dialog(page, 'Demande enregistrée').getByRole('button', { name: 'Fermer' }).last().click();
    await panel(page, /Demandes sur les données/).getByText('Effacement').first().waitFor();
  });
  await loaded(page);
  await look(page, '40-consentements');
}

const FAMILY = ['AUBERVAL', 'BELLEROSE', 'CASTELNOU', 'DORMEUIL', 'ESTAGNOL', 'FONTBRUNE', 'GRANDPREY', 'HAUTERIVE'][Math.floor(Math.random() * 8)];

/** Keyboard only: how long the keys take is the server's and the page's time, not a person's. */
export async function registration(page) {
  await page.goto('/patients/nouveau');
  await heading(page, 'Nouveau patient');
  await check('a number with a wrong key is told as it is typed', async () => {
    await page.getByLabel('Numéro de sécurité sociale (NIR)').fill('1 90 01 2A 123 456 16');
    await page.keyboard.press('Tab');
    await page.getByText('La clé ne correspond pas', { exact: false }).waitFor();
    await page.getByLabel('Numéro de sécurité sociale (NIR)').fill('1 90 01 2A 123 456 15');
    await page.getByText('La clé est juste').waitFor();
    expect((await page.getByLabel('Code INSEE du lieu de naissance').inputValue()) === '2A123', 'the birthplace was not taken from the number');
  });
  await check('what is typed outlives a reload', async () => {
    await page.waitForTimeout(500);
    await page.reload();
    await heading(page, 'Nouveau patient');
    expect((await page.getByLabel('Code INSEE du lieu de naissance').inputValue()) === '2A123', 'the draft was lost');
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await heading(page, 'Nouveau patient');
  });
  await check('a patient is registered by the keyboard alone', async () => {
    const start = Date.now();
    const keys = page.keyboard;
    let count = 0;
    const type = async (text) => { await keys.type(text); count += text.length; };
    const tabs = async (times = 1) => { for (let n = 0; n < times; n += 1) { await keys.press('Tab'); count += 1; } };
    await type(FAMILY);
    await tabs();
    await type(`Ange ${stamp.replace(/\d/g, 'x')}`);
    await tabs();
    await type('14081955');
    await tabs();
    await keys.press('Space');
    count += 1;
    await tabs();
    await type('14168');
    await page.waitForTimeout(600);
    await settled(page);
    await picture(page, '45-nouveau-patient-saisie');
    await keys.press('Enter');
    const none = page.getByLabel('J’ai comparé : ce n’est aucun de ces dossiers');
    if (await Promise.race([page.locator('.mh-banner').waitFor().then(() => false), none.waitFor().then(() => true)])) {
      await none.check();
      await page.getByRole('button', { name: 'Créer le dossier' }).click();
    }
    await page.locator('.mh-banner').waitFor();
    const text = await page.locator('.mh-banner').innerText();
    expect(text.includes(FAMILY), text);
    return `${count} keys, ${Date.now() - start} ms with the server`;
  });
  await check('whom to notify is kept in the record', async () => {
    await page.goto('/patients/nouveau');
    await heading(page, 'Nouveau patient');
    await page.getByLabel('Nom de naissance').fill(`${FAMILY}-PROCHE`);
    await page.getByLabel('Prénoms de naissance').fill('Camille');
    await page.getByLabel('Date de naissance').fill(`0${1 + (Date.now() % 9)}/02/19${50 + (Date.now() % 49)}`);
    await page.getByLabel('Femme').check();
    await page.getByLabel('Nom et prénom').first().fill('Jean Proche');
    await page.getByLabel('Téléphone de cette personne').first().fill('06 12 34 56 78');
    await page.getByRole('button', { name: 'Créer le dossier' }).click();
    await page.locator('.mh-banner').waitFor();
    const kept = await page.evaluate(async () => {
      const { tenant } = await (await fetch('/api/v1/me')).json();
      return (await fetch(`/t/${tenant}/fhir/RelatedPerson?patient=${location.pathname.split('/').pop()}`)).json();
    });
    const names = (kept.entry ?? []).map(({ resource }) => resource?.name?.[0]?.text);
    expect(names.includes('Jean Proche'), `the record knows ${names.join(', ') || 'nobody'}`);
  });
  await page.goto('/patients/nouveau');
  await heading(page, 'Nouveau patient');
  await check('the same person again is shown beside the form, with the reason', async () => {
    await page.getByLabel('Nom de naissance').fill(FAMILY);
    await page.getByLabel('Prénoms de naissance').fill(`Ange ${stamp.replace(/\d/g, 'x')}`);
    await page.getByLabel('Date de naissance').fill('14/08/1955');
    await panel(page, /Dossiers qui ressemblent/).getByText('Mêmes nom, prénom et date de naissance').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('À renseigner').first().waitFor();
  });
  await loaded(page);
  await look(page, '44-nouveau-patient');
}

/** The auditor names the record by its number in the log. */
export async function accesses(page, id) {
  await page.goto('/audit/dossier');
  await heading(page, 'Journal d’accès');
  await check('who opened a record is listed', async () => {
    await page.getByLabel('Dossier patient').fill(id);
    await panel(page, /Accès au dossier/).locator('tbody tr').first().waitFor();
  });
  await loaded(page);
  await look(page, '46-acces-au-dossier');
  await tab(page, 'Tous les accès');
  await page.getByLabel('Résultat').selectOption('8');
  await loaded(page);
  await look(page, '47-journal-filtre');
}

const REFUSALS = 12;

/** Who may read no record asks for one again and again: the watch takes note, a moment later. */
async function refusedAgainAndAgain(page, id) {
  await page.evaluate(async ([patient, times]) => {
    const { tenant } = await (await fetch('/api/v1/me')).json();
    for (let n = 0; n < times; n += 1) await fetch(`/t/${tenant}/fhir/Patient/${patient}`);
  }, [id, REFUSALS]);
  const raise = page.getByRole('button', { name: 'Ouvrir un incident' });
  for (let tries = 0; tries < 15; tries += 1) {
    await page.goto('/vigilance');
    await heading(page, 'Vigilance');
    await loaded(page);
    if ((await raise.count()) > 0) return;
    await page.waitForTimeout(1000);
  }
  throw new Error('no alert was raised');
}

export async function watch(page, id) {
  await check('many refused readings raise an alert', () => refusedAgainAndAgain(page, id));
  await look(page, '48-vigilance');
  await check('an alert becomes an incident with its clock', async () => {
    await page.getByRole('button', { name: 'Ouvrir un incident' }).first().click();
    const asked = dialog(page, 'Ouvrir un incident');
    await press(page, asked.getByRole('button', { name: 'Ouvrir un incident' }));
    await heading(page, /Incident/);
    await page.getByRole('timer').getByText(/7[12] h/).waitFor();
  });
  await check('a note is added', async () => {
    await page.getByLabel('Note : constats, mesures, décision').fill('Compte suspendu, personne entendue.');
    await press(page, page.getByRole('button', { name: 'Enregistrer', exact: true }));
    await panel(page, /Notes/).getByText('Compte suspendu, personne entendue.').waitFor();
  });
  await loaded(page);
  await look(page, '49-incident');
}

async function signIn(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

async function sample() {
  const answer = await (await fetch(`${BASE}/api/v1/demo/accounts`)).json();
  const rows = Array.isArray(answer) ? answer : answer.accounts;
  const user = (role) => (rows.find((row) => row.roles.join() === role) ?? rows.find((row) => row.roles.includes(role)))?.user;
  return { admin: user('medical_admin'), auditor: user('auditor'), secretary: user('secretary') };
}

/** A patient of the sample clinic: id, and the record number that finds them. */
async function somePatient(page) {
  return page.evaluate(async () => {
    const { tenant } = await (await fetch('/api/v1/me')).json();
    const bundle = await (await fetch(`/t/${tenant}/fhir/Patient?_count=5`)).json();
    const { resource } = bundle.entry.find((entry) => entry.resource.identifier?.some((i) => i.type?.coding?.some((c) => c.code === 'PI')));
    return { id: resource.id, ipp: resource.identifier.find((i) => i.type?.coding?.some((c) => c.code === 'PI')).value };
  });
}

/** One station for each person; what the browser complains of is a fault. */
async function as(browser, user, name, story) {
  const { context, page, faults } = await station(browser);
  await check(`${name} signs in`, () => signIn(page, user));
  await story(page);
  await check(`the browser had nothing to complain about (${name})`, async () => {
    const real = faults.filter((fault) => !/status of 40[039]/.test(fault));
    expect(real.length === 0, real.join(' || '));
  });
  await context.close();
}

export async function backOffice(browser) {
  const users = await sample();
  let patient = null;
  await as(browser, users.admin, 'the administrator', async (page) => {
    patient = await somePatient(page);
    await people(page);
    await stations(page);
    await applications(page);
    await decisions(page, patient.ipp);
    await consents(page, patient.id);
  });
  await as(browser, users.secretary ?? users.admin, 'the desk', registration);
  await as(browser, users.secretary ?? users.admin, 'lists and two records of one person', desk);
  await as(browser, users.auditor, 'the auditor', async (page) => {
    await settled(page);
    await look(page, '29-accueil-auditeur');
    await accesses(page, patient.id);
    await watch(page, patient.id);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await backOffice(browser);
  } catch (error) {
    await check('the back office ran to its end', () => Promise.reject(error));
  } finally {
    await browser.close();
    finish();
  }
}
