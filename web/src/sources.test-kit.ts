import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('.', import.meta.url));

/** Paths of the app's own sources, tests left out. */
export function sources(): string[] {
  return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test(-kit)?\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => ROOT + name);
}

export const inside = (path: string): string => path.slice(ROOT.length);
