// Where taps wait in this browser. What a tap says is sealed under a key that the browser gives to no script and no file;
// in clear stand only the name of the tap, its order and a mark of its author that says nothing to others.
import { Dexie, type Table } from 'dexie';
import type { Tap } from './queue';

interface KeptTap { key: string; order: number; owner: string; iv: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer }
interface KeptKey { name: string; key: CryptoKey }

class Taps extends Dexie {
  taps!: Table<KeptTap, string>;
  keys!: Table<KeptKey, string>;
  constructor() {
    super('medhub.taps');
    this.version(1).stores({ taps: 'key, [owner+order]', keys: 'name' });
  }
}

let opened: Taps | null = null;
const db = (): Taps => (opened ??= new Taps());

const NAME = 'taps';
const CIPHER = 'AES-GCM';
const IV_BYTES = 12;

/** Made once in this browser; it can be used here and not be taken away. */
async function sealingKey(): Promise<CryptoKey> {
  const known = await db().keys.get(NAME);
  if (known) return known.key;
  const made = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ['encrypt', 'decrypt']);
  // Two pages may open at once: the first key stays.
  await db().keys.add({ name: NAME, key: made }).catch(() => undefined);
  return (await db().keys.get(NAME))?.key ?? made;
}

async function markOf(owner: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(owner));
  return btoa(String.fromCharCode(...new Uint8Array(digest))).slice(0, 22);
}

async function seal(tap: Tap): Promise<Pick<KeptTap, 'iv' | 'sealed'>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return { iv, sealed: await crypto.subtle.encrypt({ name: CIPHER, iv }, await sealingKey(), new TextEncoder().encode(JSON.stringify(tap))) };
}

async function unseal({ iv, sealed }: KeptTap): Promise<Tap[]> {
  try {
    return [JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: CIPHER, iv }, await sealingKey(), sealed))) as Tap];
  } catch {
    // Written under a key that this browser no longer has.
    return [];
  }
}

export async function loadTaps(owner: string): Promise<Tap[]> {
  const mark = await markOf(owner);
  const rows = await db().taps.where('[owner+order]').between([mark, Dexie.minKey], [mark, Dexie.maxKey]).sortBy('order');
  return (await Promise.all(rows.map(unseal))).flat();
}

export async function keepTap(owner: string, tap: Tap): Promise<void> {
  const [mark, closed] = await Promise.all([markOf(owner), seal(tap)]);
  const known = await db().taps.get(tap.key);
  await db().taps.put({ key: tap.key, owner: mark, order: known?.order ?? performance.timeOrigin + performance.now(), ...closed });
}

export const dropTap = (key: string): Promise<void> => db().taps.delete(key);
