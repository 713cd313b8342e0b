// An operation from its request to the last milestone, on a running server with the sample clinic: clicks and taps counted,
// the network cut in the middle of the checklist, a NO GO, the wrong side, an emergency, the figures.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/surgery.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';

const SURGEON = 'benoit.ferrand';
const home = (page) => page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
const ask = (page, path) => page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).json(), path);

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await home(page);
}

/** Counts what a hand does: clicks, and keys that are not the text itself. */
function counter(page) {
  const done = { clicks: 0, keys: 0 };
  return {
    done,
    click: async (locator) => {
      done.clicks += 1;
      await locator.click();
    },
    press: async (key) => {
      done.keys += 1;
      await page.keyboard.press(key);
    },
    told: () => `${done.clicks} click(s), ${done.keys} key(s) beside the text`,
  };
}

/** Patients of the sample clinic that the surgeon looks after, those with a date of theirs first. */
async function patients(page) {
  const ids = new Set();
  const { tenant, practitioner } = await ask(page, '/api/v1/me');
  const own = practitioner ? `&practitioner=${practitioner.split('/').pop()}` : '';
  for (const query of [`status=booked${own}&_count=30`, '_count=30']) {
    const found = await ask(page, `/t/${tenant}/fhir/Appointment?${query}`);
    const some = (found.entry ?? []).flatMap(({ resource }) => (resource.participant ?? []).map((part) => /Patient\/([^/]+)$/.exec(part.actor?.reference ?? '')?.[1])).filter(Boolean);
    some.forEach((id) => ids.add(id));
  }
  expect(ids.size > 2, 'too few patients with an appointment');
  return [...ids];
}

/** Opens the section that does not fit on the line from the menu at its end. */
async function openSection(page, hand) {
  const link = page.getByRole('navigation', { name: 'Sections du dossier' }).getByRole('link', { name: 'Chirurgie' });
  await page.locator('.mh-chart-tabs nav a').first().waitFor();
  await settled(page);
  if (await link.isVisible()) return hand.click(link);
  await hand.click(page.locator('.mh-chart-more'));
  return hand.click(page.getByRole('menuitem', { name: 'Chirurgie' }));
}

async function chooseAct(page, words, scope = page) {
  await scope.getByRole('combobox', { name: 'Intervention' }).fill(words);
  await page.getByRole('option').first().waitFor();
  // The list is of what was typed last.
  await settled(page);
  await page.keyboard.press('Enter');
}

async function request(page, patient) {
  const hand = counter(page);
  let surgery = '';
  await page.goto(`/patients/${patient}`);
  await openSection(page, hand);
  await page.getByRole('heading', { name: 'Chirurgie' }).first().waitFor();
  await look(page, '84-chirurgie');
  await check('a surgery is asked for from the chart and booked in 8 clicks at most', async () => {
    await hand.click(page.getByRole('button', { name: 'Demander une intervention' }));
    await chooseAct(page, 'hanche');
    hand.done.keys += 1;
    await page.getByRole('button', { name: 'DROIT' }).waitFor();
    await picture(page, '85-demande-cote');
    await hand.click(page.getByRole('button', { name: 'Demander et chercher une place' }));
    await page.getByText('Choisissez le côté').first().waitFor();
    await hand.click(page.getByRole('button', { name: 'DROIT' }));
    const told = page.waitForResponse((response) => response.request().method() === 'POST' && new URL(response.url()).pathname.endsWith('/surgeries') && response.ok());
    await hand.click(page.getByRole('button', { name: 'Demander et chercher une place' }));
    surgery = (await (await told).json()).id;
    await page.locator('.mh-op-offers button').first().waitFor();
    await picture(page, '86-places');
    await hand.click(page.locator('.mh-op-offers button').first());
    await page.locator('.mh-booked').waitFor();
    expect(hand.done.clicks <= 8, hand.told());
    return hand.told();
  });
  await look(page, '87-placee');
  return surgery;
}

/** Two people look at the same free places, and both take the first. */
async function conflict(context, page, others) {
  const second = await context.newPage();
  const pages = [page, second];
  await check('a place that somebody else took says why, and which are free', async () => {
    for (const [at, one] of pages.entries()) {
      await one.goto(`/patients/${others[at]}/chirurgie?demande=1`);
      await chooseAct(one, 'hanche');
      await one.getByRole('button', { name: 'GAUCHE' }).click();
      await one.getByRole('button', { name: 'Demander et chercher une place' }).click();
      await one.locator('.mh-op-offers button').first().waitFor();
    }
    const place = (one) => one.locator('.mh-op-offers button').first();
    expect((await place(page).innerText()) === (await place(second).innerText()), 'not the same first place');
    await place(page).click();
    await page.locator('.mh-booked').waitFor();
    await place(second).click();
    await second.locator('.mh-op-conflict li').first().waitFor();
    await settled(second);
    await picture(second, '87-conflit');
    await second.locator('.mh-op-conflict .mh-op-offers button').first().click();
    await second.locator('.mh-booked').waitFor();
    return (await second.locator('.mh-booked strong').innerText()).trim();
  });
  await second.close();
}

async function casePage(page, surgery) {
  await page.goto(`/surgeries/${surgery}`);
  await page.locator('.mh-op-steps').waitFor();
  await check('the case says whose it is, the side, and where it stands', async () => {
    await page.locator('.mh-banner').waitFor();
    expect(/DROIT/.test(await page.locator('.mh-frame-bar').innerText()), 'no side beside the allergies');
    expect(/Placée/.test(await page.locator('.mh-op-steps [aria-current]').innerText()), 'not planned');
  });
  await look(page, '88-intervention');
  await check('another side than the booked one is refused with a sentence', async () => {
    await page.getByRole('button', { name: 'Modifier' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'GAUCHE' }).click();
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.getByRole('alert').first().waitFor();
    const said = await dialog.getByRole('alert').first().innerText();
    expect(/côté/i.test(said), said);
    await settled(page);
    await picture(page, '89-cote-refuse');
    await dialog.getByRole('button', { name: 'Annuler' }).click();
    expect(/DROIT/.test(await page.locator('.mh-frame-bar').innerText()), 'the side changed');
  });
}

/** Every item of the phase by one tap; `cut` runs before the third. */
async function answerAll(page, cut) {
  const rows = page.locator('.mh-check');
  const count = await rows.count();
  let taps = 0;
  for (let at = 0; at < count; at += 1) {
    if (cut && at === 2) await cut();
    const buttons = rows.nth(at).locator('.mh-check-answers button');
    // The reassuring answer is the one without a star.
    const calm = buttons.filter({ hasNotText: '*' }).first();
    await calm.click();
    taps += 1;
  }
  return { taps, count };
}

/** Every role that may be attested from here; one that was is not asked again. */
async function attest(page) {
  const open = page.locator('.mh-attest button:enabled');
  await open.first().waitFor();
  for (let left = await open.count(); left > 0; left = await open.count()) {
    await open.first().click();
    await page.waitForFunction((before) => document.querySelectorAll('.mh-attest button:enabled').length < before, left);
  }
}

async function goOn(page) {
  await attest(page);
  await page.getByRole('button', { name: 'GO', exact: true }).click();
  await page.locator('.mh-op-verdict[data-go="go"]').waitFor();
}

const sent = (page) => page.locator('.mh-taps[data-state="sent"]').first().waitFor();
const tell = async (page, surgery, name) => {
  await page.locator(`.mh-day-case[data-case="${surgery}"] .mh-day-next`, { hasText: name }).click();
  await sent(page);
};

async function signIn(context, page, surgery) {
  await page.goto(`/surgeries/${surgery}/checklist`);
  await page.locator('.mh-check').first().waitFor();
  await look(page, '90-check-list');
  await check('a phase takes one tap an item, two of them without a network', async () => {
    await context.setOffline(true);
    const { taps, count } = await answerAll(page, async () => {
      await page.locator('.mh-taps[data-state="away"]').waitFor();
      await settled(page).catch(() => undefined);
      await picture(page, '91-check-list-hors-ligne');
      const kept = await page.evaluate(async () => {
        const names = (await indexedDB.databases()).map(({ name }) => name);
        if (!names.includes('medhub.taps')) return null;
        const db = await new Promise((resolve, reject) => {
          const open = indexedDB.open('medhub.taps');
          open.addEventListener('success', () => resolve(open.result));
          open.addEventListener('error', () => reject(open.error));
        });
        const rows = await new Promise((resolve) => {
          const all = db.transaction('taps').objectStore('taps').getAll();
          all.addEventListener('success', () => resolve(all.result));
        });
        db.close();
        return rows.map((row) => Object.keys(row).sort().join());
      });
      expect(kept?.length === 2 && kept.every((keys) => keys === 'iv,key,order,owner,sealed'), `kept: ${JSON.stringify(kept)}`);
      await context.setOffline(false);
    });
    expect(taps === count, `${taps} taps for ${count} items`);
    await sent(page);
    return `${taps} tap(s) for ${count} item(s)`;
  });
  await check('what was tapped without a network is with the server, once', async () => {
    await page.reload();
    await page.locator('.mh-check').first().waitFor();
    const answered = await page.locator('.mh-check[data-answer]').count();
    expect(answered === (await page.locator('.mh-check').count()), `${answered} answered`);
    expect((await page.getByText('en attente d’envoi').count()) === 0, 'something waits');
  });
  await goOn(page);
  await sent(page);
}

async function noGo(page, surgery, path) {
  await check('a NO GO stops, says why, and no incision follows it', async () => {
    await page.goto(`/surgeries/${surgery}/checklist`);
    await page.locator('.mh-check').first().waitFor();
    await page.getByRole('button', { name: 'NO GO' }).click();
    await page.getByLabel('Pourquoi l’équipe s’arrête').fill('Antibioprophylaxie non faite');
    await page.getByRole('button', { name: 'Confirmer NO GO' }).click();
    await page.locator('.mh-op-verdict[data-go="stop"]').waitFor();
    await sent(page);
    await picture(page, '92-no-go');
    await page.goto(path);
    const card = page.locator(`.mh-day-case[data-case="${surgery}"]`);
    await card.locator('.mh-day-next', { hasText: 'Incision' }).click();
    await page.getByText('Saisie refusée.').waitFor();
    await page.getByRole('button', { name: 'J’ai lu' }).click();
  });
}

const DAYS = 7;
const DAY_MS = 86_400_000;

/** The first day from today with a room where a case waits that nobody received yet: its page, and the case. */
async function nextCase(page) {
  const now = Date.now();
  for (let ahead = 0; ahead < DAYS; ahead += 1) {
    const path = `/day?date=${new Date(now + ahead * DAY_MS).toISOString().slice(0, 10)}`;
    await page.goto(path);
    await page.locator('.mh-day-case, .mh-day-page .mh-empty').first().waitFor();
    const turn = page.locator('.mh-day-case[data-turn][data-state="waiting"]').first();
    if (await turn.count()) return { path, surgery: await turn.getAttribute('data-case') };
  }
  throw new Error('no case waits within a week');
}

async function dayOf(context, page) {
  const { path, surgery } = await nextCase(page);
  await look(page, '93-journee');
  await check('the patient is received, comes in and is put to sleep by one tap each', async () => {
    await tell(page, surgery, 'Patient accueilli');
  });
  await signIn(context, page, surgery);
  await page.goto(path);
  await check('milestones: one tap each, and the last can be taken back', async () => {
    await tell(page, surgery, 'Entrée en salle');
    await tell(page, surgery, 'Induction');
    const card = page.locator(`.mh-day-case[data-case="${surgery}"]`);
    await card.locator('.mh-day-undo').click();
    await sent(page);
    await tell(page, surgery, 'Induction');
  });
  await noGo(page, surgery, path);
  await check('time-out, GO, then incision', async () => {
    await page.goto(`/surgeries/${surgery}/checklist`);
    await page.locator('.mh-check').first().waitFor();
    await page.getByLabel('Décision de l’équipe pour reprendre').fill('Antibiotique injecté, dix minutes attendues');
    await page.getByRole('button', { name: 'Lever le NO GO' }).click();
    await page.getByRole('button', { name: 'NO GO', exact: true }).waitFor();
    await answerAll(page);
    await attest(page);
    await page.getByRole('button', { name: 'GO', exact: true }).click();
    await page.locator('.mh-op-verdict[data-go="go"]').waitFor();
    await sent(page);
    await page.goto(path);
    await tell(page, surgery, 'Incision');
    await tell(page, surgery, 'Fermeture');
  });
  await check('sign-out, then out of the room', async () => {
    await page.goto(`/surgeries/${surgery}/checklist`);
    await page.locator('.mh-check').first().waitFor();
    await answerAll(page);
    await goOn(page);
    await sent(page);
    await page.goto(path);
    await tell(page, surgery, 'Sortie de salle');
    await page.goto(`/surgeries/${surgery}`);
    await page.locator('.mh-op-steps [aria-current]', { hasText: /Sorti|Terminée/ }).waitFor();
  });
  await settled(page);
  await picture(page, '94-intervention-finie');
  return path;
}

/** Whether a day runs late depends on the hour at which the story is told. */
async function proposals(page) {
  await page.goto('/day');
  await page.locator('.mh-day-case').first().waitFor();
  await settled(page);
  await check('what is proposed for a late day is carried out once it is confirmed', async () => {
    const take = page.locator('.mh-day-proposals').getByRole('button', { name: /^Appliquer :/ }).first();
    if (!(await take.count())) return 'nothing is proposed at this hour';
    await take.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Appliquer', exact: true }).click();
    await page.getByText('Fait : le planning est à jour.').waitFor({ state: 'attached' });
    return 'carried out';
  });
}

async function tablet(browser, path) {
  const { context, page } = await station(browser, { viewport: { width: 820, height: 1180 }, hasTouch: true });
  await enter(page, SURGEON);
  await page.goto(path);
  await page.locator('.mh-day-case').first().waitFor();
  await check('on a tablet the milestones are 56 pixels high', async () => {
    const box = await page.locator('.mh-day-next').first().boundingBox();
    expect(box.height >= 56, `${box.height}`);
  });
  await settled(page);
  await picture(page, '95-journee-tablette');
  await context.close();
}

async function emergency(page, patient) {
  await check('an emergency is asked for from anywhere in 5 fields at most', async () => {
    await page.goto('/results');
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.locator('input.mantine-Spotlight-search:focus').waitFor();
    await page.keyboard.type('Urgence au bloc');
    await page.waitForFunction(() => document.querySelector('input.mantine-Spotlight-search')?.value === 'Urgence au bloc');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Urgence au bloc' }).first().waitFor();
    const form = page.locator('.mh-request-column');
    const { tenant } = await ask(page, '/api/v1/me');
    const { identifier } = await ask(page, `/t/${tenant}/fhir/Patient/${patient}`);
    const ipp = identifier.find((one) => one.type?.coding?.some((coding) => coding.code === 'PI'))?.value;
    await form.getByLabel('Patient').fill(ipp);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await chooseAct(page, 'hanche', form);
    await form.getByRole('button', { name: 'GAUCHE' }).click();
    const fields = (await form.locator('input:not([type="radio"])').count()) + (await form.locator('fieldset').count());
    expect(fields <= 5, `${fields} fields`);
    await picture(page, '96-urgence');
    await page.getByRole('button', { name: 'Demander en urgence' }).click();
    await page.getByText('Place qui dérange le moins').waitFor();
    return `${fields} fields`;
  });
  await settled(page);
  await look(page, '97-urgence-place');
}

async function figures(page) {
  await page.goto('/indicators');
  let shown = false;
  await check('the figures of the theatre are told', async () => {
    await page.locator('.mh-tiles button').first().waitFor();
    shown = true;
  });
  if (!shown) return;
  await look(page, '110-indicateurs');
  await check('each figure has its definition one click away, and its cases another', async () => {
    const tile = page.locator('.mh-tiles button').nth(1);
    await tile.click();
    const name = await tile.locator('span').innerText();
    await page.getByRole('heading', { name, exact: true }).waitFor();
    await page.locator('.mh-bars button').first().click();
    await page.locator('.mh-counted tbody tr').first().waitFor();
  });
  await check('the table is downloaded for a spreadsheet', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Télécharger (CSV)' }).click()]);
    expect(/^indicateurs-bloc-.*\.csv$/.test(download.suggestedFilename()), download.suggestedFilename());
  });
  await picture(page, '111-indicateurs-cas');
}

/** From the request to the figures; with a signed-out browser. */
export async function surgeryStory(browser) {
  const { context, page, faults } = await station(browser);
  await enter(page, SURGEON);
  const [patient, ...others] = await patients(page);
  const surgery = await request(page, patient);
  await conflict(context, page, others);
  if (surgery) await casePage(page, surgery);
  const path = await dayOf(context, page);
  await emergency(page, patient);
  await figures(page);
  await proposals(page);
  await tablet(browser, path);
  await check('the browser complains about nothing', () => expect(faults.filter((fault) => !/status of (409|412|422|403)|ERR_/.test(fault)).length === 0, faults.slice(0, 4).join(' | ')));
  await context.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await surgeryStory(browser);
  } finally {
    await browser.close();
    finish();
  }
}
