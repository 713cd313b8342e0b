// A headless Chromium, and the count of what passed and failed.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const BASE = process.env.MEDHUB_URL ?? 'http://127.0.0.1:8080';
// A test leaves the checkout as it was: pictures go aside unless they are asked for (`npm run screens`).
const SCREENS = `${process.env.MEDHUB_SCREENS ?? fileURLToPath(new URL('../../test-results/screens', import.meta.url))}/`;
const ARGS = ['--no-sandbox', '--lang=fr-FR', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const STEP_MS = 15_000;

let passed = 0;
let failed = 0;

/** Runs one step; a failure is told and counted, and the story goes on. */
export async function check(name, step) {
  try {
    const said = await step();
    passed += 1;
    console.log(`ok    ${name}${said ? ` (${said})` : ''}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}: ${String(error.message ?? error).split('\n').slice(0, 6).join(' | ')}`);
  }
}

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

export async function launch() {
  mkdirSync(SCREENS, { recursive: true });
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS, env: { ...process.env, LANGUAGE: 'fr_FR', LANG: 'fr_FR.UTF-8' } });
}

/** A station: its own cookies, French, light; what the browser complains about is kept in `faults`. */
export async function station(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR', timezoneId: 'Europe/Paris', colorScheme: 'light', baseURL: BASE, ignoreHTTPSErrors: true, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(STEP_MS);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A 401 is how the app learns that nobody is signed in; the network is cut once on purpose.
    if (message.type() === 'error' && !/status of 40[14]|ERR_INTERNET_DISCONNECTED/.test(message.text())) faults.push(message.text());
  });
  return { context, page, faults };
}

const IDLE_MS = 4_000;

/** A page whose network rests. One that never does (a PDF in a frame, a clock that asks) is calm enough after a while. */
export async function settled(page) {
  await page.waitForLoadState('networkidle', { timeout: IDLE_MS }).catch(() => undefined);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(120);
}

async function axe(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  const said = violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).join(' ; ')}`);
  expect(violations.length === 0, said.join(' || '));
}

export async function scheme(page, value) {
  await page.evaluate((wanted) => {
    localStorage.setItem('medhub.scheme', wanted);
    window.dispatchEvent(new StorageEvent('storage', { key: 'medhub.scheme', newValue: wanted, storageArea: localStorage }));
  }, value);
  await page.waitForFunction((wanted) => document.documentElement.getAttribute('data-mantine-color-scheme') === wanted, value);
}

/** A page with a PDF in it: the browser's viewer keeps the network busy, so what is waited for is drawn content. */
export async function drawn(page) {
  await page.waitForFunction(() => !document.querySelector('.mh-skeleton'));
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout((await page.locator('iframe').count()) ? 1500 : 500);
}

/** A page in both schemes: no axe violation, and a picture of each. */
export async function look(page, name, rest = settled) {
  for (const value of ['light', 'dark']) {
    await scheme(page, value);
    await rest(page);
    await page.screenshot({ path: `${SCREENS}${name}-${value}.png` });
    await check(`axe ${name} ${value}`, () => axe(page));
  }
  await scheme(page, 'light');
}

export const picture = (page, name) => page.screenshot({ path: `${SCREENS}${name}.png` });
