// The record of the theatre on a running server with the sample clinic: counts, specimens, the anaesthesia record, the
// consultation before it, implants by scan, recovery, the operative report, and the search for who carries a lot.
// Clicks and keys are counted. Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/perioperative.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { BASE, check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';

const SURGICAL = '387713003';
const field = (page, name) => page.getByLabel(name, { exact: true });
const panel = (page, name) => page.getByRole('region', { name });
const ask = (page, path) => page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).json(), path);
/** An answer that is waited for; when the step before fails, nobody waits for it any more, and that is no fault of its own. */
function answerOf(page, part, wanted) {
  const answer = page.waitForResponse((response) => response.url().includes(part) && response.request().method() !== 'GET' && wanted(response));
  answer.catch(() => undefined);
  return answer;
}
const stored = (page, part) => answerOf(page, part, (response) => response.ok());
const refused = (page, part) => answerOf(page, part, (response) => response.status() >= 400);
const pick = (form, name) => form.getByRole('radio', { name, exact: true }).check();

/** One of them less than there was. */
async function oneLess(found, before) {
  for (let turn = 0; turn < 100 && (await found.count()) >= before; turn += 1) await found.page().waitForTimeout(100);
  expect((await found.count()) < before, 'it still stands');
}

/** Counts what a hand does beside the text itself. */
function counter(page) {
  const done = { clicks: 0, keys: 0, scans: 0 };
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
    /** A reader types the code and ends it with Enter by itself. */
    scan: async (code) => {
      done.scans += 1;
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
    },
    told: () => `${done.scans} scan(s), ${done.clicks} click(s), ${done.keys} key(s)`,
  };
}

async function user(role) {
  const answer = await (await fetch(`${BASE}/api/v1/demo/accounts`)).json();
  const rows = Array.isArray(answer) ? answer : answer.accounts;
  return rows.find((row) => row.roles.join() === role).user;
}

async function enter(browser, role, options) {
  const opened = await station(browser, options);
  await opened.page.goto('/');
  await opened.page.locator(`button[data-user="${await user(role)}"]`).click();
  await opened.page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  return opened;
}

/** Cases that this person may read, those with a side first. */
async function casesOf(page) {
  const { tenant } = await ask(page, '/api/v1/me');
  const { entry = [] } = await ask(page, `/t/${tenant}/fhir/ServiceRequest?category=${SURGICAL}&status=active&_count=100`);
  return entry.map(({ resource }) => resource).sort((a, b) => Number(Boolean(b.bodySite)) - Number(Boolean(a.bodySite)));
}

/** A case that all three may write into. */
async function chooseCase(pages) {
  const [first, ...others] = await Promise.all(pages.map(casesOf));
  const known = others.map((rows) => new Set(rows.map(({ id }) => id)));
  for (const { id } of first.filter((one) => known.every((ids) => ids.has(one.id)))) {
    const open = await Promise.all(pages.map((page) => page.evaluate(async (url) => (await fetch(url)).status, `/api/v1/surgeries/${id}/perioperative`)));
    if (open.every((status) => status === 200)) return id;
  }
  throw new Error('no case that nurse, anaesthetist and surgeon share');
}

const LOT = `E2E${Date.now() % 1_000_000}`;

async function fillCount(page, phase, [swabs, needles, instruments]) {
  await page.keyboard.press('1');
  const form = page.getByRole('form', { name: 'Comptes' });
  await pick(form, phase);
  for (const [name, value] of [['Compresses', swabs], ['Aiguilles', needles], ['Instruments', instruments]]) await form.getByLabel(new RegExp(`^${name}(?! :)`)).fill(String(value));
  return form;
}

async function counts(page, id) {
  await page.goto(`/surgeries/${id}/nursing`);
  await page.getByRole('button', { name: /Comptes/ }).waitFor();
  await look(page, '98-soins-au-bloc');
  await check('a count before the incision', async () => {
    const form = await fillCount(page, 'Avant l’incision', [20, 4, 32]);
    const answered = stored(page, '/perioperative');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await answered;
    await panel(page, 'Comptes').getByText('En cours').waitFor();
  });
  await check('a final count that differs stands out, and wants a decision', async () => {
    const form = await fillCount(page, 'Compte final', [19, 4, 32]);
    await form.getByText('Compresses : il en manque 1 (attendu 20, compté 19)').waitFor();
    await look(page, '99-compte-faux');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await form.getByText('À renseigner').first().waitFor();
    await pick(form, 'Radiographie faite');
    await form.getByLabel(/Décidé par qui/).fill('Opérateur : radiographie sans corps étranger');
    const answered = stored(page, '/perioperative');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await answered;
    await panel(page, 'Comptes').getByText('Écart, décision prise').waitFor();
  });
}

async function nursing(page) {
  await check('a tourniquet runs, and one tap lets it down', async () => {
    await page.keyboard.press('3');
    const form = page.getByRole('form', { name: 'Garrot' });
    await pick(form, 'Mise en place');
    await pick(form, 'Cuisse DROITE');
    await form.getByLabel(/^Pression/).fill('300');
    let answered = stored(page, '/perioperative');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await answered;
    await panel(page, 'Garrots').getByText(/min$/).first().waitFor();
    answered = stored(page, '/perioperative');
    const release = panel(page, 'Garrots').getByRole('button', { name: 'Dégonfler' });
    const before = await release.count();
    await release.last().click();
    await answered;
    await oneLess(release, before);
  });
  await check('a specimen gets a number and a label', async () => {
    await page.keyboard.press('5');
    const form = page.getByRole('form', { name: 'Prélèvement' });
    await form.getByLabel(/^Nature/).fill('Liquide articulaire');
    await page.getByRole('button', { name: 'Genou droit' }).click();
    await pick(form, 'Milieu de culture');
    await pick(form, 'Bactériologie');
    const answered = stored(page, '/perioperative');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await answered;
    await panel(page, /Prélèvements/).getByRole('button', { name: /^Étiquette/ }).first().click();
    await page.getByRole('dialog').getByText('Liquide articulaire').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
  await check('a correction wants its reason, and keeps the first entry', async () => {
    await page.getByRole('button', { name: /^Corriger Garrot/ }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Pression/).fill('280');
    expect(await dialog.getByRole('button', { name: 'Corriger', exact: true }).isDisabled(), 'no reason was asked');
    await dialog.getByLabel('Motif').fill('Pression mal lue');
    const answered = stored(page, '/correct');
    await dialog.getByRole('button', { name: 'Corriger', exact: true }).click();
    await answered;
    await page.getByText(/Corrigé à .* Pression mal lue/).waitFor();
  });
  // The page scrolls in its own box; half under the bar of the patient the parts of the record would be too small to press.
  await page.locator('.mh-peri-tabs').evaluate((tabs) => {
    for (let box = tabs; box; box = box.parentElement) box.scrollTop = 0;
  });
  await look(page, '100-soins-remplis');
}

async function anaesthesia(page, id) {
  await page.goto(`/surgeries/${id}/anaesthesia`);
  const line = field(page, 'Médicament ou constantes');
  await line.waitFor();
  const hand = counter(page);
  await check('a drug is one line: a key, the words, Enter', async () => {
    await hand.press('q');
    await page.keyboard.type('propofol 150');
    await page.locator('.mh-peri-preview').getByText('Inducteurs').waitFor();
    const answered = stored(page, '/anaesthesia');
    await hand.press('Enter');
    await answered;
    await page.getByText('Enregistré : propofol 150').waitFor();
    return hand.told();
  });
  await check('vital signs in the same line', async () => {
    for (const typed of ['ta 128/74 fc 72 sat 98', 'ta 112/64 fc 64 sat 99']) {
      const answered = stored(page, '/anaesthesia');
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await answered;
      await page.getByText(`Enregistré : ${typed}`).waitFor();
    }
    await panel(page, /Constantes/).getByText('112/64').waitFor();
  });
  await check('a line that is not understood is not sent', async () => {
    await page.keyboard.type('propofol beaucoup');
    await page.locator('.mh-peri-preview .mh-warn').waitFor();
    expect(await page.getByRole('form', { name: 'Saisie rapide' }).getByRole('button', { name: 'Enregistrer' }).isDisabled(), 'it could be sent');
    await line.fill('');
  });
  await check('an infusion begins with a line and ends with a tap', async () => {
    const stop = page.getByRole('button', { name: /^Arrêter/ });
    const before = await stop.count();
    let answered = stored(page, '/anaesthesia');
    await line.fill('remifentanil 0,1 µg/kg/min');
    await page.keyboard.press('Enter');
    await answered;
    await stop.nth(before).waitFor();
    answered = stored(page, '/correct');
    await stop.first().click();
    await answered;
    await oneLess(stop, before + 1);
  });
  await check('an event is one tap', async () => {
    const answered = stored(page, '/anaesthesia');
    await panel(page, 'Événements').getByRole('button', { name: 'Intubation', exact: true }).click();
    await answered;
    await panel(page, 'Événements').locator('ol').getByText('Intubation').first().waitFor();
  });
  await look(page, '101-feuille-anesthesie');
  await check('on paper the identity stands above the chart', async () => {
    await page.emulateMedia({ media: 'print' });
    const paper = page.locator('.mh-paper');
    expect(/IPP/.test(await paper.locator('thead').first().innerText()) && /propofol/.test(await paper.innerText()), 'identity or drug is missing');
    await page.emulateMedia({ media: 'screen' });
  });
}

async function visit(page, id) {
  await page.goto(`/surgeries/${id}/preanaesthesia`);
  await page.getByText(/48 heures/).first().waitFor();
  await check('the consultation keeps its draft, and says what is missing', async () => {
    const answered = stored(page, '/preanaesthesia');
    await pick(page.getByRole('group', { name: /Classe ASA/ }), '2');
    await page.getByRole('radio', { name: /^Classe II / }).check();
    await answered;
    await page.getByText(/Brouillon enregistré/).waitFor();
    await page.getByRole('button', { name: 'Terminer la consultation' }).click();
    await page.getByText(/Pour terminer, renseigner/).waitFor();
  });
  await look(page, '102-consultation-anesthesie');
}

async function implants(page, id) {
  await page.goto(`/surgeries/${id}/implants`);
  await field(page, 'Code de l’étiquette').waitFor();
  await settled(page);
  // A product of the clinic's own shelf, in a lot of its own.
  const { products } = await ask(page, '/api/v1/stock');
  const code = (expiry, lot) => `(01)${products[0].gtin}(17)${expiry}(10)${lot}`;
  const hand = counter(page);
  await check('an implant: one scan and one confirmation', async () => {
    await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
    await hand.scan(code('491130', LOT));
    const found = page.getByRole('region', { name: 'Dispositif lu' });
    await found.getByText(LOT).waitFor();
    const answered = stored(page, '/implants');
    await hand.click(found.getByRole('button', { name: 'Enregistrer l’implant' }));
    await answered;
    await panel(page, /Implants posés/).getByText(LOT).waitFor();
    expect(hand.done.scans === 1 && hand.done.clicks + hand.done.keys === 1, hand.told());
    return hand.told();
  });
  await check('a label that is read while another waits replaces it, and confirms nothing', async () => {
    const rows = panel(page, /Implants posés/).getByRole('listitem');
    const before = await rows.count();
    const found = page.getByRole('region', { name: 'Dispositif lu' });
    await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
    await hand.scan(code('491130', `A${LOT}`));
    await found.getByText(`A${LOT}`, { exact: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'BUTTON');
    await hand.scan(code('491130', `B${LOT}`));
    await found.getByText(`B${LOT}`, { exact: true }).waitFor();
    expect((await rows.count()) === before, 'something was recorded');
    await found.getByRole('button', { name: 'Ne pas enregistrer' }).click();
  });
  await check('an expired implant is refused, and recorded only with a reason', async () => {
    await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
    await hand.scan(code('200131', `OLD${LOT}`));
    const found = page.getByRole('region', { name: 'Dispositif lu' });
    await found.getByText('PÉRIMÉ', { exact: true }).waitFor();
    await look(page, '103-implant-perime');
    const anyway = found.getByRole('button', { name: 'Enregistrer malgré tout' });
    expect(await anyway.isDisabled(), 'it could be recorded without a reason');
    await found.getByLabel('Motif pour poser ce dispositif malgré tout').fill('Seule taille disponible, décision du chirurgien');
    const answered = stored(page, '/implants');
    await anyway.click();
    await answered;
    await panel(page, /Implants posés/).getByText(/Passé outre/).first().waitFor();
  });
  await check('a code that is not GS1 is refused with a sentence', async () => {
    await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
    const answered = refused(page, '/implants/scan');
    await hand.scan('BONJOUR');
    await answered;
    await page.getByRole('alert').filter({ hasText: 'GS1' }).waitFor();
  });
  await look(page, '104-implants');
}

async function recovery(page, id) {
  await page.goto(`/surgeries/${id}/recovery`);
  const form = page.getByRole('form', { name: 'Aldrete' });
  await form.waitFor();
  await check('an Aldrete score is one tap an item', async () => {
    const items = form.getByRole('group');
    const number = await items.count();
    for (let index = 0; index < number; index += 1) await items.nth(index).getByRole('radio').first().check();
    const answered = stored(page, '/recovery/scores');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await answered;
    await panel(page, /Évolution/).getByText('seuil atteint').first().waitFor();
    return `${number + 1} taps`;
  });
  await look(page, '105-reveil');
}

async function report(page, id) {
  await page.goto(`/surgeries/${id}/report`);
  await check('the operative report is drafted from the record, and says what is missing', async () => {
    const begin = page.getByRole('button', { name: 'Préparer le compte rendu' });
    const answered = stored(page, '/report');
    await begin.click();
    await answered;
    await page.getByRole('button', { name: 'Ouvrir et compléter' }).waitFor();
    await panel(page, /Obligatoire et manquant/).getByRole('listitem').first().waitFor();
  });
  await look(page, '106-compte-rendu');
  await check('it opens in the editor of notes, with the implant in it', async () => {
    await page.getByRole('button', { name: 'Ouvrir et compléter' }).click();
    await page.waitForURL(/\/notes\?note=/);
    await page.locator('.mh-note-section').first().waitFor();
    const texts = await page.locator('.mh-note-section textarea').evaluateAll((boxes) => boxes.map((box) => box.value).join('\n'));
    expect(texts.includes(LOT), 'the lot is not in the draft');
  });
}

async function recall(page) {
  await page.goto('/implants');
  await field(page, 'Lot, GTIN ou code scanné').fill(LOT);
  await check('who carries a lot is found by its number', async () => {
    await page.keyboard.press('Enter');
    await panel(page, new RegExp(`Porteurs de ${LOT}`)).getByRole('link').first().waitFor();
  });
  await look(page, '107-qui-porte-le-lot');
  await page.goto('/stock');
  await panel(page, /Lots/).waitFor();
  await look(page, '108-stock');
}

export async function perioperativeStory(browser) {
  const nurse = await enter(browser, 'nurse', { viewport: { width: 820, height: 1180 }, hasTouch: true });
  const anaesthetist = await enter(browser, 'anaesthetist');
  const surgeon = await enter(browser, 'surgeon');
  const all = [nurse, anaesthetist, surgeon];
  const id = await chooseCase(all.map(({ page }) => page));
  await counts(nurse.page, id);
  await nursing(nurse.page);
  await implants(nurse.page, id);
  await visit(anaesthetist.page, id);
  await anaesthesia(anaesthetist.page, id);
  await recovery(anaesthetist.page, id);
  await report(surgeon.page, id);
  await recall(surgeon.page);
  await picture(surgeon.page, '109-stock-fin');
  await check('the browser had nothing to complain about (record of the theatre)', async () => {
    const faults = all.flatMap((one) => one.faults).filter((fault) => !/40[39]|412|422/.test(fault));
    expect(faults.length === 0, faults.join(' || '));
  });
  for (const { context } of all) await context.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await perioperativeStory(browser);
  } catch (error) {
    await check('the story of the theatre’s record ran to its end', () => Promise.reject(error));
  } finally {
    await browser.close();
    finish();
  }
}
