// The French social security number (NIR): S YY MM DD CCC OOO and a key of two digits.

export interface Nir {
  /** 13 characters, without the key. */
  body: string;
  key: string;
  gender: 'male' | 'female' | null;
  /** `YYYY-MM` is not certain of its century: the two digits of the year, and the month where it is a real one. */
  year: string;
  month: string | null;
  /** INSEE code of the birthplace; null where the number does not hold it (older overseas numbers, special registration). */
  birthplace: string | null;
}

const SHAPE = /^([1-478])(\d\d)(\d\d)(\d\d|2[AB])(\d{3})(\d{3})(\d\d)$/;
const CORSICA: Record<string, number> = { '2A': 19, '2B': 18 };

/** 97 less the number modulo 97; in Corsica 2A counts as 19 and 2B as 18. */
export function nirKey(body: string): string {
  const department = body.slice(5, 7);
  const digits = body.slice(0, 5) + String(CORSICA[department] ?? department).padStart(2, '0') + body.slice(7);
  return String(97 - Number(BigInt(digits) % 97n)).padStart(2, '0');
}

export type NirFault = 'short' | 'shape' | 'key';

/** What was typed, read: spaces do not count, letters are those of Corsica. */
export function readNir(typed: string): { nir: Nir } | { fault: NirFault } {
  const text = typed.replace(/[\s.]/g, '').toUpperCase();
  if (text.length < 15) return { fault: /^($|[1-478][\dAB]*$)/.test(text) ? 'short' : 'shape' };
  const parts = SHAPE.exec(text);
  if (!parts) return { fault: 'shape' };
  const [, sex = '', year = '', month = '', department = '', commune = '', , key = ''] = parts;
  const body = text.slice(0, 13);
  if (nirKey(body) !== key) return { fault: 'key' };
  const real = Number(month) >= 1 && Number(month) <= 12;
  return {
    nir: { body, key, gender: GENDERS[sex] ?? null, year, month: real ? month : null, birthplace: real ? department + commune : null },
  };
}

const GENDERS: Record<string, 'male' | 'female'> = { 1: 'male', 2: 'female', 3: 'male', 4: 'female', 7: 'male', 8: 'female' };

/** Department 01–95, Corsica, overseas 97x and 98x, abroad 99. */
const INSEE = /^(0[1-9]|[1-8]\d|9[0-5]|2[AB]|97|98|99)\d{3}$/;

export const isInsee = (code: string): boolean => INSEE.test(code.trim().toUpperCase());
