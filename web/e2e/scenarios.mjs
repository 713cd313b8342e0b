// What-if plans and the needs of acts, on a running server with the sample clinic: a case is moved in a copy of the plan,
// compared, applied and undone; the administration says what an act asks for, and sees where that is.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/scenarios.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { check, expect, finish, launch, look, settled, station } from './browser.mjs';

const PLANNER = 'benoit.ferrand';
const ask = (page, path) => page.evaluate(async (url) => (await fetch(`/api/v1/${url}`, { headers: { Accept: 'application/json' } })).json(), path);
const clinicTime = (instant) => new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant));
const clinicDay = (instant) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date(instant));

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

/** A waiting case with a free place, and the board of that day. */
async function scene(page) {
  const { facilities, rooms } = await ask(page, 'theatre/resources');
  const count = (site) => rooms.filter((room) => room.facility === site.ref).length;
  const site = facilities.sort((a, b) => count(b) - count(a))[0].ref;
  const [day, end] = [clinicDay(Date.now() + 2 * 86_400_000), clinicDay(Date.now() + 28 * 86_400_000)];
  const { unscheduled } = await ask(page, `theatre/board?from=${day}&to=${day}&facility=${encodeURIComponent(site)}`);
  for (const waiting of unscheduled) {
    const { offers = [] } = await ask(page, `theatre/free?case=${encodeURIComponent(waiting.case)}&from=${day}&to=${end}&count=1`);
    if (offers.length && rooms.some((room) => room.ref === offers[0].room && room.facility === site)) return { site, waiting, offer: offers[0] };
  }
  throw new Error('no waiting case has a place');
}

const planned = async (page, { site, offer, waiting }) => {
  const day = clinicDay(offer.start);
  const { bookings } = await ask(page, `theatre/board?from=${day}&to=${day}&facility=${encodeURIComponent(site)}`);
  return bookings.some((booking) => booking.case === waiting.case);
};

async function tryOut(page, stage) {
  const { site, waiting, offer } = stage;
  await page.goto(`/theatre?view=day&day=${clinicDay(offer.start)}&site=${encodeURIComponent(site)}`);
  await page.locator('.mh-plan-row').first().waitFor();
  await settled(page);
  await check('a scenario is begun over the days that are shown', async () => {
    await page.getByRole('button', { name: 'Scénarios' }).click();
    await page.getByRole('textbox', { name: 'Nom' }).fill('Si on l’ajoutait');
    await page.getByRole('button', { name: 'Commencer un scénario' }).click();
    await page.getByTestId('scenario-figures').waitFor();
  });
  await check('a case placed there changes the figures, and not the plan', async () => {
    await page.locator(`.mh-wait[data-case="${waiting.case}"]`).getByRole('button').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Salle').selectOption(offer.room);
    await dialog.getByLabel('Jour').fill(clinicDay(offer.start));
    await dialog.getByLabel('Heure').fill(clinicTime(offer.start));
    const free = dialog.locator('[data-testid="move-said"][data-state="free"]');
    const taken = dialog.locator('.mh-offers button').first();
    await free.or(taken).first().waitFor();
    if (await taken.isVisible()) {
      await taken.click();
      await free.waitFor();
    }
    await dialog.getByLabel('Heure').focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Appliquer 1 déplacement…' }).waitFor();
    const cases = page.getByTestId('scenario-figures').getByRole('row', { name: /^Interventions/ });
    expect((await cases.innerText()).trim().endsWith('+1'), await cases.innerText());
    expect(!(await planned(page, stage)), 'the plan itself has changed');
  });
  await look(page, '118-scenario');
  await check('scenarios stand side by side', async () => {
    await page.getByRole('button', { name: 'Revenir au planning' }).click();
    await page.getByTestId('scenario').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Scénarios' }).click();
    await page.getByTestId('scenarios').getByRole('row', { name: /Si on l’ajoutait/ }).first().waitFor();
  });
  await look(page, '119-scenarios');
  await check('it is applied whole, and undone', async () => {
    await page.getByTestId('scenarios').getByRole('row', { name: /Si on l’ajoutait/ }).first().getByRole('button', { name: 'Ouvrir' }).click();
    await page.getByRole('button', { name: 'Appliquer 1 déplacement…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Appliquer', exact: true }).click();
    await page.getByTestId('scenario').waitFor({ state: 'detached' });
    expect(await planned(page, stage), 'the plan does not have it');
    const undo = page.getByRole('button', { name: 'Annuler', exact: true, disabled: false });
    await undo.waitFor();
    const done = page.waitForResponse((response) => response.url().endsWith('/theatre/undo'));
    await undo.click();
    expect((await done).status() === 200, String((await done).status()));
    expect(!(await planned(page, stage)), 'it was not undone');
  });
}

async function needs(page) {
  await page.goto('/theatre/acts');
  const table = page.getByTestId('acts');
  await table.waitFor();
  await look(page, '128-besoins-des-actes');
  const { known } = await ask(page, 'theatre/acts');
  await check('the administration says what an act asks of a room', async () => {
    await page.getByRole('button', { name: 'Définir un acte' }).click();
    await page.getByLabel('Quoi').fill('laparoscopy');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const row = table.getByRole('row', { name: new RegExp(known[0].code) });
    await row.waitFor();
    expect(/laparoscopy/.test(await row.innerText()), await row.innerText());
  });
  await check('and takes it back; what no room has is shown as such', async () => {
    await page.getByRole('button', { name: 'Retirer le besoin 1' }).click();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const row = table.getByRole('row', { name: new RegExp(known[0].code) });
    await row.getByText('rien de particulier').waitFor();
  });
  await page.getByRole('searchbox', { name: 'Chercher un acte' }).fill('prothese');
  await check('an act is found by the beginnings of its words', async () => {
    await page.waitForFunction(() => [...document.querySelectorAll('[data-testid="acts"] tbody tr')].every((row) => /proth/i.test(row.textContent)));
  });
  await look(page, '129-besoins-chercher');
}

/** Needs a case that waits and has a place: to be told before the optimiser books them all. It leaves the plan as it was. */
export async function scenarioStory(browser) {
  const planner = await station(browser);
  await enter(planner.page, PLANNER);
  await tryOut(planner.page, await scene(planner.page));
  const admin = await station(browser);
  await enter(admin.page, 'admin');
  await needs(admin.page);
  const faults = [...planner.faults, ...admin.faults].filter((fault) => !/409|403/.test(fault));
  await check('the browser had nothing to complain about (scenarios)', async () => expect(faults.length === 0, faults.join(' || ')));
  await planner.context.close();
  await admin.context.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await scenarioStory(browser);
  } catch (error) {
    await check('the story of scenarios ran to its end', () => Promise.reject(error));
  } finally {
    await browser.close();
    finish();
  }
}
