// The weight of the app, gzip: what the first page needs, and each chunk that is loaded later. Fails above the limits.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);
if (!existsSync(DIST)) {
  console.log('dist is not built: nothing to weigh (npm run build)');
  process.exit(0);
}

const LIMIT = { js: 200, css: 40, chunk: 60 };

const size = (name) => gzipSync(readFileSync(new URL(`assets/${name}`, DIST))).length / 1024;
const text = (name) => readFileSync(new URL(`assets/${name}`, DIST), 'utf8');
const files = readdirSync(new URL('assets/', DIST));
const html = readFileSync(new URL('index.html', DIST), 'utf8');

const initial = new Set();
function add(name) {
  if (initial.has(name)) return;
  initial.add(name);
  for (const [, inner] of text(name).matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) add(inner);
}
for (const [, name] of html.matchAll(/assets\/([\w.-]+\.js)/g)) add(name);
const language = files.find((name) => /^fr-.*\.js$/.test(name));
if (language) add(language);

const sum = (names) => [...names].reduce((total, name) => total + size(name), 0);
const css = [...html.matchAll(/assets\/([\w.-]+\.css)/g)].map(([, name]) => name);
const rows = [
  ['initial JavaScript, with French', sum(initial), LIMIT.js],
  ['initial CSS', sum(css), LIMIT.css],
  ...files.filter((name) => name.endsWith('.js') && !initial.has(name)).map((name) => [name, size(name), LIMIT.chunk]).sort((a, b) => b[1] - a[1]).slice(0, 5),
];
let over = 0;
for (const [name, kilobytes, limit] of rows) {
  const bad = kilobytes > limit;
  over += bad;
  console.log(`${bad ? 'OVER ' : 'ok   '} ${kilobytes.toFixed(1).padStart(7)} kB of ${String(limit).padStart(3)}  ${name}`);
}
process.exit(over ? 1 : 0);
