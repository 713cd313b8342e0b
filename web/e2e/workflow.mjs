// What must be done for an operation, on a running server with the sample clinic: it begins by itself, each role finds
// its step and approves it, the second of two is told, what is signed and booked elsewhere is seen.
// Alone: MEDHUB_URL=http://127.0.0.1:8080 node e2e/workflow.mjs; or a part of the story.
import { fileURLToPath } from 'node:url';
import { proveIfAsked } from './account.mjs';
import { BASE, check, drawn, expect, finish, launch, look, picture, settled, station } from './browser.mjs';

const SURGEON = 'benoit.ferrand';
const SECRETARY = 'celine.mokrani';
const ADMIN = 'admin';
const ask = (page, path) => page.evaluate(async (url) => (await fetch(url, { headers: { Accept: 'application/json' } })).json(), path);
const send = (page, path, body) =>
  page.evaluate(async ([url, sent]) => (await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Medhub': '1' }, body: JSON.stringify(sent) })).status, [path, body]);

async function enter(page, user) {
  await page.goto('/');
  await page.locator(`button[data-user="${user}"]`).click();
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
}

/** Somebody of the sample clinic who has this role. */
async function anyone(role) {
  const answer = await (await fetch(`${BASE}/api/v1/demo/accounts`)).json();
  return (Array.isArray(answer) ? answer : answer.accounts).find(({ roles }) => roles.length === 1 && roles[0] === role)?.user;
}

/** The surgeon's operation with an approval under way, of which the surgeon's own step waits. */
async function begun(browser, page) {
  const { items } = await ask(page, '/api/v1/workflows/tasks?filter=mine');
  const approvals = items.filter((one) => one.template === 'surgery-approval' && one.step === 'medical_clearance');
  // Of patients whom the desk knows: some have asked that it be kept out.
  const { context, page: desk } = await station(browser);
  await enter(desk, SECRETARY);
  const own = [];
  for (const step of approvals) {
    const { workflows = [] } = await ask(desk, `/api/v1/workflows/surgical/${step.case}/status`);
    if (workflows.some(({ steps }) => steps.some((one) => one.step === 'insurance_verification' && one.may.includes('skip')))) own.push(step);
  }
  await context.close();
  expect(own.length > 0, 'no approval waits for the surgeon and the desk');
  // Best the one whose consent was signed before: that step was done by the signature.
  for (const step of own) {
    const { workflows } = await ask(page, `/api/v1/workflows/surgical/${step.case}/status`);
    if (workflows.some(({ steps }) => steps.some((one) => one.step === 'surgical_consent' && one.automatic && one.state === 'done'))) return step;
  }
  return own[0];
}

async function surgeon(browser, page) {
  let step;
  await check('the operations of the clinic have begun their approvals by themselves', async () => {
    step = await begun(browser, page);
  });
  await page.goto('/workflow');
  await page.getByRole('heading', { level: 1, name: 'À faire' }).waitFor();
  await look(page, '160-a-faire', settled);
  await page.goto(`/surgeries/${step.case}/approvals`);
  await page.getByText('Validations avant l’intervention').first().waitFor();
  await look(page, '161-validations', settled);
  await check('the surgeon approves with one click, on the page of the operation', async () => {
    const row = page.locator('.mh-workflow-course > li', { hasText: 'Avis médical favorable' });
    await row.getByRole('button', { name: 'Valider', exact: true }).click();
    await proveIfAsked(page);
    await row.getByText('Fait', { exact: true }).waitFor();
    await row.getByText('Ferrand').waitFor();
  });
  await check('a step of another role shows no button, and its verb refuses', async () => {
    const row = page.locator('.mh-workflow-course > li', { hasText: 'Évaluation par l’anesthésiste' }).or(page.locator('.mh-workflow-course > li', { hasText: "Évaluation par l'anesthésiste" }));
    expect((await row.getByRole('button', { name: 'Valider', exact: true }).count()) === 0, 'a surgeon may approve for the anaesthetist');
    const { workflows } = await ask(page, `/api/v1/workflows/surgical/${step.case}/status`);
    const other = workflows.flatMap(({ steps }) => steps).find((one) => one.step === 'anaesthesia_evaluation');
    const status = await send(page, `/api/v1/workflows/tasks/${other.id}/complete`, { version: other.version });
    expect(status === 403, `${status}`);
  });
  await check('nobody approves by writing the task itself', async () => {
    const { tenant } = await ask(page, '/api/v1/me');
    const task = await ask(page, `/t/${tenant}/fhir/Task/${step.id}`);
    const status = await page.evaluate(async ([url, sent]) => (await fetch(url, { method: 'PUT', headers: { 'Content-Type': 'application/fhir+json', 'X-Medhub': '1' }, body: JSON.stringify(sent) })).status, [`/t/${tenant}/fhir/Task/${step.id}`, { ...task, status: 'ready' }]);
    expect(status === 422 || status === 403, `${status}`);
  });
  return step;
}

/** A person opens the operation's approvals and does a step of their role. */
async function approve(browser, user, surgery, title, told) {
  const { context, page, faults } = await station(browser);
  await enter(page, user);
  await check(told, async () => {
    await page.goto(`/surgeries/${surgery}/approvals`);
    const row = page.locator('.mh-workflow-course > li', { hasText: title });
    await row.getByRole('button', { name: 'Valider', exact: true }).click();
    await proveIfAsked(page);
    await row.getByText('Fait', { exact: true }).waitFor();
  });
  await check(`the browser complains about nothing (${user})`, () => expect(faults.filter((fault) => !/status of 403/.test(fault)).length === 0, faults.slice(0, 3).join(' | ')));
  await context.close();
}

async function secretary(browser, surgery) {
  const { context, page } = await station(browser);
  await enter(page, SECRETARY);
  await page.goto('/workflow');
  await page.locator('.mh-workflow-list li').first().waitFor();
  await check('a secretary takes a step, comments it and gives it back, by keys', async () => {
    await page.keyboard.press('j');
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Rendre' }).waitFor();
    await page.keyboard.press('c');
    await page.getByLabel('Commentaire', { exact: true }).fill('Rappel de la mutuelle demandé.');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByLabel('Commentaire', { exact: true }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Rendre' }).click();
    await page.getByRole('button', { name: 'Prendre' }).waitFor();
  });
  await look(page, '162-a-faire-secretaire', settled);
  await check('a step that is not needed says why', async () => {
    await page.goto(`/surgeries/${surgery}/approvals`);
    const row = page.locator('.mh-workflow-course > li', { hasText: 'Vérification de la prise en charge' });
    await row.getByRole('button', { name: 'Sans objet…' }).click();
    await row.getByLabel('Pourquoi cette étape est sans objet').fill('Prise en charge à 100 % (ALD).');
    await row.getByRole('button', { name: 'Déclarer sans objet' }).click();
    await row.getByText('Motif : Prise en charge à 100 % (ALD).').waitFor();
  });
  await context.close();
}

/** Two of one role open the same step. */
async function race(browser) {
  const [one, two] = [await station(browser), await station(browser)];
  await enter(one.page, SECRETARY);
  await enter(two.page, SECRETARY);
  await check('the second of two is told that somebody was faster', async () => {
    const { items } = await ask(one.page, '/api/v1/workflows/tasks?filter=team');
    const { id, version } = items.findLast(({ state }) => state === 'ready');
    const first = await send(one.page, `/api/v1/workflows/tasks/${id}/claim`, { version });
    const second = await send(two.page, `/api/v1/workflows/tasks/${id}/claim`, { version });
    expect(first === 200 && second === 412, `${first} ${second}`);
  });
  await one.context.close();
  await two.context.close();
}

async function administration(browser) {
  const { context, page } = await station(browser);
  await enter(page, ADMIN);
  await page.goto('/workflow/active');
  await check('the administration sees every course, and for whom it waits', async () => {
    await page.locator('.mh-table tbody tr').first().waitFor();
  });
  await look(page, '163-parcours', settled);
  await context.close();
}

/** What nothing in the record has done yet is done by whom it is for; then the last word. */
async function rest(browser, page, surgery) {
  const { workflows } = await ask(page, `/api/v1/workflows/surgical/${surgery}/status`);
  const { steps } = workflows.find(({ template }) => template === 'surgery-approval');
  const open = (name) => steps.some((one) => one.step === name && one.state === 'ready');
  const seen = steps.filter(({ automatic, state }) => automatic && state === 'done').map(({ title }) => title);
  if (open('surgical_consent')) await approve(browser, await anyone('nurse'), surgery, /Consentement/, 'a nurse confirms the consent');
  if (open('facility_scheduling')) await approve(browser, SECRETARY, surgery, 'Réservation de la salle', 'a secretary confirms the room');
  await approve(browser, ADMIN, surgery, 'Validation finale', 'the administration has the last word');
  await page.goto(`/surgeries/${surgery}/approvals`);
  await check('the operation is approved by all', async () => {
    await page.getByText('terminé').first().waitFor();
    return seen.length > 0 ? `seen in the record: ${seen.join(', ')}` : '';
  });
  await look(page, '165-validations-terminees', settled);
}

async function phone(browser) {
  const { context, page } = await station(browser, { viewport: { width: 390, height: 844 }, hasTouch: true });
  await enter(page, SECRETARY);
  await page.goto('/workflow');
  await page.locator('.mh-workflow-list li').first().waitFor();
  await drawn(page);
  await picture(page, '164-a-faire-telephone');
  await check('the list is no wider than a telephone', async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide <= 390, `${wide} px`);
  });
  await context.close();
}

/** From the request to the last approval; with a signed-out browser. */
export async function workflowStory(browser) {
  const { context, page, faults } = await station(browser);
  await page.goto('/');
  const anaesthetist = await anyone('anaesthetist');
  await enter(page, SURGEON);
  const step = await surgeon(browser, page);
  await approve(browser, anaesthetist, step.case, /Évaluation par l.anesthésiste/, 'the anaesthetist approves');
  await secretary(browser, step.case);
  await rest(browser, page, step.case);
  await race(browser);
  await administration(browser);
  await phone(browser);
  await check('the browser complains about nothing over courses', () => expect(faults.filter((fault) => !/status of (403|409|412|422)/.test(fault)).length === 0, faults.slice(0, 4).join(' | ')));
  await context.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await workflowStory(browser);
  } finally {
    await browser.close();
    finish();
  }
}
