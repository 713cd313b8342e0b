// The papers of an operation, on a running server with the sample clinic: made at once, what is wanting told, written,
// signed by the surgeon and by the patient on a tablet (taps counted), compared, verified.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/documents.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { proveIfAsked } from './account.mjs';
import { check, drawn, expect, finish, launch, look, picture, station } from './browser.mjs';

const SURGEON = 'benoit.ferrand';
/** A surgeon with operations behind her. */
const OTHER = 'annie.pasquier';
const ADMIN = 'admin';
const OWN = 'Consentement du service';
const ask = (page, path) => page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).json(), path);

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

/** A case of the surgeon with this status whose consent is still to be made. */
async function caseOf(page, status, type) {
  const { tenant, practitioner } = await ask(page, '/api/v1/me');
  const found = await ask(page, `/t/${tenant}/fhir/ServiceRequest?performer=${practitioner}&category=387713003&status=${status}&_count=20`);
  for (const { resource } of found.entry ?? []) {
    const { items } = await ask(page, `/api/v1/documents/surgery/${resource.id}/package`);
    if (items?.some((item) => item.type === type && item.document === null)) return resource.id;
  }
  throw new Error(`no case is ${status} and without ${type}`);
}

const SAID = 'Expliqué au patient en consultation, avec ses questions.';

/** Fills what the page says is wanting, and makes the document; the id of it. */
async function write(page, values = {}) {
  await page.locator('.mh-papers-before > *').first().waitFor();
  await drawn(page);
  for (const [name, value] of Object.entries(values)) await page.locator(`[name="${name}"]`).fill(value);
  for (const field of await page.locator('.mh-papers-fields [aria-required="true"]').all()) {
    if ((await field.inputValue()) !== '') continue;
    const kind = await field.getAttribute('type');
    if (kind === 'date') await field.fill(new Date().toISOString().slice(0, 10));
    else if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption({ index: 1 });
    else await field.fill(SAID);
  }
  // Silence about drugs would be read as none: without lines it has to be said.
  const none = page.locator('[name="noMedication"]');
  if ((await none.count()) && !(await page.locator('.mh-papers-rows').first().locator('tbody tr').count())) await none.check();
  await drawn(page);
  await page.getByRole('button', { name: 'Générer le document' }).click();
  await page.waitForURL(/\d\/documents\/[^/]+$/);
  await page.getByRole('heading', { name: 'Signatures' }).waitFor();
  return page.url().split('/').pop();
}

async function prepare(page, surgery) {
  await page.goto(`/surgeries/${surgery}`);
  await page.getByRole('navigation', { name: 'Pages de l’intervention' }).getByRole('link', { name: 'Documents' }).click();
  await page.locator('.mh-papers-table tbody tr').first().waitFor();
  await look(page, '140-documents-intervention', drawn);
  await check('one click prepares what can be made, and says what wants words first', async () => {
    await page.getByRole('button', { name: 'Préparer le dossier' }).click();
    const told = page.locator('.mh-papers-prepared');
    await told.waitFor();
    return (await told.innerText()).replaceAll('\n', ' ');
  });
  await drawn(page);
  await picture(page, '141-documents-prepares');
}

async function consent(page, surgery) {
  let id = '';
  await page.goto(`/surgeries/${surgery}/documents`);
  await check('the consent is written from the leaflet and the chart', async () => {
    const { items } = await ask(page, `/api/v1/documents/surgery/${surgery}/package`);
    id = items.find(({ type }) => type === 'consent').document?.id ?? '';
    if (id) return 'made with the others';
    await page.getByRole('link', { name: /^Rédiger : Information et consentement/ }).click();
    await page.getByText('Avant de générer').waitFor();
    await drawn(page);
    await look(page, '142-document-redaction', drawn);
    id = await write(page);
    return '';
  });
  await page.goto(`/documents/${id}`);
  await page.getByRole('heading', { name: 'Signatures' }).waitFor();
  await drawn(page);
  await look(page, '143-document', drawn);
  await check('a draft is changed, and its older pages stand beside the new ones', async () => {
    await page.getByRole('button', { name: 'Modifier' }).click();
    const risks = page.locator('[name="risks"]');
    await risks.waitFor();
    await drawn(page);
    await picture(page, '144-document-modifie');
    await risks.fill('Diabète équilibré : surveillance de la cicatrice à J10.');
    // What was typed is not lost by a wrong click.
    await page.getByRole('link', { name: 'Accueil' }).first().click();
    await page.getByRole('dialog', { name: 'Quitter sans garder ce texte ?' }).getByRole('button', { name: 'Annuler' }).click();
    expect((await risks.inputValue()).startsWith('Diabète'), 'the text is gone');
    await page.getByRole('button', { name: 'Mettre à jour les pages' }).click();
    await page.getByRole('button', { name: 'Comparer' }).first().click();
    await page.getByRole('heading', { name: 'Version 1', exact: true }).waitFor();
    await page.locator('.mh-papers-change ins').getByText('Diabète équilibré').waitFor();
    await drawn(page);
    await picture(page, '145-document-versions');
    await page.getByRole('button', { name: 'Fermer' }).first().click();
  });
  await check('the surgeon signs with one click', async () => {
    await page.getByRole('button', { name: 'Signer', exact: true }).click();
    await proveIfAsked(page);
    await page.getByText('A signé (professionnel)').waitFor();
  });
  await check('the certificate is checked over the pages that are kept', async () => {
    await page.getByRole('button', { name: 'Vérifier les certificats' }).click();
    await page.getByText('Signature intacte et certificat valable').waitFor();
  });
  return id;
}

/** A clinic's own texts, and the day's programme on paper. */
async function texts(browser, surgery) {
  const { context, page, faults } = await station(browser);
  await enter(page, ADMIN);
  await page.goto('/administration/modeles');
  await page.getByRole('button', { name: 'Nouveau modèle' }).click();
  const dialog = page.getByRole('dialog', { name: 'Nouveau modèle' });
  await check('a text of the clinic is written with facts of the chart, and seen with invented ones', async () => {
    await dialog.getByLabel('Type de document').selectOption({ label: 'Information et consentement éclairé' });
    await dialog.getByLabel('Nom', { exact: false }).first().fill(OWN);
    const first = dialog.locator('textarea').first();
    await first.fill('Expliqué à ');
    await dialog.getByRole('button', { name: 'patient.name', exact: true }).click();
    expect((await first.inputValue()).endsWith('{{patient.name}}'), await first.inputValue());
    await dialog.locator('.mh-papers-texts-prose').getByText('Expliqué à').waitFor();
    await look(page, '154-modele', drawn);
  });
  await check('a text that cannot be read is refused beside its field, and stays', async () => {
    const first = dialog.locator('textarea').first();
    const said = await first.inputValue();
    await first.fill('{{#if patient.name}}Sans fin');
    await dialog.getByRole('button', { name: 'Enregistrer le modèle' }).click();
    await dialog.locator('[aria-invalid="true"]').waitFor();
    await first.fill(said);
    await dialog.getByRole('button', { name: 'Enregistrer le modèle' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('cell', { name: OWN, exact: true }).waitFor();
  });
  await look(page, '155-modeles', drawn);
  await page.goto('/documents/programme');
  await check('the operating programme of the day is ready to print', async () => {
    await page.locator('iframe[title="Programme opératoire"]').waitFor();
    await drawn(page);
  });
  await look(page, '156-programme', drawn);
  await check('the browser complains about nothing over texts', () => expect(faults.filter((fault) => !/status of (409|412|422)/.test(fault)).length === 0, faults.slice(0, 4).join(' | ')));
  await context.close();
  const surgeon = await station(browser);
  await enter(surgeon.page, SURGEON);
  await surgeon.page.goto(`/surgeries/${surgery}/documents/consent`);
  await check('the surgeon chooses the text of the clinic, and it fills what he leaves out', async () => {
    await surgeon.page.getByLabel('Modèle de l’établissement').selectOption({ label: OWN });
    await surgeon.page.waitForFunction(() => [...document.querySelectorAll('.mh-papers-fields textarea')].some(({ value }) => value.startsWith('Expliqué à ') && !value.includes('{{')));
  });
  await surgeon.context.close();
}

/** The hand of a patient on the glass. */
async function draw(page) {
  const pad = page.locator('.mh-papers-pad canvas');
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  await page.mouse.move(x + width * 0.2, y + height * 0.6);
  await page.mouse.down();
  for (const [across, down] of [[0.3, 0.2], [0.4, 0.7], [0.5, 0.3], [0.6, 0.6], [0.8, 0.4]]) await page.mouse.move(x + width * across, y + height * down, { steps: 6 });
  await page.mouse.up();
}

async function tablet(browser, id) {
  const { context, page, faults } = await station(browser, { viewport: { width: 820, height: 1180 }, hasTouch: true });
  await enter(page, SURGEON);
  await page.goto(`/documents/${id}/sign`);
  let taps = 0;
  const tap = async (locator) => {
    taps += 1;
    await locator.click();
  };
  await check('the patient signs on a tablet in four taps, a drawing and a code', async () => {
    await page.locator('legend', { hasText: 'Identité vérifiée par' }).waitFor();
    await look(page, '146-signature-identite', drawn);
    await tap(page.getByText('Carte d’identité'));
    const sent = page.waitForResponse((response) => response.url().endsWith('/code'));
    await tap(page.getByRole('button', { name: 'Lire le document' }));
    const { channel, code } = await (await sent).json();
    await page.locator('.mh-papers-pages').waitFor();
    await drawn(page);
    await picture(page, '147-signature-lecture');
    await tap(page.getByRole('button', { name: /^J’ai lu et compris/ }));
    await draw(page);
    await page.getByLabel('Code à usage unique').fill(channel === 'email' ? await mailed(page) : code);
    await look(page, '148-signature', drawn);
    await tap(page.getByRole('button', { name: 'Signer', exact: true }));
    await page.getByText('A signé (patient)').waitFor();
    expect(taps <= 4, `${taps} taps`);
    return `${taps} taps`;
  });
  await drawn(page);
  await picture(page, '149-signe');
  await check('the browser complains about nothing on the tablet', () => expect(faults.length === 0, faults.slice(0, 4).join(' | ')));
  await context.close();
}

/** The code that the sample clinic would have sent: its mails are kept aside, and an administrator reads them. */
async function mailed(page) {
  const { mails } = await ask(page, '/api/v1/demo/outbox');
  const code = /\b(\d{3})\s?(\d{3})\b/.exec(mails?.[0]?.text ?? mails?.[0]?.body ?? '');
  expect(code, 'no code in the last mail');
  return code[1] + code[2];
}

async function after(browser) {
  const { context, page } = await station(browser);
  await enter(page, OTHER);
  const surgery = await caseOf(page, 'completed', 'discharge-letter');
  await page.goto(`/surgeries/${surgery}/documents/discharge-letter`);
  await check('the discharge letter is written and signed', async () => {
    await page.getByText('Avant de générer').waitFor();
    await drawn(page);
    await look(page, '150-lettre-de-liaison', drawn);
    await write(page);
    await page.getByRole('button', { name: 'Signer', exact: true }).click();
    await proveIfAsked(page);
    await page.getByText('A signé (professionnel)').waitFor();
  });
  await drawn(page);
  await picture(page, '151-lettre-signee');
  await check('a printed page is verified by its code', async () => {
    const code = await page.locator('.mh-papers-check').first().innerText();
    await page.goto('/documents/verify');
    await page.getByLabel('Code imprimé au bas de chaque page').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await page.locator('.mh-notice[role="status"]').getByText('Signé').waitFor();
  });
  await look(page, '152-verification', drawn);
  await context.close();
}

async function chart(page, surgery) {
  const { patient } = await ask(page, `/api/v1/surgeries/${surgery}`);
  await page.goto(`/patients/${patient}/documents`);
  await check('the chart lists the documents of the patient, newest first', async () => {
    await page.getByRole('link', { name: 'Information et consentement éclairé' }).first().waitFor();
    await page.getByLabel('État du document').selectOption('signed');
    await page.getByRole('link', { name: 'Information et consentement éclairé' }).first().waitFor();
  });
  await drawn(page);
  await look(page, '153-documents-patient', drawn);
  await check('all pages of the operation come as one file', async () => {
    await page.goto(`/surgeries/${surgery}/documents`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Un seul PDF' }).click()]);
    expect(download.suggestedFilename() === 'documents.pdf', download.suggestedFilename());
  });
}

/** Consent to discharge letter; with a signed-out browser. */
export async function documentsStory(browser) {
  const { context, page, faults } = await station(browser);
  await enter(page, SURGEON);
  const surgery = await caseOf(page, 'active', 'consent');
  await prepare(page, surgery);
  const id = await consent(page, surgery);
  await tablet(browser, id);
  await texts(browser, surgery);
  await chart(page, surgery);
  await after(browser);
  await check('the browser complains about nothing over documents', () => expect(faults.filter((fault) => !/status of (409|412|422)/.test(fault)).length === 0, faults.slice(0, 4).join(' | ')));
  await context.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await documentsStory(browser);
  } finally {
    await browser.close();
    finish();
  }
}
