// The communes of France (INSEE, by @etalab/decoupage-administratif, MIT), as one small module for each first letter:
// a birthplace is found without a server, and a page loads only the letter that was typed.
import { readFileSync } from 'node:fs';

const NAME = 'virtual:communes';

export const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/[^a-z0-9]+/g, ' ').trim();

/** Lines of `code name` by first letter. Districts of the large towns too: birthplaces are coded by them. */
function letters() {
  const file = new URL('../node_modules/@etalab/decoupage-administratif/data/communes.json', import.meta.url);
  const byLetter = new Map();
  for (const { code, nom, type } of JSON.parse(readFileSync(file, 'utf8'))) {
    if (type === 'commune-actuelle' || type === 'arrondissement-municipal') {
      const letter = fold(nom)[0];
      byLetter.set(letter, [...(byLetter.get(letter) ?? []), `${code} ${nom}`]);
    }
  }
  return byLetter;
}

/** A plugin of Vite: `virtual:communes` gives a loader for each letter. */
export function communes() {
  let known;
  return {
    name: 'communes',
    resolveId: (id) => (id.startsWith(NAME) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${NAME}`)) return undefined;
      known ??= letters();
      const letter = id.slice(NAME.length + 2);
      if (letter) return `export default ${JSON.stringify(known.get(letter).join('\n'))};`;
      const loaders = [...known.keys()].map((one) => `${JSON.stringify(one)}: () => import('${NAME}/${one}')`);
      return `export default {${loaders.join(',')}};`;
    },
  };
}
