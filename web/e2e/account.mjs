// A person's own account, on a running server with the sample clinic: passwords, passkeys, codes, sessions, emergency
// access and locked stations. Alone: MEDHUB_URL=http://localhost:8080 node e2e/account.mjs; or a part of the story.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { BASE, check, expect, finish, launch, look, picture, settled, station } from './browser.mjs';

const PASSWORD = 'Clinique-exemple-2026';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

// A passkey belongs to a name, never to a number: the account is visited as localhost.
const baseURL = BASE.replace('//127.0.0.1', '//localhost');

/** The code of an authenticator app (RFC 6238, SHA-1, six digits). */
export function totp(secret, at = Date.now()) {
  const bits = [...secret.replace(/\s/g, '')].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / STEP_MS)));
  const hash = createHmac('sha1', key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** A code that no earlier step of the story used: a server takes each of them once. */
async function nextCode(secret, used) {
  while (used.has(totp(secret))) await new Promise((resolve) => setTimeout(resolve, 500));
  const code = totp(secret);
  used.add(code);
  return code;
}

const home = (page) => page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
const enter = (page) => page.getByRole('button', { name: 'Se connecter', exact: true });
const dialog = (page, name) => page.getByRole('dialog', { name });

/** The sample accounts by role, from the server's own list. */
export async function sampleUsers() {
  const answer = await (await fetch(`${BASE}/api/v1/demo/accounts`)).json();
  const rows = Array.isArray(answer) ? answer : answer.accounts;
  const all = (...roles) => roles.flatMap((role) => [...rows.filter((row) => row.roles.join() === role), ...rows.filter((row) => row.roles.includes(role))]).map((row) => row.user);
  const doctor = all('surgeon', 'clinician')[0];
  return { doctor, other: all('anaesthetist', 'nurse', 'clinician').find((user) => user !== doctor), admin: all('medical_admin')[0] };
}

export async function typePassword(page, user, password = PASSWORD) {
  await page.getByLabel('Identifiant').fill(user);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await enter(page).click();
}

export async function signOut(page) {
  await page.locator('.mh-person').click();
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
}

async function openAccount(page) {
  await page.locator('.mh-person').click();
  await page.getByRole('menuitem', { name: 'Mon compte' }).click();
  await page.getByRole('heading', { name: 'Mon compte', level: 1 }).waitFor();
  await page.getByRole('heading', { name: /Sessions ouvertes/ }).waitFor();
}

const panel = (page, title) => page.locator('section.mh-panel', { has: page.getByRole('heading', { name: title }) });

/** Answers the question for a fresh proof of who is asking, if it is asked. */
export async function proveIfAsked(page) {
  const asked = dialog(page, 'Confirmez que c’est bien vous');
  await page.waitForTimeout(400);
  if (!(await asked.isVisible())) return false;
  await asked.getByRole('button', { name: 'Mot de passe', exact: true }).click({ timeout: 1000 }).catch(() => undefined);
  await asked.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await asked.getByRole('button', { name: 'Confirmer', exact: true }).click();
  await asked.waitFor({ state: 'detached' });
  return true;
}

/** The next call of this kind is answered as if the last proof were too old; later ones reach the server. */
async function staleOnce(page, path) {
  await page.route(path, (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ code: 'auth.fresh-factor', title: 'Confirmez votre identité.' }) }), { times: 1 });
}

export async function passwordSignIn(page, users) {
  await page.goto('/');
  await page.getByLabel('Identifiant').waitFor();
  await look(page, '30-connexion');
  await check('a wrong password is refused with a sentence that tells nothing', async () => {
    await typePassword(page, users.doctor, 'un mot de passe faux');
    await page.getByRole('alert').waitFor();
    expect((await page.getByLabel('Identifiant').inputValue()) === users.doctor, 'the user name was lost');
  });
  await check('a forgotten password is answered the same for everybody', async () => {
    await page.getByRole('button', { name: 'Mot de passe oublié' }).click();
    await page.getByLabel('Identifiant ou adresse de messagerie').fill('personne.du.tout');
    await page.getByRole('button', { name: 'Envoyer le lien' }).click();
    await page.getByText('Si ce compte existe').waitFor();
    await look(page, '31-mot-de-passe-oublie');
    await page.getByRole('button', { name: 'Revenir à la connexion' }).click();
  });
  await check('a password opens the session', async () => {
    await typePassword(page, users.doctor);
    await home(page);
  });
}

export async function sessions(browser, page, users) {
  const second = await station(browser, { baseURL });
  await second.page.goto('/');
  await typePassword(second.page, users.doctor);
  await home(second.page);
  await openAccount(page);
  await check('the account lists both sessions, and says which is this one', async () => {
    await page.getByText('cette session').waitFor();
    expect((await panel(page, /Sessions ouvertes/).locator('tbody tr').count()) >= 2, 'one session only');
  });
  await look(page, '32-mon-compte');
  await check('another session is ended from here', async () => {
    await panel(page, /Sessions ouvertes/).getByRole('button', { name: 'Fermer toutes les autres' }).click();
    await proveIfAsked(page);
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length > 0 && [...document.querySelectorAll('section.mh-panel')].find((s) => /Sessions ouvertes/.test(s.textContent)).querySelectorAll('tbody tr').length === 1);
  });
  await check('the ended session asks to sign in again, in place', async () => {
    await second.page.getByRole('link', { name: 'Patients' }).first().click();
    await second.page.evaluate(async () => (await fetch('/api/v1/me')).text());
    await second.page.getByRole('link', { name: 'Accueil', exact: true }).click();
    await openAccountByAddress(second.page);
    await dialog(second.page, 'Votre session est terminée').waitFor();
  });
  await second.context.close();
}

/** Without loading the app anew. */
const openAccountByAddress = async (page) => {
  await page.locator('.mh-person').click();
  await page.getByRole('menuitem', { name: 'Mon compte' }).click();
};

/** A finger that is always there, in software. */
async function authenticator(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { finger: (enabled) => cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }) };
}

export async function passkey(page, users) {
  const { finger } = await authenticator(page);
  await openAccount(page);
  await check('a passkey is made, and named', async () => {
    await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
    await page.getByLabel('Nom de la clé').fill('Clé du bloc');
    await page.getByRole('button', { name: 'Créer la clé d’accès' }).click();
    await proveIfAsked(page);
    await panel(page, /Clés d’accès/).getByText('Clé du bloc').waitFor();
  });
  await check('recovery codes are shown once', async () => {
    const kept = page.getByRole('button', { name: 'Je les ai conservés' });
    if (!(await kept.isVisible())) {
      await page.getByRole('button', { name: 'Créer des codes' }).click();
      await proveIfAsked(page);
    }
    await kept.waitFor();
    const codes = await page.locator('.mh-recovery-codes li').count();
    expect(codes === 10, `${codes} codes`);
    await look(page, '33-codes-de-secours');
    await kept.click();
    await page.getByText('10 codes restants').waitFor();
  });
  // The finger is lifted while the sign-in page opens, where a quiet question waits in the field of the user name.
  await finger(false);
  await signOut(page);
  await check('the passkey alone opens the session', async () => {
    const button = page.getByRole('button', { name: 'Se connecter avec une clé d’accès' });
    await button.waitFor();
    await settled(page);
    await finger(true);
    // The quiet question may be answered by then; if not, the button asks aloud.
    await button.click({ timeout: 2000 }).catch(() => undefined);
    await home(page);
    const me = await page.evaluate(async () => (await fetch('/api/v1/me')).json());
    expect(me.user === users.doctor, `signed in as ${me.user}`);
  });
  return finger;
}

export async function authenticatorApp(page, users, finger) {
  const used = new Set();
  await openAccount(page);
  let secret = '';
  await check('an authenticator app is set up with its first code', async () => {
    await panel(page, /Application d’authentification/).getByRole('button', { name: 'Configurer' }).click();
    await proveIfAsked(page);
    secret = (await page.locator('.mh-totp-key').innerText()).replace(/\s/g, '');
    await look(page, '34-application-d-authentification');
    await page.getByLabel('Code à 6 chiffres').fill('000000');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Code à 6 chiffres').fill(await nextCode(secret, used));
    await panel(page, /Application d’authentification/).getByText('active', { exact: true }).waitFor();
  });
  await finger(false);
  await signOut(page);
  await check('then a password asks for the code', async () => {
    await typePassword(page, users.doctor);
    await page.getByLabel('Code à 6 chiffres').waitFor();
    await look(page, '35-second-facteur');
    await page.getByLabel('Code à 6 chiffres').fill(await nextCode(secret, used));
    await home(page);
  });
  await finger(true);
}

/** Leaves the sample account as it was found. */
export async function forgetFactors(page) {
  await openAccount(page);
  await check('passkey and app are removed after a second press', async () => {
    for (const name of ['Retirer l’application d’authentification', 'Retirer la clé d’accès « Clé du bloc »']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('group', { name }).getByRole('button', { name: 'Confirmer' }).click();
      await proveIfAsked(page);
      await page.getByRole('button', { name }).waitFor({ state: 'detached' });
    }
  });
}

const TRIED = 60;

/** A patient of the clinic to whom this person has no tie, as the server answers it. */
async function strangerOf(page) {
  return page.evaluate(async (limit) => {
    const read = (path) => fetch(path, { headers: { Accept: 'application/fhir+json' } });
    const { tenant } = await (await read('/api/v1/me')).json();
    const { entry = [] } = await (await read(`/t/${tenant}/fhir/Patient?_count=${limit}`)).json();
    for (const { resource } of entry) {
      const mine = await read(`/api/v1/access/mine?patient=${resource.id}`);
      const told = await mine.json();
      if (mine.ok && !told.groups.includes('summary') && !told.groups.includes('clinical')) return resource.id;
    }
    return null;
  }, TRIED);
}

export async function breakGlass(page) {
  const patient = await strangerOf(page);
  await check('some chart is closed to this person', async () => expect(patient, 'every chart is open'));
  if (!patient) return;
  await page.goto(`/patients/${patient}`);
  const offer = page.getByRole('button', { name: 'Accès en urgence (bris de glace)' });
  await check('a closed chart says calmly why, and offers the emergency', async () => {
    await page.getByText('Aucun lien de soins').waitFor();
    await offer.waitFor();
    await look(page, '36-dossier-ferme');
  });
  await check('a reason and a fresh proof open it; nothing typed is lost meanwhile', async () => {
    await offer.click();
    const open = page.getByRole('button', { name: 'Ouvrir ce dossier en urgence' });
    await page.getByLabel('Motif de l’urgence').fill('Malaise');
    expect(await open.isDisabled(), 'a short reason was enough');
    await page.getByLabel('Motif de l’urgence').fill('Malaise en salle d’attente, patient inconscient');
    await look(page, '37-bris-de-glace');
    await staleOnce(page, '**/api/v1/break-glass');
    await open.click();
    await dialog(page, 'Confirmez que c’est bien vous').waitFor();
    await look(page, '38-preuve-recente');
    await proveIfAsked(page);
    await page.getByRole('region', { name: 'Accès en urgence' }).waitFor();
    await page.getByRole('heading', { name: /Problèmes de santé/ }).waitFor();
  });
  await look(page, '39-acces-en-urgence');
  await check('the banner stays on every page, with the time that is left', async () => {
    await page.getByRole('link', { name: 'Accueil', exact: true }).click();
    const banner = page.getByRole('region', { name: 'Accès en urgence' });
    expect(/encore \d+ (min|s)/.test(await banner.innerText()), await banner.innerText());
    await page.waitForFunction(() => !document.querySelector('.mh-skeletons'));
    await settled(page);
    await picture(page, '40-acces-en-urgence-accueil');
  });
  await check('« Terminer » closes the chart again', async () => {
    await page.goBack();
    await page.getByRole('button', { name: 'Terminer' }).click();
    await page.getByText('Aucun lien de soins').waitFor();
    await page.getByRole('region', { name: 'Accès en urgence' }).waitFor({ state: 'detached' });
  });
}

export async function stationLock(page, users) {
  await page.goto('/patients');
  const field = page.getByLabel('Chercher par nom, date de naissance, IPP ou INS');
  await field.fill('Mar');
  await page.getByRole('link', { name: /MAR/ }).first().waitFor();
  await check('Ctrl+L hides the page and ends the session on the server', async () => {
    const ended = page.waitForResponse((response) => response.url().endsWith('/api/v1/auth/logout'));
    await page.keyboard.press('Control+l');
    await page.getByRole('heading', { name: /Poste verrouillé/ }).waitFor();
    await ended;
    expect(!(await field.isVisible()), 'the page is still seen');
    const status = await page.evaluate(async () => {
      const answer = await fetch('/api/v1/me');
      await answer.text();
      return answer.status;
    });
    expect(status === 401, `the session answers ${status}`);
    await look(page, '41-poste-verrouille');
  });
  await check('its author finds the page as it was left', async () => {
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await enter(page).click();
    await page.getByRole('heading', { name: /Poste verrouillé/ }).waitFor({ state: 'detached' });
    expect((await field.inputValue()) === 'Mar', 'what was typed is gone');
  });
  await check('another person starts from an empty page', async () => {
    await page.getByRole('button', { name: 'Verrouiller le poste (Ctrl+L)' }).click();
    await page.getByRole('heading', { name: /Poste verrouillé/ }).waitFor();
    await page.locator(`button[data-user="${users.other}"]`).click();
    await page.getByRole('heading', { name: /Bonjour/ }).waitFor();
    expect((await field.count()) === 0, 'the page of the other person is still there');
  });
}

export async function wardStation(browser, users) {
  const { page, context } = await station(browser, { baseURL });
  await page.goto('/');
  await typePassword(page, users.admin);
  await home(page);
  await openAccount(page);
  await check('an administrator makes this browser a station', async () => {
    await page.getByLabel('Nom du poste').fill('Infirmerie 2e étage');
    await page.getByRole('button', { name: 'Déclarer ce poste' }).click();
    await proveIfAsked(page);
    await page.getByLabel('Code PIN (4 à 8 chiffres)').waitFor();
  });
  await signOut(page);
  // On a station the PIN is offered first; who has none here yet signs in wholly.
  await page.getByRole('button', { name: 'Utiliser mon mot de passe' }).click();
  await typePassword(page, users.other);
  await home(page);
  await openAccount(page);
  await check('a person sets a PIN for this station', async () => {
    await page.getByLabel('Code PIN (4 à 8 chiffres)').fill('483916');
    await page.getByRole('button', { name: 'Enregistrer le code' }).click();
    await proveIfAsked(page);
    await page.getByText('Code enregistré.').waitFor();
  });
  await check('the PIN opens the locked station again', async () => {
    await page.keyboard.press('Control+l');
    await page.getByLabel('Code PIN de ce poste').waitFor();
    await look(page, '42-reprise-par-code-pin');
    await page.getByLabel('Code PIN de ce poste').fill('483916');
    await enter(page).click();
    await page.getByRole('heading', { name: /Poste verrouillé/ }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Mon compte', level: 1 }).waitFor();
  });
  await context.close();
}

/** From inside the page, with its session. */
const send = (page, method, path, body) =>
  page.evaluate(
    async ([verb, url, value]) => {
      const asked = { method: verb, headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-Medhub': '1' } };
      if (value) asked.body = JSON.stringify(value);
      const answer = await fetch(url, asked);
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    },
    [method, path, body],
  );

/** Somebody new is invited by mail, chooses a password and a passkey, and is in. */
export async function invitation(browser, users) {
  const admin = await station(browser, { baseURL });
  await admin.page.goto('/');
  await typePassword(admin.page, users.admin);
  await home(admin.page);
  const user = `invitee.${Date.now().toString(36)}`;
  const mail = `${user}@exemple.test`;
  let link = '';
  await check('an administrator invites somebody, and the mail holds a link', async () => {
    const made = await send(admin.page, 'POST', '/api/v1/accounts', { user, name: 'Dr Inès INVITÉE', mail, roles: ['surgeon'] });
    expect(made.status === 201, `${made.status} ${JSON.stringify(made.body)}`);
    const { body } = await send(admin.page, 'GET', '/api/v1/demo/mails');
    const sent = body.mails.filter((one) => JSON.stringify(one.to).includes(mail)).pop();
    link = /https?:\/\/\S+\/invitation#\S+/.exec(sent?.text ?? '')?.[0] ?? '';
    expect(link, `no link in ${JSON.stringify(sent)}`);
  });
  await admin.context.close();
  if (!link) return;
  const { page, context } = await station(browser, { baseURL });
  await authenticator(page);
  await page.goto(new URL(link).pathname + new URL(link).hash);
  await check('the invited person chooses a password', async () => {
    await page.getByLabel('Nouveau mot de passe').fill('azertyuiop12345');
    await page.getByText('Facile à deviner').waitFor();
    await look(page, '43-invitation');
    await page.getByLabel('Nouveau mot de passe').fill('tramway violet sous la pluie');
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByRole('heading', { name: 'Protéger votre compte' }).waitFor();
    await look(page, '44-proteger-votre-compte');
  });
  await check('then a passkey, then the recovery codes, and is in', async () => {
    await page.getByRole('button', { name: /Clé d’accès/ }).click();
    await page.getByRole('button', { name: 'Créer la clé d’accès' }).click();
    await page.getByRole('button', { name: 'Je les ai conservés' }).click();
    await home(page);
  });
  await check('the link works once', async () => {
    const again = await station(browser, { baseURL });
    await again.page.goto(new URL(link).pathname + new URL(link).hash);
    await again.page.getByText('Ce lien a déjà servi').waitFor();
    await again.context.close();
  });
  await context.close();
}

const BACK = 'http://127.0.0.1:47011/retour';

/** An application asks for a patient's results; the person reads what it wants, chooses the patient, and allows it. */
export async function applicationConsent(browser, users) {
  const admin = await station(browser, { baseURL });
  await admin.page.goto('/');
  await typePassword(admin.page, users.admin);
  await home(admin.page);
  const scopes = ['openid', 'fhirUser', 'launch/patient', 'patient/Patient.r', 'patient/Observation.rs', 'offline_access'];
  const name = 'Courbes de croissance';
  const made = await send(admin.page, 'POST', '/api/v1/oauth/clients', { name, url: 'https://courbes.exemple.test', auth: 'none', redirect_uris: [BACK], grant_types: ['authorization_code', 'refresh_token'], scopes });
  await check('an application is registered', async () => expect(made.status === 201, `${made.status} ${JSON.stringify(made.body)}`));
  await admin.context.close();
  if (made.status !== 201) return;
  const { page, context } = await station(browser, { baseURL });
  await page.goto('/');
  await typePassword(page, users.doctor);
  await home(page);
  const { body: me } = await send(page, 'GET', '/api/v1/me');
  const challenge = createHash('sha256').update(randomBytes(32).toString('base64url')).digest('base64url');
  const asked = new URLSearchParams({ response_type: 'code', client_id: made.body.id, redirect_uri: BACK, scope: scopes.join(' '), state: 'etat-1', aud: `${baseURL}/t/${me.tenant}/fhir`, code_challenge: challenge, code_challenge_method: 'S256' });
  let arrived = '';
  await page.route(`${BACK}*`, (route) => {
    arrived = route.request().url();
    return route.fulfill({ contentType: 'text/html', body: '<title>retour</title>' });
  });
  await check('the page says who asks, and what for', async () => {
    await page.goto(`/auth/authorize?${asked}`);
    await page.getByRole('heading', { name: `« ${name} » demande un accès` }).waitFor();
    expect((await page.getByRole('checkbox').count()) > 2, 'no sentences');
    expect(await page.getByRole('button', { name: 'Autoriser' }).isDisabled(), 'allowed without a patient');
  });
  await check('a patient is chosen by name', async () => {
    await page.getByLabel('Patient concerné').fill('mar');
    await page.getByRole('option').first().click();
    await look(page, '45-autoriser-une-application');
  });
  await check('« Autoriser » goes back to the application with a code', async () => {
    await page.getByRole('button', { name: 'Autoriser' }).click();
    await page.waitForURL(`${BACK}*`);
    const params = new URL(arrived).searchParams;
    expect(params.get('state') === 'etat-1' && params.get('code'), arrived);
  });
  await check('the account lists the application, and shows it out', async () => {
    await page.goto('/account');
    await page.getByRole('button', { name: `Retirer l’accès à ${name}` }).first().click();
    await proveIfAsked(page);
    await page.getByText('Aucune autre application n’agit en votre nom.').waitFor();
  });
  await context.close();
}

/** Everything of this file, with stations of its own. */
export async function accountStory(browser) {
  const users = await sampleUsers();
  const { page, context, faults } = await station(browser, { baseURL });
  await passwordSignIn(page, users);
  await sessions(browser, page, users);
  const finger = await passkey(page, users);
  await authenticatorApp(page, users, finger);
  await forgetFactors(page);
  await breakGlass(page);
  await stationLock(page, users);
  await check('the browser had nothing to complain about (account)', async () => {
    // What is refused on purpose is answered with 401 and 403, and said so by the browser.
    const own = faults.filter((fault) => !/status of (400|401|403|409|422)/.test(fault));
    expect(own.length === 0, own.join(' || '));
  });
  await context.close();
  await wardStation(browser, users);
  await invitation(browser, users);
  await applicationConsent(browser, users);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    await accountStory(browser);
  } catch (error) {
    await check('the account story ran to its end', () => Promise.reject(error));
  } finally {
    await browser.close();
    finish();
  }
}
