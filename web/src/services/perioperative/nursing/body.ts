// Where on the body: regions of a front view, the patient's right on the left of the picture, as one stands before them.
export interface Region { name: string; x: number; y: number; w: number; h: number; round: number }

const both = (name: string, x: number, y: number, w: number, h: number, round: number): Region[] => [
  { name: `${name}-right`, x, y, w, h, round },
  { name: `${name}-left`, x: 120 - x - w, y, w, h, round },
];

export const REGIONS: Region[] = [
  { name: 'head', x: 47, y: 4, w: 26, h: 30, round: 13 },
  { name: 'neck', x: 54, y: 35, w: 12, h: 8, round: 2 },
  { name: 'chest', x: 42, y: 44, w: 36, h: 31, round: 6 },
  { name: 'abdomen', x: 44, y: 76, w: 32, h: 25, round: 3 },
  { name: 'pelvis', x: 42, y: 102, w: 36, h: 20, round: 6 },
  ...both('shoulder', 28, 43, 13, 13, 6),
  ...both('arm', 26, 57, 12, 36, 5),
  ...both('forearm', 22, 94, 11, 34, 5),
  ...both('hand', 18, 129, 12, 14, 5),
  ...both('thigh', 42, 123, 17, 40, 6),
  ...both('knee', 43, 164, 15, 15, 7),
  ...both('leg', 43, 180, 14, 40, 5),
  ...both('foot', 39, 221, 18, 12, 5),
];

const TOURNIQUETS: Record<string, string> = { 'right-arm': 'arm-right', 'left-arm': 'arm-left', 'right-leg': 'thigh-right', 'left-leg': 'thigh-left' };

/** The region of a coded site of a tourniquet. */
export const tourniquetRegion = (site: string): string | null => TOURNIQUETS[site] ?? null;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The region that a written site begins with (« cuisse gauche, face latérale »), by the words of the language. */
export function regionOf(site: string, words: Record<string, string>): string | null {
  const text = plain(site);
  const found = Object.entries(words).filter(([, word]) => text.startsWith(plain(word))).sort(([, a], [, b]) => b.length - a.length)[0];
  return found?.[0] ?? null;
}
