// The theatre's plan: a case is placed by hand and by the keyboard, a conflict says why and where else, the optimiser proposes,
// the programme is printed, the corridor sees no name. On a running server with the sample clinic.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/theatre.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { BASE, check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';

const home = (page) => page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
const ask = (page, path) => page.evaluate(async (url) => (await fetch(`/api/v1/${url}`, { headers: { Accept: 'application/json' } })).json(), path);

async function planner() {
  const answer = await (await fetch(`${BASE}/api/v1/demo/accounts`)).json();
  const rows = Array.isArray(answer) ? answer : answer.accounts;
  return rows.find((row) => row.roles.join() === 'surgeon').user;
}

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await home(page);
}

const bars = (page) => page.locator('.mh-bar');
const card = (page, waiting) => page.locator(`.mh-wait[data-case="${waiting.case}"]`);
const clinicTime = (instant) => new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant));
const clinicDay = (instant) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(new Date(instant));

/** The site with the most rooms, its waiting cases, and a free place for each of the first. */
async function scene(page) {
  const { facilities, rooms } = await ask(page, 'theatre/resources');
  const count = (site) => rooms.filter((room) => room.facility === site.ref).length;
  const site = facilities.sort((a, b) => count(b) - count(a))[0].ref;
  const day = clinicDay(Date.now() + 86_400_000);
  const end = clinicDay(Date.now() + 21 * 86_400_000);
  const { unscheduled } = await ask(page, `theatre/board?from=${day}&to=${day}&facility=${encodeURIComponent(site)}`);
  const placed = [];
  for (const waiting of unscheduled) {
    const { offers = [] } = await ask(page, `theatre/free?case=${encodeURIComponent(waiting.case)}&from=${day}&to=${end}&count=1`);
    if (offers.length && rooms.some((room) => room.ref === offers[0].room && room.facility === site)) placed.push({ waiting, offer: offers[0] });
    if (placed.length === 3) break;
  }
  expect(placed.length === 3, `only ${placed.length} waiting cases have a place`);
  return { site, placed };
}

const boardAt = async (page, site, instant, view = 'day') => {
  await page.goto(`/theatre?view=${view}&day=${clinicDay(instant)}&site=${encodeURIComponent(site)}`);
  await page.locator(view === 'day' ? '.mh-plan-row' : `.mh-${view} td`).first().waitFor();
  await settled(page);
};

/** Holds a card over an instant of a room. */
async function carry(page, waiting, room, start) {
  const from = await card(page, waiting).boundingBox();
  const lane = page.locator(`[data-lane="${room}"]`);
  await lane.scrollIntoViewIfNeeded();
  const box = await lane.boundingBox();
  const [first, last] = await lane.evaluate((element) => [Number(element.dataset.from), Number(element.dataset.until)]);
  const x = box.x + (box.width * (Date.parse(start) - first)) / (last - first);
  await page.mouse.move(from.x + from.width / 2, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 - 20, from.y + 20);
  await page.mouse.move(x + 0.5, box.y + box.height / 2, { steps: 6 });
}

async function byHand(page, other, { site, placed: [first, second] }) {
  const { waiting, offer } = first;
  await boardAt(page, site, offer.start);
  await look(page, '70-planning-du-bloc');
  await boardAt(other, site, offer.start);
  await check('a waiting case is carried onto the plan, and the answer comes while it is held', async () => {
    await card(page, waiting).scrollIntoViewIfNeeded();
    await carry(page, waiting, offer.room, offer.start);
    await page.locator('[data-testid="verdict"][data-state="free"]').waitFor();
    await picture(page, '71-cas-tenu');
    await page.mouse.up();
    await bars(page).and(page.locator('[aria-pressed="true"]')).waitFor();
    expect((await card(page, waiting).count()) === 0, 'the case still waits');
    expect((await page.locator('.mh-case-name').innerText()) === waiting.patient.name, 'another case is shown');
  });
  await check('another open plan shows it by itself', () => other.locator('.mh-bar', { hasText: waiting.patient.name }).first().waitFor());
  await check('a place that is taken is refused: who holds it, how long, and three places instead', async () => {
    // The list of those who wait stands under the case that is shown.
    await page.getByRole('button', { name: 'Fermer', exact: true }).click();
    await card(page, second.waiting).scrollIntoViewIfNeeded();
    await carry(page, second.waiting, offer.room, offer.start);
    await page.locator('[data-testid="verdict"][data-state="taken"]').waitFor();
    await page.mouse.up();
    await page.getByRole('alertdialog').locator('.mh-offers button').first().waitFor();
    const said = await page.getByRole('alertdialog').innerText();
    expect(/min/.test(said), said);
    return `${await page.getByRole('alertdialog').locator('.mh-offers button').count()} offers`;
  });
  await look(page, '72-conflit');
  await check('an offered place is taken by one press', async () => {
    await page.getByRole('alertdialog').locator('.mh-offers button').first().click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await card(page, second.waiting).waitFor({ state: 'detached' });
  });
  await look(page, '73-cas-programme');
}

async function byKeyboard(page, { site, placed: [first, , third] }) {
  const { waiting, offer } = third;
  let keys = 0;
  const press = async (key) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  await boardAt(page, site, first.offer.start);
  await check('a case is placed by the keyboard alone', async () => {
    await card(page, waiting).getByRole('button').focus();
    await press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await dialog.getByLabel('Salle').selectOption(offer.room);
    await dialog.getByLabel('Jour').fill(clinicDay(offer.start));
    await dialog.getByLabel('Heure').fill(clinicTime(offer.start));
    const free = dialog.locator('[data-testid="move-said"][data-state="free"]');
    const taken = dialog.locator('.mh-offers button').first();
    await free.or(taken).first().waitFor();
    // Between the reading and the writing another case took the place: one of those that are offered is as good.
    if (await taken.isVisible()) {
      await taken.click();
      await free.waitFor();
    }
    await picture(page, '74-programmer');
    await dialog.getByLabel('Heure').focus();
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await card(page, waiting).waitFor({ state: 'detached' });
    return `${keys} keys beside the fields`;
  });
  await check('Ctrl+Z takes it back', async () => {
    await page.locator('h1').click();
    await page.getByRole('button', { name: 'Annuler', exact: true, disabled: false }).waitFor();
    await page.keyboard.press('Control+z');
    await card(page, waiting).waitFor();
  });
  await check('M moves the case that has the focus', async () => {
    await page.locator('.mh-bar[data-lock="draft"]').first().focus();
    await page.keyboard.press('m');
    await page.getByRole('dialog').getByLabel('Heure').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
}

async function views(page, { site, placed: [first] }) {
  await boardAt(page, site, first.offer.start, 'week');
  await look(page, '75-semaine');
  await boardAt(page, site, first.offer.start, 'month');
  await look(page, '76-mois');
  await page.goto('/theatre/blocks');
  await page.locator('.mh-blocks td').first().waitFor();
  await look(page, '77-vacations');
  await page.goto('/agenda');
  await page.locator('.mh-agenda-grid section').first().waitFor();
  await look(page, '78-agenda');
}

async function optimise(page, { site, placed: [first] }) {
  await boardAt(page, site, first.offer.start);
  await check('the optimiser proposes, and nothing changes before it is applied', async () => {
    await page.getByRole('button', { name: 'Optimiser', exact: true }).click();
    await page.getByLabel('Temps de calcul').selectOption('5');
    await page.getByRole('button', { name: 'Lancer' }).click();
    await page.getByText(/Calcul (terminé|arrêté)/).waitFor({ timeout: 60_000 });
    return (await page.locator('.mh-fall figcaption').innerText()).trim();
  });
  await look(page, '79-optimiseur');
  await check('what it found is applied at once', async () => {
    const apply = page.getByRole('button', { name: /^Appliquer/ });
    if (await apply.isDisabled()) return 'nothing better was found';
    await apply.click();
    await page.getByText(/Planning changé/).waitFor();
    return page.getByText(/Planning changé/).innerText();
  });
}

async function paper(page, { site, placed: [first] }) {
  await boardAt(page, site, first.offer.start);
  for (const [sort, name] of [['salle', '80-programme-par-salle'], ['chirurgien', '81-programme-par-chirurgien']]) {
    await page.getByRole('button', { name: 'Imprimer' }).click();
    await page.getByRole('menuitem', { name: `Programme par ${sort}` }).click();
    const sheet = page.getByTestId('programme');
    await sheet.locator('tbody tr').first().waitFor();
    await check(`the programme by ${sort} says who, when, what and on which side`, async () => {
      await page.emulateMedia({ media: 'print' });
      const text = await sheet.innerText();
      expect(text.includes(first.waiting.patient.name) && /né\(e\) le/.test(text), 'no name or birth date');
      expect((await sheet.locator('thead').count()) === (await sheet.locator('table').count()), 'a sheet has no head');
      await page.emulateMedia({ media: 'screen' });
    });
    await look(page, name);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  }
}

/** The first day with a free stretch that somebody of those who wait fits into. */
async function openFill(page, site) {
  for (let ahead = 1; ahead <= 14; ahead += 1) {
    await boardAt(page, site, Date.now() + ahead * 86_400_000);
    await page.getByRole('button', { name: 'Remplir…' }).click();
    const dialog = page.getByRole('dialog');
    const where = dialog.getByLabel('Temps libre');
    await where.or(dialog.locator('.mh-empty')).first().waitFor();
    const gaps = (await where.count()) ? await where.locator('option').count() : 0;
    for (let gap = 0; gap < gaps; gap += 1) {
      await where.selectOption(String(gap));
      await settled(page);
      await dialog.locator('.mh-fill li, .mh-empty').first().waitFor();
      if (await dialog.locator('.mh-fill li').count()) return dialog;
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  throw new Error('nobody fits anywhere');
}

async function fillAndSwap(page, { site }) {
  await check('a vacation is filled from the waiting list, and who is left out waits on', async () => {
    const dialog = await openFill(page, site);
    await look(page, '112-remplir');
    const rows = dialog.locator('.mh-fill li');
    const offered = await rows.count();
    for (let at = 1; at < offered; at += 1) await rows.nth(at).getByRole('checkbox').uncheck();
    const booked = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/theatre/bookings'));
    await dialog.getByRole('button', { name: 'Programmer 1 cas' }).click();
    expect((await booked).status() === 201, String((await booked).status()));
    await dialog.waitFor({ state: 'detached' });
    return `${offered} proposed`;
  });
  await check('two cases change places, or one is told why not', async () => {
    await bars(page).and(page.locator('[data-lock="draft"]')).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Échanger…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Avec').selectOption({ index: 1 });
    await look(page, '113-echanger');
    const answer = page.waitForResponse((response) => response.url().endsWith('/theatre/swap'));
    await dialog.getByRole('button', { name: 'Échanger', exact: true }).click();
    const status = (await answer).status();
    if (status === 409) {
      await dialog.locator('.mh-clashes li').first().waitFor();
      await page.keyboard.press('Escape');
    } else expect(status === 200, String(status));
    await dialog.waitFor({ state: 'detached' });
    return String(status);
  });
}

/** Rooms close again and again: every other Tuesday at noon. */
async function closures(page, { site }) {
  await page.goto(`/theatre/blocks?site=${encodeURIComponent(site ?? '')}`);
  await page.getByRole('button', { name: 'Nouvelle fermeture ou absence' }).click();
  const dialog = page.getByRole('dialog');
  await check('a room closes every other Tuesday from twelve to two', async () => {
    await dialog.getByLabel('Se répète chaque semaine').check();
    await dialog.getByLabel('Jour', { exact: true }).selectOption('2');
    await dialog.getByLabel('Semaines', { exact: true }).selectOption('even');
    const until = await dialog.getByLabel('Au', { exact: true }).inputValue();
    const later = new Date(Date.parse(`${until}:00Z`) + 60 * 86_400_000).toISOString().slice(0, 16);
    await dialog.getByLabel('Au', { exact: true }).fill(later);
    await dialog.getByLabel('Motif', { exact: true }).fill('Réunion de bloc');
    await look(page, '115-fermeture-reguliere');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    const row = page.locator('.mh-closures tr', { hasText: 'Réunion de bloc' });
    await row.getByText('mar., semaines paires, 12:00 – 14:00').waitFor();
  });
  await look(page, '116-fermetures');
  await check('and opens again when that is ended', async () => {
    await page.locator('.mh-closures tr', { hasText: 'Réunion de bloc' }).getByRole('button').click();
    await page.getByRole('dialog').getByRole('button').last().click();
    await page.locator('.mh-closures tr', { hasText: 'Réunion de bloc' }).waitFor({ state: 'detached' });
  });
}

async function corridor(browser, user) {
  const { page, context } = await station(browser, { viewport: { width: 1920, height: 1080 } });
  await enter(page, user);
  const day = clinicDay(Date.now());
  const { bookings } = await ask(page, `theatre/board?from=${day}&to=${day}`);
  await page.goto('/wall');
  await page.locator('.mh-wall-room').first().waitFor();
  await check('the corridor sees initials and numbers, never a name or an act', async () => {
    const text = await page.getByTestId('wall').innerText();
    for (const { patient, actCode } of bookings) expect(!(patient && text.includes(patient.name.split(' ')[0])) && !(actCode && text.includes(actCode)), `${patient?.id} is told`);
    expect(/données à/.test(text), 'no hour of the data');
    expect((await page.locator('.mh-wall-room').count()) <= 8, 'more than eight rooms');
  });
  await check('it can be read from five metres', async () => {
    const size = await page.locator('.mh-wall-name').first().evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(size >= 50, `${size} px`);
    return `${size} px`;
  });
  await look(page, '82-ecran-du-couloir');
  await check('it says that it is old when the server is gone, and comes back by itself', async () => {
    await context.setOffline(true);
    await page.locator('.mh-wall-data[data-stale]').waitFor({ timeout: 90_000 });
    await context.setOffline(false);
    await page.locator('.mh-wall-data:not([data-stale])').waitFor({ timeout: 90_000 });
  });
  await context.close();
}

/** A screen on the wall: an address of its own, no account, and nothing but initials is sent to it. */
async function screenOnTheWall(browser) {
  const admin = await station(browser);
  await enter(admin.page, 'admin');
  await admin.page.goto('/theatre/walls');
  let address = '';
  await check('the administration makes a screen for a corridor', async () => {
    await admin.page.getByLabel('Nom de l’écran').fill('Couloir du bloc');
    await admin.page.getByRole('button', { name: 'Créer l’adresse' }).click();
    address = await admin.page.getByLabel('Adresse de l’écran', { exact: true }).inputValue();
  });
  await look(admin.page, '113-ecrans-de-couloir');
  await admin.page.getByRole('button', { name: 'C’est fait' }).click();
  const wall = await station(browser, { viewport: { width: 1920, height: 1080 } });
  const answers = [];
  wall.page.on('response', (response) => response.url().includes('/theatre/wall') && answers.push(response));
  await check('it opens without anybody signed in, and its token leaves the address', async () => {
    await wall.page.goto(address);
    await wall.page.locator('.mh-wall-room').first().waitFor();
    expect(!wall.page.url().includes('#'), wall.page.url());
  });
  await check('what is sent to it holds no name, act or patient', async () => {
    const told = await answers[0].text();
    const { patients } = await admin.page.evaluate(async () => ({ patients: (await (await fetch('/t/demo/fhir/Patient?_count=50', { headers: { Accept: 'application/json' } })).json()).entry.map(({ resource }) => resource.id) }));
    expect(!/Patient\/|birthDate|"name":"[A-ZÉ]{2,} |NEKA|act|side/.test(told.replaceAll('"name":"Salle', '')), told.slice(0, 300));
    expect(patients.every((id) => !told.includes(id)), 'an id of a patient');
  });
  await look(wall.page, '114-ecran-sans-compte');
  await check('a screen that is taken back shows nothing any more', async () => {
    await admin.page.getByRole('button', { name: 'Retirer Couloir du bloc' }).click();
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click();
    await admin.page.getByText('Aucun écran.').waitFor();
    // It asks every fifteen seconds.
    await wall.page.getByText('Cet écran a été retiré').waitFor({ timeout: 40_000 });
    expect((await wall.page.locator('.mh-wall-room').count()) === 0, 'rooms are shown');
  });
  await wall.context.close();
  await admin.page.goto('/administration/checklists');
  await check('the administration chooses the check-list of new cases, and takes it back', async () => {
    const radios = admin.page.getByRole('radio');
    await radios.nth(1).waitFor();
    for (const at of [1, 0]) {
      await radios.nth(at).click();
      const saved = admin.page.waitForResponse((response) => response.url().endsWith('/checklists/settings'));
      await admin.page.getByRole('button', { name: 'Enregistrer la version par défaut' }).click();
      expect((await saved).status() === 200, String((await saved).status()));
      await admin.page.waitForFunction((index) => document.querySelectorAll('input[type="radio"]')[index]?.checked, at);
      await settled(admin.page);
    }
  });
  await look(admin.page, '117-check-lists');
  await admin.context.close();
}

async function tablet(browser, user, { site, placed: [first] }) {
  const { page, context } = await station(browser, { viewport: { width: 820, height: 1180 }, hasTouch: true });
  await enter(page, user);
  await boardAt(page, site, first.offer.start);
  await look(page, '83-planning-tablette');
  await context.close();
}

export async function theatreStory(browser) {
  const user = await planner();
  const first = await station(browser);
  const { context, page, faults } = first;
  await enter(page, user);
  const stage = await scene(page);
  const other = await context.newPage();
  await byHand(page, other, stage);
  await other.close();
  await byKeyboard(page, stage);
  await views(page, stage);
  await paper(page, stage);
  await fillAndSwap(page, stage);
  await optimise(page, stage);
  await closures(page, stage);
  await corridor(browser, user);
  await screenOnTheWall(browser);
  await tablet(browser, user, stage);
  await check('the browser had nothing to complain about (theatre)', async () => expect(faults.filter((fault) => !/409|403/.test(fault)).length === 0, faults.join(' || ')));
  await context.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await theatreStory(browser);
  } catch (error) {
    await check('the story of the theatre ran to its end', () => Promise.reject(error));
  } finally {
    await browser.close();
    finish();
  }
}
