import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inside, sources } from './sources.test-kit';

const LINES = 400;
const SUFFIX = /\.(page|panel|form|modal|resource)\.tsx?$|\/room\.ts$/;

function imports(path: string): string[] {
  const code = readFileSync(path, 'utf8');
  return [...code.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, to]) => normalize(join(dirname(inside(path)), to ?? '')));
}

const floor = (path: string) => path.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';
const room = (path: string) => path.split('/').slice(0, 2).join('/');

// What each floor may import besides itself. A room also imports its own files.
const MAY: Record<string, string[]> = {
  fhir: [],
  i18n: ['datatypes'],
  datatypes: ['fhir', 'i18n'],
  design: ['fhir', 'datatypes', 'i18n'],
  slots: ['fhir', 'i18n'],
  services: ['fhir', 'datatypes', 'design', 'i18n', 'slots'],
};

describe('the structure of the app', () => {
  it('no file is longer than it should be', () => {
    expect(sources().filter((path) => readFileSync(path, 'utf8').split('\n').length > LINES).map(inside)).toEqual([]);
  });

  it('arrows point down, and rooms do not know each other', () => {
    const wrong = sources().flatMap((path) => {
      const from = inside(path);
      const allowed = MAY[floor(from)];
      if (!allowed) return [];
      return imports(path)
        .filter((to) => (floor(to) === floor(from) ? floor(from) === 'services' && room(to) !== room(from) : !allowed.includes(floor(to))))
        .map((to) => `${from} → ${to}`);
    });
    expect(wrong).toEqual([]);
  });

  it('the suffix of a file in a room tells its part', () => {
    const plain = sources().map(inside).filter((path) => path.startsWith('services/') && path.endsWith('.tsx') && !SUFFIX.test(path));
    // Small shared pieces that draw, and belong to no page.
    expect(plain.sort()).toEqual(['services/records/flag.tsx', 'services/records/patient-facts.tsx', 'services/records/series-plot.tsx']);
  });
});
