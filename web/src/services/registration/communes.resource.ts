// Birthplaces by name: the commune and its INSEE code, without asking a server.
import letters from 'virtual:communes';

export interface Commune { code: string; name: string; department: string }

const SHOWN = 8;

export const foldPlace = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/[^a-z0-9]+/g, ' ').trim();

const departmentOf = (code: string): string => (code.startsWith('97') || code.startsWith('98') ? code.slice(0, 3) : code.slice(0, 2));

/** « st » and « ste » are written for saint and sainte. */
const asked = (typed: string): string => foldPlace(typed).replace(/^st(e?) /, 'saint$1 ');

/** Communes whose name begins so, the shortest names first; a code or a department narrows (`saint denis 93`). */
export async function findCommunes(typed: string): Promise<Commune[]> {
  const words = asked(typed).split(' ');
  const last = words.at(-1) ?? '';
  const department = words.length > 1 && /^(\d\d|2[ab]|9[78]\d)$/.test(last) ? words.pop() : undefined;
  const start = words.join(' ');
  const load = letters[start[0] ?? ''];
  if (!load) return [];
  const found: Commune[] = [];
  for (const line of (await load()).default.split('\n')) {
    const code = line.slice(0, 5);
    const name = line.slice(6);
    if (foldPlace(name).startsWith(start) && (!department || departmentOf(code).toLowerCase() === department)) found.push({ code, name, department: departmentOf(code) });
  }
  return found.sort((a, b) => a.name.length - b.name.length || a.name.localeCompare(b.name, 'fr') || a.code.localeCompare(b.code)).slice(0, SHOWN);
}
