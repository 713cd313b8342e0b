// The desk: a list of patients from a file, and two records of one person. Part of the story.
import { check, expect, look, settled } from './browser.mjs';

const stamp = String(Date.now()).slice(-6).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]);

/** On a page of someone who may register. */
export async function desk(page) {
  await page.goto('/patients/nouveau');
  await check('a birthplace is found by the start of its name', async () => {
    await page.getByLabel('Commune ou pays de naissance').fill('ajacc');
    await page.getByRole('option', { name: /Ajaccio/ }).waitFor();
    await page.keyboard.press('Enter');
    expect((await page.getByLabel('Code INSEE du lieu de naissance').inputValue()) === '2A004', 'no code');
    await page.evaluate(() => sessionStorage.clear());
  });
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
