// Mail that came in, on a running server with the sample clinic: a letter is scanned, read by the machine, and filed in
// the record of the patient whom a person chose; what is no letter is refused.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/mail.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { check, expect, finish, launch, look, settled, station } from './browser.mjs';

const SECRETARY = 'celine.mokrani';
const MINUTE = 60_000;

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

/** A patient of the clinic with all that a letter says of somebody. */
async function someone(page) {
  return page.evaluate(async () => {
    const { tenant } = await (await fetch('/api/v1/me')).json();
    const { entry } = await (await fetch(`/t/${tenant}/fhir/Patient?birthdate=lt1975-01-01&active=true&_count=20`)).json();
    const found = entry.map(({ resource }) => resource).find(({ name, birthDate }) => birthDate?.length === 10 && name?.[0]?.given?.[0] && name.every(({ family }) => family === name[0].family) && /^[A-Za-zÀ-ÿ -]+$/.test(name[0].family ?? ''));
    return { id: found.id, family: found.name[0].family, given: found.name[0].given[0], born: found.birthDate, female: found.gender === 'female' };
  });
}

/** A sheet as it leaves a scanner: drawn by a browser, grey, a little askew. */
async function scanned(browser, { family, given, born, female }) {
  const [year, month, day] = born.split('-');
  const page = await browser.newPage({ viewport: { width: 1000, height: 1300 }, deviceScaleFactor: 2 });
  await page.setContent(`<body style="margin:0;background:#f4f3f0;font:22px/1.5 serif;color:#222"><div style="padding:70px 80px;rotate:0.4deg">
    <p>Centre d’imagerie du Parc<br>Docteur Hélène VASSEUR<br>14 rue des Tilleuls, 69006 Lyon</p><p style="text-align:right">Lyon, le 3 novembre 2026</p>
    <p>Patient : ${female ? 'Madame' : 'Monsieur'} ${family.toUpperCase()} ${given}<br>Date de naissance : ${day}/${month}/${year}</p>
    <h1 style="font-size:28px">Radiographie du genou gauche</h1><p>Indication : douleurs du compartiment interne.</p>
    <p>Pincement de l’interligne fémoro-tibial interne, ostéophytes marginaux, condensation sous-chondrale. Pas de fracture.</p><p>Conclusion : gonarthrose interne évoluée.</p></div></body>`);
  const bytes = await page.screenshot({ type: 'png' });
  await page.close();
  return { name: 'scan-0001.png', mimeType: 'image/png', buffer: bytes };
}

async function desk(browser) {
  const { context, page, faults } = await station(browser);
  await enter(page, SECRETARY);
  const patient = await someone(page);
  const sheet = await scanned(browser, patient);
  await page.goto('/mail');
  await page.getByRole('heading', { level: 1, name: 'Courrier reçu' }).waitFor();
  const choose = page.locator('input[type=file][multiple]');
  await check('what is no letter is refused with a sentence, and what came with it is taken', async () => {
    await choose.setInputFiles([{ name: 'facture.exe', mimeType: 'application/pdf', buffer: Buffer.from('MZ no letter') }, sheet]);
    await page.getByRole('alert').filter({ hasText: 'ni un PDF ni une image' }).waitFor();
    await page.locator('.mh-mail-list li', { hasText: 'scan-0001.png' }).waitFor();
  });
  const form = page.locator('.mh-mail-form');
  await check('the machine reads the scan, and proposes kind, date, author and patient with its reasons', async () => {
    await page.locator('.mh-mail-text').waitFor({ timeout: MINUTE });
    const proposal = page.locator('.mh-mail-proposed button', { hasText: new RegExp(patient.family, 'i') }).first();
    await proposal.waitFor();
    const why = await proposal.innerText();
    expect(/date de naissance/.test(why) && /nom/.test(why), why);
    expect((await form.getByLabel('Type de courrier').inputValue()) === 'imaging', 'another kind');
    expect((await form.getByLabel('Date du courrier').inputValue()) === '2026-11-03', 'another day');
    expect(/VASSEUR/i.test(await form.getByLabel('Auteur').inputValue()), 'another author');
    expect(await form.getByRole('button', { name: 'Classer dans le dossier' }).isDisabled(), 'it can be filed before a patient is chosen');
  });
  await look(page, '200-courrier-recu', settled);
  await check('a person chooses the patient, and the letter stands in the record with its text', async () => {
    await page.locator('.mh-mail-proposed button', { hasText: new RegExp(patient.family, 'i') }).first().click();
    await form.getByRole('button', { name: 'Classer dans le dossier' }).click();
    await page.locator('.mh-mail-list li', { hasText: 'scan-0001.png' }).waitFor({ state: 'detached' });
  });
  await check('what is set aside can be had back', async () => {
    await choose.setInputFiles({ ...sheet, name: 'publicite.png' });
    const row = page.locator('.mh-mail-list li', { hasText: 'publicite.png' });
    await row.getByRole('button').click();
    await page.locator('.mh-mail-text').waitFor({ timeout: MINUTE });
    await page.getByRole('button', { name: 'Écarter', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Écarter', exact: true }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Écartés' }).click();
    await row.waitFor();
    await page.getByRole('button', { name: 'Reprendre' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'À classer' }).click();
    await row.waitFor();
  });
  // The refusal of what is no letter is a 400.
  const others = faults.filter((fault) => !/status of 400/.test(fault));
  await check('the browser had nothing to complain about (mail)', async () => expect(others.length === 0, others.join(' || ')));
  await context.close();
  return patient;
}

async function reader(browser, patient) {
  const { context, page, faults } = await station(browser);
  await enter(page, 'benoit.ferrand');
  await check('a surgeon opens the letter in the chart', async () => {
    await page.goto(`/patients/${patient.id}/agenda`);
    await page.locator('main').getByText('Compte rendu d’imagerie').first().click();
    await page.locator('.mh-document').getByText('gonarthrose', { exact: false }).first().waitFor();
    await page.locator('.mh-document img').first().waitFor();
  });
  await look(page, '201-courrier-dans-le-dossier', settled);
  await check('the browser had nothing to complain about (mail, chart)', async () => expect(faults.length === 0, faults.join(' || ')));
  await context.close();
}

async function telephone(browser) {
  const { context, page } = await station(browser, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  await enter(page, SECRETARY);
  await page.goto('/mail');
  await page.locator('.mh-mail-list li').first().waitFor();
  await look(page, '202-courrier-telephone', settled);
  await check('mail does not overflow a telephone', async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide <= 0, `${wide} px too wide`);
  });
  await context.close();
}

export async function mailStory(browser) {
  const patient = await desk(browser);
  await reader(browser, patient);
  await telephone(browser);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await mailStory(browser);
  } finally {
    await browser.close();
    finish();
  }
}
