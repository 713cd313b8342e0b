// What the clinic says by itself, on a running server with the sample clinic: a reminder leaves once, a patient refuses
// a way; and a call to a patient, answered on a telephone.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/communication.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';

const SECRETARY = 'celine.mokrani';
const SURGEON = 'benoit.ferrand';
const ANAESTHETIST = 'martine.camara';
const ask = (page, path) => page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).json(), path);
const post = (page, path, body) =>
  page.evaluate(async ([url, sent]) => (await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Medhub': '1' }, body: JSON.stringify(sent) })).status, [path, body]);

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

/** A patient whose reminder is planned, and who can be reached. */
async function planned(page) {
  const { items } = await ask(page, '/api/v1/appointment-reminders?state=planned');
  for (const one of items.filter(({ channel }) => channel === 'mail')) {
    const wishes = await ask(page, `/api/v1/communication/patient/${one.patient.id}/preferences`);
    if (wishes.mail?.address && one.patient.name) return one;
  }
  throw new Error('no mail is planned for a patient with an address');
}

async function desk(browser) {
  const { context, page, faults } = await station(browser);
  await enter(page, SECRETARY);
  let reminder;
  await check('reminders of the clinic’s appointments have planned themselves', async () => {
    reminder = await planned(page);
  });
  await page.goto('/reminders');
  await page.getByRole('heading', { level: 1, name: 'Rappels' }).waitFor();
  await page.getByRole('button', { name: 'Trois prochains jours' }).click();
  await page.locator('.mh-reminder').first().waitFor();
  await check('that nothing leaves the sample clinic is said', () => page.getByText('Clinique d’exemple : rien ne part.').waitFor());
  await look(page, '190-rappels', settled);
  await page.goto(`/patients/${reminder.patient.id}/rappels`);
  await page.getByRole('heading', { name: 'Comment joindre ce patient' }).waitFor();
  await check('a patient refuses text messages with one tap', async () => {
    const wish = page.getByLabel('Rappels par SMS');
    await wish.waitFor();
    await page.locator('label', { hasText: 'Rappels par SMS' }).click();
    await page.waitForFunction(() => document.querySelector('.mh-reminders-ways li:nth-child(2) input')?.checked === false);
    const { sms } = await ask(page, `/api/v1/communication/patient/${reminder.patient.id}/preferences`);
    expect(sms.allowed === false, JSON.stringify(sms));
  });
  await check('a reminder is sent now, once, and its text is kept without a name', async () => {
    const row = page.locator('.mh-reminder', { hasText: 'courriel' }).filter({ has: page.getByRole('button', { name: 'Envoyer maintenant' }) }).first();
    await row.getByRole('button', { name: 'Envoyer maintenant' }).click();
    await page.locator('.mh-reminder[data-state="sent"]').first().waitFor({ timeout: 30_000 });
    const { items } = await ask(page, `/api/v1/appointment-reminders?patient=${reminder.patient.id}`);
    const sent = items.filter(({ state }) => state === 'sent');
    const family = reminder.patient.name.split(' ')[0];
    expect(sent.length === 1 && sent[0].attempts === 1 && sent[0].text.includes('Bonjour') && !sent[0].text.toUpperCase().includes(family), JSON.stringify(sent));
    const { mails } = await ask(page, '/api/v1/demo/mails');
    expect(mails.filter(({ text }) => text === sent[0].text).length >= 1, 'it is not in the outbox');
    const again = await post(page, `/api/v1/appointment-reminders/${sent[0].id}/send`, { version: sent[0].version });
    expect(again === 409 || again === 422, `${again}`);
  });
  await page.locator('.mh-reminder-said summary').first().click();
  await look(page, '191-rappels-patient', settled);
  await check('nobody makes the hub believe by plain FHIR that something was said', async () => {
    const { tenant } = await ask(page, '/api/v1/me');
    const status = await page.evaluate(async ([url, sent]) => (await fetch(url, { method: 'PUT', headers: { 'Content-Type': 'application/fhir+json', 'X-Medhub': '1' }, body: JSON.stringify(sent) })).status, [`/t/${tenant}/fhir/Communication/said-${reminder.id}`, { resourceType: 'Communication', id: `said-${reminder.id}`, status: 'completed', subject: { reference: `Patient/${reminder.patient.id}` } }]);
    expect([403, 404, 422].includes(status), `${status}`);
  });
  await check('the browser complains about nothing (reminders)', () => expect(faults.filter((fault) => !/status of 4(03|09|22)/.test(fault)).length === 0, faults.slice(0, 3).join(' | ')));
  await context.close();
}

/** A patient of the surgeon's. */
async function patientOf(page) {
  const { tenant } = await ask(page, '/api/v1/me');
  const { items } = await ask(page, '/api/v1/workflows/tasks?filter=mine');
  expect(items.length > 0, `no patient of the surgeon's in ${tenant}`);
  return items[0].patient;
}

async function call(browser) {
  const { context, page, faults } = await station(browser);
  await enter(page, SURGEON);
  const patient = await patientOf(page);
  await page.goto(`/patients/${patient}/appels`);
  await page.getByRole('heading', { name: 'Appeler quelqu’un' }).waitFor();
  await check('a call says how fast, why and whom, or does not leave', async () => {
    expect(await page.getByRole('button', { name: 'Appeler', exact: true }).isDisabled(), 'an empty call can leave');
    await page.getByRole('button', { name: 'Urgence' }).click();
    await page.getByLabel('Que se passe-t-il, et où').fill('Désaturation en salle de réveil, poste 3.');
    await page.getByLabel('Anesthésiste', { exact: true }).check();
  });
  await look(page, '196-appel', settled);
  await check('the call leaves, and shows whom it calls and until when', async () => {
    await page.getByRole('button', { name: 'Appeler', exact: true }).click();
    await page.locator('.mh-alert', { hasText: 'Désaturation' }).getByText('En attente de réponse').waitFor();
    await page.getByText('Sans réponse, d’autres sont appelés à').first().waitFor();
  });
  await look(page, '197-appels-patient', settled);
  await answer(browser);
  await check('who called sees that it is over, and how', async () => {
    await page.locator('.mh-alert', { hasText: 'Désaturation' }).getByText('Terminé').first().waitFor({ timeout: 30_000 });
    await page.locator('.mh-alert summary').first().click();
    await page.getByText('Masque repositionné').first().waitFor();
  });
  await check('the browser complains about nothing (calls)', () => expect(faults.length === 0, faults.slice(0, 3).join(' | ')));
  await context.close();
}

/** On a telephone, held in one hand. */
async function answer(browser) {
  const { context, page, faults } = await station(browser, { viewport: { width: 390, height: 844 }, hasTouch: true });
  await page.goto('/');
  await page.locator(`button[data-user="${ANAESTHETIST}"]`).click();
  await check('a call is told over every page, without a name', async () => {
    const told = page.locator('.mh-alerts-call');
    await told.waitFor({ timeout: 30_000 });
    expect(!/Désaturation/.test(await told.innerText()), 'the content is shown to whoever passes by');
    await picture(page, '198-appel-telephone');
    await told.click();
  });
  await check('it is taken with one tap, and ended with words', async () => {
    const card = page.locator('.mh-alert', { hasText: 'Désaturation' });
    await card.getByRole('button', { name: 'J’y vais' }).click();
    await card.getByText('Quelqu’un vient').waitFor();
    await look(page, '199-appels-telephone', settled);
    await card.getByRole('button', { name: 'C’est terminé' }).click();
    expect(await card.getByRole('button', { name: 'Enregistrer' }).isDisabled(), 'it ends without words');
    await card.getByLabel('Comment cela s’est terminé').fill('Masque repositionné, 97 % en deux minutes.');
    await card.getByRole('button', { name: 'Enregistrer' }).click();
    await card.waitFor({ state: 'hidden' });
  });
  await check('a telephone is wide enough', async () => expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways'));
  await check('the browser complains about nothing (telephone)', () => expect(faults.length === 0, faults.slice(0, 3).join(' | ')));
  await context.close();
}

export async function communicationStory(browser) {
  await desk(browser);
  await call(browser);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await communicationStory(browser);
  } finally {
    await browser.close();
    finish();
  }
}
