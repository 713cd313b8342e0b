// A patient's own appointment, on a running server with the sample clinic: the desk sets what may be booked and invites,
// the patient proves the birth date on a telephone, books, moves and cancels, is told where to come and what to bring,
// and sees nothing of others; a link that was cut or taken back says so.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/agenda.mjs; or a part of the story.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { check, expect, finish, launch, look, settled, station } from './browser.mjs';

const SECRETARY = 'celine.mokrani';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const TYPE = 'Consultation de suivi';
const BRING = { fr: 'Carte Vitale et ordonnance en cours', en: 'Your insurance card and your prescription' };
const ask = (page, path) => page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).json(), path);

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

/** A surgeon who holds consultations, and a patient with a birth date. */
async function people(page) {
  const { tenant } = await ask(page, '/api/v1/me');
  const found = await ask(page, `/t/${tenant}/fhir/Patient?_count=40&_sort=-_lastUpdated`);
  const patient = found.entry.map(({ resource }) => resource).find(({ birthDate, name, active }) => /^\d{4}-\d{2}-\d{2}$/.test(birthDate ?? '') && name?.[0]?.family && active !== false);
  return { patient, family: patient.name[0].family };
}

async function pick(page, scope, label, text) {
  await scope.getByRole('combobox', { name: label }).fill(text);
  await page.locator('[role="option"]').first().click();
}

async function desk(page, { family }) {
  await page.goto('/agenda');
  await pick(page, page, 'Agenda de', 'Ferrand');
  await check('the desk says what patients may book by themselves', async () => {
    await page.getByRole('button', { name: 'Rendez-vous en ligne' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Ajouter une règle' }).click();
    await dialog.getByLabel('Type de rendez-vous').last().fill(TYPE);
    await dialog.getByLabel('À apporter (français)').last().fill(BRING.fr);
    await dialog.getByLabel('À apporter (anglais)').last().fill(BRING.en);
    await look(page, '134-rendez-vous-en-ligne', settled);
    await dialog.getByRole('button', { name: 'Enregistrer les règles' }).click();
    await dialog.waitFor({ state: 'detached' });
  });
  let address = '';
  await check('and invites a patient: the address is told once', async () => {
    await page.getByRole('button', { name: 'Inviter un patient' }).click();
    const dialog = page.getByRole('dialog');
    await pick(page, dialog, 'Patient', family);
    await dialog.getByRole('button', { name: 'Créer l’invitation' }).click();
    address = await dialog.getByRole('textbox', { name: 'Adresse pour le patient' }).inputValue();
    expect(/\/rendez-vous#[0-9a-f]{64}$/.test(address), address);
  });
  await look(page, '135-invitation', settled);
  await page.keyboard.press('Escape');
  return address;
}

async function patientBooks(browser, address, { patient }) {
  const { context, page, faults } = await station(browser, PHONE);
  await page.goto(address);
  await page.getByRole('heading', { name: 'Votre rendez-vous' }).waitFor();
  await look(page, '136-date-de-naissance', settled);
  await check('the secret leaves the address, and a wrong birth date opens nothing', async () => {
    expect(!page.url().includes('#'), page.url());
    await page.getByLabel('Date de naissance').fill('1900-01-01');
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByRole('alert').first().waitFor();
  });
  await check('the patient sees free times only', async () => {
    await page.getByLabel('Date de naissance').fill(patient.birthDate);
    const told = page.waitForResponse((response) => response.url().includes('/booking/slots'));
    await page.getByRole('button', { name: 'Continuer' }).click();
    const text = await (await told).text();
    expect(!/Patient|family|birthDate/.test(text), text.slice(0, 200));
    await page.locator('.mh-visit-day button').first().waitFor();
  });
  await look(page, '137-heures-libres', settled);
  await check('books with two taps', async () => {
    await page.locator('.mh-visit-day button').first().click();
    await page.locator('.mh-visit-confirm button').click();
    await page.getByText('Votre rendez-vous est pris').waitFor();
  });
  await check('and is told where to come and what to bring', async () => {
    const where = await page.getByRole('region', { name: 'Où venir' }).innerText();
    expect(/\d{5} \p{L}/u.test(where), where);
    expect((await page.getByRole('region', { name: 'À apporter' }).innerText()).includes(BRING.fr), 'nothing to bring');
  });
  await look(page, '138-rendez-vous-pris', settled);
  await check('the file for a calendar says when and where, and not what for', async () => {
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Ajouter à mon agenda' }).click();
    const file = await saved;
    const text = readFileSync(await file.path(), 'utf8').replaceAll('\r\n ', '');
    expect(file.suggestedFilename() === 'Rendez-vous.ics' && /DTSTART:\d{8}T\d{6}Z\r\n/.test(text) && /SUMMARY:Rendez-vous\r\n/.test(text) && /LOCATION:\p{L}/u.test(text), text);
    expect(!text.includes(TYPE) && !/Ferrand|Dr /.test(text), text);
  });
  await check('moves it', async () => {
    const before = await page.locator('.mh-visit-done strong').innerText();
    await page.getByRole('button', { name: 'Changer l’heure' }).click();
    await page.locator('.mh-visit-day button').nth(3).click();
    await page.locator('.mh-visit-confirm button').click();
    await page.waitForFunction((old) => document.querySelector('.mh-visit-done strong')?.textContent !== old && document.querySelector('.mh-visit-done strong'), before);
  });
  await check('and cancels it', async () => {
    await page.getByRole('button', { name: 'Annuler le rendez-vous' }).click();
    await page.getByRole('button', { name: 'Oui, annuler' }).click();
    await page.getByText('Votre rendez-vous est annulé.').waitFor();
  });
  await check('the browser complains about nothing on the telephone', () => expect(faults.filter((fault) => !/status of (403|409)/.test(fault)).length === 0, faults.slice(0, 3).join(' | ')));
  await context.close();
}

const TONGUES = [
  ['en-GB', 'Your appointment', 'Date of birth'],
  ['de-DE', 'Ihr Termin', 'Geburtsdatum'],
  ['es-ES', 'Votre rendez-vous', 'Date de naissance'],
];

/** The page follows the browser until somebody chooses. */
async function tongues(browser, address) {
  for (const [locale, title, label] of TONGUES) {
    const { context, page } = await station(browser, { ...PHONE, locale });
    await check(`the patient's page speaks to a browser of ${locale}`, async () => {
      await page.goto(address);
      await page.getByRole('heading', { name: title }).waitFor();
      await page.getByLabel(label).waitFor();
    });
    if (locale === 'de-DE') {
      await check('a choice wins, and holds when the page is loaded again', async () => {
        await page.getByRole('combobox', { name: 'Sprache' }).selectOption('en');
        await page.getByRole('heading', { name: 'Your appointment' }).waitFor();
        await page.reload();
        await page.getByRole('heading', { name: 'Your appointment' }).waitFor();
      });
    }
    await context.close();
  }
}

/** A link that was cut; one that the desk took back. */
async function over(browser, desk, address, { family }) {
  const { context, page } = await station(browser, PHONE);
  await check('a link that was cut says so, and the whole one opens in its place', async () => {
    await page.goto(address.slice(0, -6));
    await page.getByRole('heading', { name: 'Ce lien n’est pas reconnu' }).waitFor();
    await look(page, '136b-lien-coupe', settled);
    await page.goto(address);
    await page.getByLabel('Date de naissance').waitFor();
  });
  await check('one that the desk took back says that', async () => {
    await desk.goto('/agenda');
    await pick(desk, desk, 'Agenda de', 'Ferrand');
    await desk.getByRole('button', { name: 'Inviter un patient' }).click();
    const dialog = desk.getByRole('dialog');
    await pick(desk, dialog, 'Patient', family);
    const told = desk.waitForResponse((response) => response.request().method() === 'DELETE');
    await dialog.getByRole('button', { name: 'Retirer' }).first().click();
    expect((await told).status() === 204, 'not taken back');
    await desk.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('heading', { name: 'Ce lien a été retiré' }).waitFor();
  });
  await context.close();
}

/** A person's week is written, and free times keep to it. */
async function hours(page) {
  await page.goto('/agenda');
  await pick(page, page, 'Agenda de', 'Ferrand');
  await check('working hours are written day by day, and kept', async () => {
    await page.getByRole('button', { name: 'Horaires' }).click();
    const dialog = page.getByRole('dialog');
    for (let day = 0; day < 5; day += 1) await dialog.getByRole('button', { name: 'Ajouter un jour' }).click();
    await dialog.getByLabel('À', { exact: true }).nth(2).fill('12:00');
    await look(page, '139-horaires', settled);
    await dialog.getByRole('button', { name: 'Enregistrer les horaires' }).click();
    await page.waitForFunction(() => !document.querySelector('[role="dialog"]') || /Enregistré/.test(document.querySelector('[role="dialog"]').textContent));
    if (await dialog.count()) await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Horaires' }).click();
    await dialog.locator('.mh-agenda-work').nth(4).waitFor();
    expect((await dialog.locator('.mh-agenda-work').count()) === 5, 'not five days');
    await page.keyboard.press('Escape');
  });
  await check('hours that begin later stand beside those of today', async () => {
    await page.getByRole('button', { name: 'Horaires' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('.mh-agenda-work').nth(4).waitFor();
    const far = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByRole('button', { name: 'Retirer la ligne 5' }).click();
    await dialog.getByLabel('Valable du').fill(far);
    await dialog.getByRole('button', { name: 'Enregistrer les horaires' }).click();
    await page.waitForFunction(() => !document.querySelector('[role="dialog"]') || /Enregistré/.test(document.querySelector('[role="dialog"]').textContent));
    if (await dialog.count()) await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Horaires' }).click();
    await dialog.getByRole('region', { name: 'Ensuite' }).getByRole('button', { name: 'Modifier' }).waitFor();
    expect((await dialog.locator('.mh-agenda-work').count()) === 5, 'today’s hours are not five days any more');
    await look(page, '139b-horaires-a-venir', settled);
    await page.keyboard.press('Escape');
  });
}

/** One's own calendar comes in as absences, of which only the hours are kept, and goes again. */
async function ownCalendar(browser) {
  const { context, page } = await station(browser);
  await enter(page, 'benoit.ferrand');
  await page.goto('/agenda');
  const day = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Exemple//FR', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Rendez-vous secret', `DTSTART;VALUE=DATE:${day}`, 'END:VEVENT', 'BEGIN:VEVENT', 'UID:2', 'DTSTART:demain', 'END:VEVENT', 'END:VCALENDAR', ''];
  await check('one’s own calendar is imported: absences without their titles', async () => {
    await page.getByRole('button', { name: 'Flux calendrier' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type="file"]').setInputFiles({ name: 'agenda.ics', mimeType: 'text/calendar', buffer: Buffer.from(lines.join('\r\n')) });
    await dialog.getByText('Illisibles : 1').waitFor();
    expect(/1 absence importée/.test(await dialog.getByTestId('imported').innerText()), await dialog.getByTestId('imported').innerText());
    expect(!/secret/.test(await dialog.innerText()), 'a title is shown');
  });
  await look(page, '139c-importer-un-agenda', settled);
  await check('and taken back', async () => {
    await page.getByRole('button', { name: 'Retirer l’import' }).click();
    await page.getByText('Aucun agenda importé.').waitFor();
  });
  await context.close();
}

/** From the rule to the cancelled appointment; with a signed-out browser. */
export async function agendaStory(browser) {
  const { context, page, faults } = await station(browser);
  await enter(page, SECRETARY);
  const who = await people(page);
  const address = await desk(page, who);
  await hours(page);
  await ownCalendar(browser);
  await tongues(browser, address);
  await patientBooks(browser, address, who);
  await over(browser, page, address, who);
  await check('the browser complains about nothing at the desk', () => expect(faults.length === 0, faults.slice(0, 3).join(' | ')));
  await context.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await agendaStory(browser);
  } catch (error) {
    await check('the story of the agenda ran to its end', () => Promise.reject(error));
  } finally {
    await browser.close();
    finish();
  }
}
