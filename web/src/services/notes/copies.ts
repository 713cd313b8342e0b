// The copy of a text that stands in this browser until the server has acknowledged it: what a crash, a lost network or an
// ended session would otherwise take. It is gone with the acknowledgement, and with the sign-out of its author.
import { Dexie, type Table } from 'dexie';
import { onSignedOut } from '../../fhir/owner';
import type { Section } from './note.resource';

export interface Copy {
  /** `owner|note|tab`. */
  key: string;
  owner: string;
  note: string;
  patient: string;
  tab: string;
  /** The version that the writer had before their eyes. */
  base: number;
  title: string;
  sections: Section[];
  at: string;
}

const KEPT = 60;

class Copies extends Dexie {
  copies!: Table<Copy, string>;
  constructor() {
    super('medhub.notes');
    this.version(1).stores({ copies: 'key, owner, note' });
  }
}

let opened: Copies | null = null;
const db = (): Copies => (opened ??= new Copies());

/** This page, as long as it lives. */
const tab = crypto.randomUUID();
const lockOf = (name: string): string => `medhub.tab.${name}`;
// Held until the page is gone: so other tabs know whose text is still being written.
void navigator.locks?.request(lockOf(tab), () => new Promise(() => undefined));

async function livingTabs(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.map(({ name }) => name ?? ''));
}

const keyOf = (owner: string, note: string): string => `${owner}|${note}|${tab}`;

export async function keepCopy(copy: Omit<Copy, 'key' | 'tab'>): Promise<void> {
  await db().copies.put({ ...copy, key: keyOf(copy.owner, copy.note), tab });
  const all = await db().copies.where('owner').equals(copy.owner).sortBy('at');
  await db().copies.bulkDelete(all.slice(0, Math.max(0, all.length - KEPT)).map(({ key }) => key));
}

export const dropCopy = (owner: string, note: string): Promise<void> => db().copies.delete(keyOf(owner, note));

export const dropKept = (key: string): Promise<void> => db().copies.delete(key);

/** Texts of this person that no open page is writing any more, newest first. */
export async function leftCopies(owner: string, note?: string): Promise<Copy[]> {
  const [all, living] = await Promise.all([db().copies.where('owner').equals(owner).sortBy('at'), livingTabs()]);
  return all.filter((copy) => copy.tab !== tab && !living.has(lockOf(copy.tab)) && (!note || copy.note === note)).reverse();
}

onSignedOut((owner) => void db().copies.where('owner').equals(owner).delete());
