// A chart, section by section: lines are added, changed, undone and withdrawn; vital signs are entered; two people meet.
// Alone: MEDHUB_URL=http://localhost:8080 node e2e/chart.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { BASE, check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';
import { limits } from './desk.mjs';

const ask = (page, path) => page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).json(), path);
const dialog = (page) => page.getByRole('dialog');
const SECTIONS = ['timeline', 'history', 'medications', 'vitals', 'labs', 'agenda', 'team'];

async function signIn(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

async function administrator() {
  const answer = await (await fetch(`${BASE}/api/v1/demo/accounts`)).json();
  const rows = Array.isArray(answer) ? answer : answer.accounts;
  return rows.find((row) => row.roles.includes('medical_admin')).user;
}

/** An adult of the surgeon's with operations, results and treatments. */
async function findPatient(page) {
  const { tenant, practitioner } = await ask(page, '/api/v1/me');
  const teams = await ask(page, `/t/${tenant}/fhir/CareTeam?participant=${practitioner}&_count=50`);
  let best = { score: -1 };
  for (const { resource } of teams.entry ?? []) {
    const id = resource.subject?.reference?.split('/').pop();
    const patient = await ask(page, `/t/${tenant}/fhir/Patient/${id}`);
    if (!patient.birthDate || patient.birthDate > '2005' || patient.deceasedDateTime) continue;
    const { total = 0 } = await ask(page, `/t/${tenant}/fhir/Observation?patient=${id}&_summary=count`);
    if (total > best.score) best = { id, score: total };
  }
  expect(best.id, 'the surgeon has no patient');
  return best.id;
}

async function problems(page) {
  await check('a problem is added by the words of the clinic, with a year alone', async () => {
    await page.getByRole('button', { name: 'Ajouter' }).first().click();
    await dialog(page).getByLabel('Problème').fill('hypertension');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await dialog(page).getByLabel('Début').fill('2011');
    await dialog(page).getByLabel('Certitude').selectOption('confirmed');
    await look(page, '40-dossier-probleme');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await dialog(page).waitFor({ state: 'detached' });
  });
  await check('a problem is resolved, and that is undone', async () => {
    const acts = page.locator('tr', { hasText: '2011' }).getByRole('button', { name: /^Actions/ });
    await acts.first().click();
    await page.getByRole('menuitem', { name: 'Marquer comme résolu' }).click();
    await page.getByRole('button', { name: 'Annuler', exact: true }).click();
    await page.getByRole('button', { name: 'Annuler', exact: true }).waitFor({ state: 'detached' });
    await settled(page);
    expect((await page.locator('tr', { hasText: '2011' }).first().textContent()).includes('Actif'), 'the problem is not active again');
  });
  await check('a date that cannot be is refused in words', async () => {
    await page.getByRole('button', { name: 'Ajouter' }).first().click();
    await dialog(page).getByLabel('Début').fill('31/02/2019');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Cette date n’existe pas').waitFor();
    await dialog(page).getByRole('button', { name: 'Annuler' }).click();
  });
}

// Two codes of a classification, as a clinic would load it: far fewer than there are.
const FRAGMENT = {
  resourceType: 'CodeSystem', url: 'http://hl7.org/fhir/sid/icd-10', status: 'active', content: 'fragment', name: 'Extrait',
  concept: [{ code: 'H80-H83', display: 'Maladies de l’oreille interne', concept: [{ code: 'H81.1', display: 'Vertige paroxystique bénin' }, { code: 'H81.2', display: 'Névrite vestibulaire' }] }],
};

/** A classification that the clinic has loaded is offered where a problem is typed. */
async function classification(browser, page, open) {
  const office = await station(browser);
  await signIn(office.page, await administrator());
  await check('the administration loads a classification', async () => {
    const { tenant } = await ask(office.page, '/api/v1/me');
    const status = await office.page.evaluate(async ([base, system]) => (await fetch(`${base}/CodeSystem`, { method: 'POST', headers: { 'Content-Type': 'application/fhir+json', 'X-Medhub': '1' }, body: JSON.stringify(system) })).status, [`/t/${tenant}/fhir`, FRAGMENT]);
    expect(status === 201, `answered ${status}`);
  });
  await limits(office.page);
  await office.context.close();
  await open('history');
  await check('a diagnosis of the loaded classification is found by its words, and kept with its code', async () => {
    await page.getByRole('button', { name: 'Ajouter' }).first().click();
    await dialog(page).getByLabel('Problème').fill('vertige benin');
    await page.getByRole('option', { name: /H81\.1/ }).waitFor();
    expect((await page.getByRole('option', { name: /H80-H83/ }).count()) === 0, 'a chapter is offered as a diagnosis');
    await settled(page);
    await look(page, '125-diagnostic-classification');
    await page.getByRole('option', { name: /H81\.1/ }).click();
    await dialog(page).getByLabel('Certitude').selectOption('confirmed');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await page.locator('tr', { hasText: 'Vertige paroxystique bénin' }).first().waitFor();
    const { tenant } = await ask(page, '/api/v1/me');
    const found = await ask(page, `/t/${tenant}/fhir/Condition?patient=${page.url().split('/')[4]}&code=http://hl7.org/fhir/sid/icd-10|H81.1`);
    expect((found.entry ?? []).length === 1, 'the problem has no code');
  });
}

/** While one person types, another changes the same line. */
async function twoPeople(page) {
  await check('two people on one line: both texts are kept and told', async () => {
    const { tenant } = await ask(page, '/api/v1/me');
    const row = page.locator('tr', { hasText: '2011' }).first();
    await row.getByRole('button', { name: /^Actions/ }).click();
    await page.getByRole('menuitem', { name: 'Modifier' }).click();
    await dialog(page).getByLabel('Précisions').fill('Suivie par le cardiologue');
    await page.evaluate(async ({ base }) => {
      const found = await (await fetch(`${base}/Condition?onset-date=2011&_sort=-_lastUpdated&_count=1`)).json();
      const resource = found.entry[0].resource;
      resource.onsetDateTime = '2011-05';
      await fetch(`${base}/Condition/${resource.id}`, { method: 'PUT', headers: { 'Content-Type': 'application/fhir+json', 'X-Medhub': '1' }, body: JSON.stringify(resource) });
    }, { base: `/t/${tenant}/fhir` });
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Une autre personne a modifié cette ligne').waitFor();
    expect((await dialog(page).getByLabel('Précisions').inputValue()) === 'Suivie par le cardiologue', 'what was typed is gone');
    await picture(page, '41-dossier-conflit');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await dialog(page).waitFor({ state: 'detached' });
  });
}

async function vitals(page) {
  await check('vital signs go in by the keyboard, with their score; the impossible is refused', async () => {
    await page.getByLabel('TA (mmHg)').fill('128/74');
    await page.keyboard.press('Tab');
    await page.keyboard.type('720');
    await page.getByText('Entre 15 et 300').waitFor();
    await page.getByLabel('FC (/min)').fill('72');
    for (const typed of ['37,2', '97', '0', '16']) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(typed);
    }
    await page.getByLabel('Conscience', { exact: true }).first().selectOption('alert');
    await page.getByText('Risque faible').first().waitFor();
    await picture(page, '42-dossier-constantes-saisie');
    await page.getByLabel('FR (/min)').press('Enter');
    await page.getByText('Constantes enregistrées').waitFor();
  });
}

/** A pressure and what was measured with it: alone, or the whole round; undone with one press. */
async function withdrawal(page, id) {
  const { tenant } = await ask(page, '/api/v1/me');
  const round = async () => {
    const found = await ask(page, `/t/${tenant}/fhir/Observation?patient=${id}&category=vital-signs&_sort=-date&_count=12`);
    const rows = found.entry.map(({ resource }) => resource);
    const panel = rows.find((one) => one.code?.coding?.some(({ code }) => code === '85353-1'));
    const members = (panel.hasMember ?? []).map(({ reference }) => reference.split('/').pop());
    return rows.filter((one) => one.id === panel.id || members.includes(one.id)).map(({ status }) => status === 'entered-in-error');
  };
  const open = async () => {
    await page.getByRole('button', { name: /^Actions.*128\/74/ }).first().click();
    await page.getByRole('menuitem', { name: 'Saisi par erreur' }).click();
    await dialog(page).getByText('Mesures saisies ensemble').waitFor();
    await dialog(page).getByLabel('Motif').fill('Autre patient');
  };
  await check('a pressure entered by mistake is withdrawn with its whole round, and that is undone', async () => {
    await open();
    await dialog(page).getByLabel('Retirer tout le relevé', { exact: false }).check();
    await look(page, '128-retrait-releve');
    await dialog(page).getByRole('button', { name: 'Saisi par erreur' }).click();
    const undo = page.getByRole('button', { name: 'Annuler', exact: true });
    await undo.waitFor();
    const gone = await round();
    expect(gone.length > 3 && gone.every(Boolean), `withdrawn: ${gone.join()}`);
    await undo.click();
    await undo.waitFor({ state: 'detached' });
    await settled(page);
    const back = await round();
    expect(!back.some(Boolean), `still withdrawn: ${back.join()}`);
  });
  await check('a pressure alone goes as one, and leaves the rest of its round', async () => {
    await open();
    await dialog(page).getByRole('button', { name: 'Saisi par erreur' }).click();
    await page.getByRole('button', { name: 'Annuler', exact: true }).waitFor();
    const gone = await round();
    expect(gone.filter(Boolean).length === 1, `withdrawn: ${gone.join()}`);
  });
}

/** Who is around the patient; the photo, which stands as long as the patient agrees. */
async function people(page, id) {
  await check('a relative is added and shown with the role', async () => {
    // The relatives stand last on the page.
    await page.getByRole('button', { name: 'Ajouter' }).last().click();
    await dialog(page).getByLabel('Nom et prénom').fill('Odile Essai');
    await dialog(page).getByLabel('Rôle auprès du patient').selectOption('trusted');
    await dialog(page).getByLabel('Téléphone').fill('0612345678');
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByText('Personne de confiance').first().waitFor();
  });
  const consent = (decision) =>
    page.evaluate(async ([patient, said]) => (await fetch(`/api/v1/patients/${patient}/consent`, { method: 'PUT', headers: { 'content-type': 'application/json', 'X-Medhub': '1' }, body: JSON.stringify({ kind: 'photo', decision: said, method: 'oral' }) })).status, [id, decision]);
  await check('a photo needs the agreement, and goes with it', async () => {
    await page.getByText('Une photo demande l’accord du patient.').waitFor();
    expect((await consent('permit')) === 200, 'the agreement was refused');
    await page.reload();
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    await page.locator('input[type="file"]').setInputFiles({ name: 'visage.png', mimeType: 'image/png', buffer: png });
    await page.locator('.mh-banner-photo').waitFor();
    await look(page, '45-dossier-photo');
    expect((await consent('withdraw')) === 200, 'the withdrawal was refused');
    await page.reload();
    await page.getByText('Pas de photo').waitFor();
  });
}

/** The smallest PDF of one page. */
function pdf() {
  const words = 'BT /F 18 Tf 20 60 Td (Courrier de ville) Tj ET';
  const parts = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 120]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>', '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>', `<</Length ${words.length}>>stream\n${words}\nendstream`];
  let text = '%PDF-1.4\n';
  const at = parts.map((part, index) => { const here = text.length; text += `${index + 1} 0 obj${part}endobj\n`; return here; });
  const table = at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return `${text}xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${parts.length + 1}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`;
}

/** What came with a letter is read in the page: a PDF, a picture, and something that only claims to be one. */
async function attachments(page, id, open) {
  const { tenant } = await ask(page, '/api/v1/me');
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkqPtfDwAEAgH/sbGbJgAAAABJRU5ErkJggg==';
  const page64 = Buffer.from('<html><script>document.title="run"</script></html>').toString('base64');
  await check('documents with a PDF, a picture and a false one are received', async () => {
    const answers = await page.evaluate(async ([base, patient, files]) => {
      const send = ([description, contentType, data]) => fetch(`${base}/DocumentReference`, { method: 'POST', headers: { 'Content-Type': 'application/fhir+json', 'X-Medhub': '1' }, body: JSON.stringify({ resourceType: 'DocumentReference', status: 'current', subject: { reference: `Patient/${patient}` }, date: new Date().toISOString(), description, content: [{ attachment: { contentType, data } }] }) });
      return Promise.all(files.map(async (file) => (await send(file)).status));
    }, [`/t/${tenant}/fhir`, id, [['Courrier de ville', 'application/pdf', Buffer.from(pdf()).toString('base64')], ['Photographie de la cicatrice', 'image/png', png], ['Faux courrier', 'application/pdf', page64]]]);
    expect(answers.every((status) => status === 201), answers.join());
  });
  await open('agenda');
  await check('a PDF is opened by the keyboard, in the page or in a tab', async () => {
    await page.getByRole('link', { name: 'Courrier de ville', exact: true }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Télécharger' }).waitFor();
    await page.locator('.mh-document iframe').or(page.getByText('Ce navigateur n’affiche pas les PDF')).first().waitFor();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Télécharger' }).click()]);
    expect(/^document-\d{4}-\d\d-\d\d\.pdf$/.test(saved.suggestedFilename()), saved.suggestedFilename());
  });
  // The browser's own viewer never rests in the sense of a page: its picture alone is taken.
  await page.waitForTimeout(800);
  await picture(page, '126-document-pdf');
  await check('Esc goes back to the list, and a picture is shown', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Photographie de la cicatrice' }).first().click();
    await page.waitForFunction(() => document.querySelector('.mh-document img')?.naturalWidth === 1);
  });
  await look(page, '127-document-image');
  await check('what only claims to be a PDF is offered as a file and not run', async () => {
    await page.getByRole('button', { name: 'Documents' }).click();
    await page.getByRole('link', { name: 'Faux courrier' }).first().click();
    await page.getByText('Pas d’aperçu pour ce type de fichier', { exact: false }).waitFor();
    expect((await page.locator('.mh-document iframe').count()) === 0 && (await page.title()) !== 'run', 'it was run');
  });
}

export async function chartStory(browser, user = 'benoit.ferrand') {
  const { context, page, faults } = await station(browser);
  await signIn(page, user);
  const id = await findPatient(page);
  const open = async (section) => {
    await page.goto(`/patients/${id}/${section}`);
    await settled(page);
  };
  await open('history');
  await problems(page);
  await twoPeople(page);
  await classification(browser, page, open);
  await open('vitals');
  await vitals(page);
  await withdrawal(page, id);
  await open('team');
  await people(page, id);
  await attachments(page, id, open);
  for (const section of SECTIONS) {
    await open(section);
    await look(page, `43-dossier-${section}`);
  }
  await page.setViewportSize({ width: 820, height: 1180 });
  for (const section of SECTIONS) {
    await open(section);
    await check(`nothing is wider than a tablet: ${section}`, async () => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide <= 0, `${wide} px too wide`);
    });
    await picture(page, `44-dossier-${section}-tablette`);
  }
  // A refusal for a newer version is what the two people are about.
  const real = faults.filter((fault) => !/status of 412/.test(fault));
  await check('the browser complained about nothing in the chart', () => expect(real.length === 0, real.join(' | ')));
  await context.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  await chartStory(browser, process.env.MEDHUB_USER);
  await browser.close();
  finish();
}
