// The desk: a list of patients from a file, and two records of one person. Part of the story.
import { check, expect, look, settled } from './browser.mjs';

const stamp = String(Date.now()).slice(-6).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]);

/** The same identity at two desks: one record, unless somebody says why these are two persons. */
async function namesakes(page) {
  const body = (more) => ({ name: [{ use: 'official', family: `Homonyme-${stamp}`, given: ['Agnès'] }], birthDate: '1964-02-09', gender: 'female', ...more });
  const send = (more) =>
    page.evaluate(async (sent) => {
      const answer = await fetch('/api/v1/patients/register', { method: 'POST', headers: { 'content-type': 'application/json', 'X-Medhub': '1' }, body: JSON.stringify(sent) });
      return { status: answer.status, body: await answer.json() };
    }, body(more));
  await check('two desks that register one person at once make one record', async () => {
    const answers = await Promise.all([send({}), send({}), send({})]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.join() === '201,409,409', statuses.join());
  });
  await page.goto('/patients/nouveau');
  await check('a namesake needs a reason, which is kept', async () => {
    await page.getByLabel('Nom de naissance').fill(`Homonyme-${stamp}`);
    await page.getByLabel('Prénoms de naissance').fill('Agnès');
    await page.getByLabel('Date de naissance').fill('09/02/1964');
    await page.getByLabel('Femme').check();
    await page.getByText('Mêmes nom, prénom, date de naissance et sexe').waitFor();
    await page.getByLabel('J’ai comparé', { exact: false }).check();
    await page.getByRole('button', { name: 'Créer le dossier' }).click();
    await page.getByText('Dites en quelques mots').waitFor();
    await look(page, '46-homonyme');
    await page.getByLabel('Pourquoi ce sont deux personnes').fill('Pièces d’identité comparées');
    await page.getByRole('button', { name: 'Créer le dossier' }).click();
    await page.waitForURL(/\/patients\/(?!nouveau)/);
    const said = await page.evaluate(async () => {
      const { tenant } = await (await fetch('/api/v1/me')).json();
      const made = await (await fetch(`/t/${tenant}/fhir/Patient/${location.pathname.split('/').pop()}`)).json();
      return made.extension?.find(({ url }) => url === 'urn:medhub:homonym')?.extension?.map(({ url, valueString }) => [url, valueString]) ?? [];
    });
    expect(Object.fromEntries(said).reason === 'Pièces d’identité comparées' && said.some(([url]) => url === 'of'), `the record says ${JSON.stringify(said)}`);
  });
}

/** On a page of someone who administers: from when on a result is critical, and until when it is looked at. */
export async function limits(page) {
  await page.goto('/administration/resultats');
  await page.getByRole('heading', { name: 'Limites critiques et délais', level: 1 }).waitFor();
  const rows = page.locator('tbody tr');
  await rows.first().waitFor();
  const cell = (row, name) => row.getByLabel(name, { exact: false });
  await look(page, '124-limites-critiques');
  await check('a limit that cannot be is told before it is sent', async () => {
    await page.getByRole('button', { name: 'Ajouter une analyse' }).click();
    const row = rows.first();
    for (const [name, value] of [['Analyse', 'Procalcitonine'], ['Code LOINC', '33959-8'], ['Unité', 'ng/mL'], ['Critique sous', '4'], ['Critique au-dessus de', '2']]) await cell(row, name).fill(value);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('alert').filter({ hasText: 'à corriger' }).waitFor();
    await look(page, '124-limites-critiques-refus');
  });
  await check('limits and deadlines are kept as the clinic sets them', async () => {
    const row = rows.first();
    await cell(row, 'Critique sous').fill('');
    await cell(row, 'Critique au-dessus de').fill('4,5');
    await page.getByLabel('Résultat critique (minutes)').fill('25');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Enregistré : valable dès le prochain résultat.').waitFor();
    await page.reload();
    await rows.first().waitFor();
    expect((await page.getByLabel('Résultat critique (minutes)').inputValue()) === '25', 'the deadline is not kept');
    const high = page.getByLabel('Critique au-dessus de Procalcitonine');
    expect((await high.inputValue()) === '4,5', `the limit is ${await high.inputValue()}`);
  });
}

/** On a page of someone who may register. */
export async function desk(page) {
  await page.goto('/patients/nouveau');
  await check('a birthplace is found by the start of its name', async () => {
    await page.getByRole('combobox', { name: 'Commune ou pays de naissance' }).fill('ajacc');
    await page.getByRole('option', { name: /Ajaccio/ }).waitFor();
    await page.keyboard.press('Enter');
    expect((await page.getByLabel('Code INSEE du lieu de naissance').inputValue()) === '2A004', 'no code');
    await page.evaluate(() => sessionStorage.clear());
  });
  await check('a country of birth is found by its name', async () => {
    await page.getByRole('combobox', { name: 'Commune ou pays de naissance' }).fill('algér');
    await page.getByRole('option', { name: /Algérie/ }).waitFor();
    await page.keyboard.press('Enter');
    expect((await page.getByLabel('Code INSEE du lieu de naissance').inputValue()) === '99352', 'no code');
    await page.evaluate(() => sessionStorage.clear());
  });
  await namesakes(page);
  await page.goto('/patients/import');
  await check('a list is looked at, taken, and not taken twice', async () => {
    const text = `Nom;Prénom;Né(e) le;Sexe\nD’Été-${stamp};Léa;02/03/1980;F\nMartin;Paul;31/02/1980;M\n`;
    // As an older spreadsheet writes it: one byte a letter.
    const bytes = Buffer.from(text.replace('’', '\x92'), 'latin1');
    const choose = () => page.getByLabel('Fichier CSV', { exact: true }).and(page.locator('input')).setInputFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer: bytes });
    await choose();
    await page.getByText('Windows-1252', { exact: false }).waitFor();
    await page.getByText('Prête').first().waitFor();
    await page.getByText('À corriger').first().waitFor();
    await settled(page);
    await look(page, '47-import-apercu');
    await page.getByRole('button', { name: 'Importer les lignes prêtes' }).click();
    await page.getByText('Dossier créé').waitFor();
    await page.reload();
    await choose();
    await page.getByText('Dossier existant').waitFor();
  });
  await page.goto('/patients/fusion');
  await check('two records are merged, and parted again', async () => {
    const ids = await page.evaluate(async (family) => {
      const made = [];
      for (const given of ['Berthe', 'Angèle']) {
        const answer = await fetch('/api/v1/patients/register', { method: 'POST', headers: { 'content-type': 'application/json', 'X-Medhub': '1' }, body: JSON.stringify({ name: [{ use: 'official', family, given: [given] }], birthDate: '1971-05-06', gender: 'female', duplicates_seen: true }) });
        made.push((await answer.json()).id);
      }
      return made;
    }, `Fusion-${stamp}`);
    expect(ids.every(Boolean), JSON.stringify(ids));
    for (const [label, given] of [['Dossier à rendre inactif', 'Berthe'], ['Dossier qui reste', 'Angèle']]) {
      await page.getByLabel(label).fill(`Fusion-${stamp} ${given}`);
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
    }
    await page.getByRole('button', { name: 'Fusionner', exact: true }).waitFor();
    await settled(page);
    await look(page, '48-fusion');
    await page.getByRole('button', { name: 'Fusionner', exact: true }).click();
    await page.getByRole('button', { name: 'Annuler la fusion' }).click();
    await page.getByText('les deux dossiers sont comme avant', { exact: false }).waitFor();
  });
}
