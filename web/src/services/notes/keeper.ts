// Keeps a text that is being written: first a copy in this browser, then the server's draft, every two seconds. Nothing
// that was typed is ever given up here: where the server cannot take it, it stays, and the person is told.
import { Failure } from '../../fhir/http';
import { contentOf, currentOf, sameContent, type Content, type Note } from './note.resource';

export type Keeping =
  /** The server has all of it. */
  | 'saved'
  /** Typed, to be sent in a moment. */
  | 'typed'
  | 'sending'
  /** The server does not answer; tried again until it does. */
  | 'waiting'
  /** Somebody else, or another tab, wrote meanwhile: both texts are shown. */
  | 'conflict'
  /** Signed or withdrawn meanwhile. */
  | 'closed'
  /** The server refuses the text, and says why. */
  | 'refused';

export interface Kept {
  /** As the server last told it. */
  note: Note;
  content: Content;
  keeping: Keeping;
  theirs: Note | null;
  error: unknown;
}

export interface Ports {
  send: (id: string, version: number, content: Content) => Promise<Note>;
  /** The copy in this browser. */
  keep: (note: Note, content: Content) => Promise<void>;
  drop: (note: Note) => Promise<void>;
  /** Runs something later; gives back how to call it off. */
  later: (run: () => void, ms: number) => () => void;
}

export const SEND_MS = 2_000;
const COPY_MS = 150;
const AGAIN_MS = 4_000;

const AWAY = new Set(['unreachable', 'server', 'limited']);

function keepingOf(error: unknown): Keeping {
  if (!(error instanceof Failure)) return 'waiting';
  if (AWAY.has(error.kind)) return 'waiting';
  if (error.status === 412) return 'conflict';
  return error.code === 'note.signed' || error.code === 'note.withdrawn' ? 'closed' : 'refused';
}

export class Keeper {
  private view: Kept;
  private listeners = new Set<() => void>();
  private running: Promise<boolean> | null = null;
  private stopSend: (() => void) | null = null;
  private stopCopy: (() => void) | null = null;
  private copying: Promise<void> = Promise.resolve();
  /** Sent without an answer: what the server took although its answer was lost is no conflict. */
  private unheard: Content[] = [];
  /** A text that was set aside for another, and is still to be saved as a version. */
  private owed: Content | null = null;

  constructor(note: Note, private ports: Ports) {
    this.view = { note, content: contentOf(note), keeping: 'saved', theirs: null, error: null };
  }

  get = (): Kept => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private set(change: Partial<Kept>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }

  get clean(): boolean {
    return sameContent(this.view.content, this.view.note);
  }

  edit(change: (content: Content) => Content): void {
    const content = change(this.view.content);
    const stopped = this.view.keeping === 'conflict' || this.view.keeping === 'closed';
    this.set({ content, ...(stopped || this.running ? {} : { keeping: 'typed' as const }) });
    this.stopCopy ??= this.ports.later(() => {
      this.stopCopy = null;
      void this.copy();
    }, COPY_MS);
    if (!stopped) this.plan(SEND_MS);
  }

  private plan(ms: number): void {
    this.stopSend ??= this.ports.later(() => {
      this.stopSend = null;
      void this.send();
    }, ms);
  }

  /** Copies are written one after the other, so that a late one never undoes a removal. */
  private copy(): Promise<void> {
    const { note, content } = this.view;
    const clean = this.clean;
    this.copying = this.copying.then(() => (clean ? this.ports.drop(note) : this.ports.keep(note, content))).catch(() => undefined);
    return this.copying;
  }

  /** Sends what is unsaved; true when the server then has all of it. */
  send(): Promise<boolean> {
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (!this.clean && this.view.keeping === 'saved') {
        this.set({ keeping: 'typed' });
        this.plan(SEND_MS);
      }
    });
    return this.running;
  }

  /** All of it, now: also what is typed while it is on its way. */
  async flush(): Promise<boolean> {
    this.stopSend?.();
    this.stopSend = null;
    let done = await this.send();
    while (done && !this.clean) done = await this.send();
    return done;
  }

  private async run(): Promise<boolean> {
    if (this.view.keeping === 'conflict' || this.view.keeping === 'closed') return false;
    if (this.clean && !this.owed) {
      await this.copy();
      this.set({ keeping: 'saved', error: null });
      return true;
    }
    this.set({ keeping: 'sending' });
    await this.copy();
    try {
      if (this.owed) {
        this.set({ note: await this.sent(this.owed) });
        this.owed = null;
      }
      this.taken(this.clean ? this.view.note : await this.sent(this.view.content));
      return true;
    } catch (error) {
      return this.failed(error);
    }
  }

  private sent(content: Content): Promise<Note> {
    this.unheard.push(content);
    return this.ports.send(this.view.note.id, this.view.note.version, content);
  }

  private taken(note: Note): void {
    this.unheard = [];
    this.set({ note, keeping: 'saved', theirs: null, error: null });
    void this.copy();
  }

  private failed(error: unknown): Promise<boolean> | boolean {
    const current = currentOf(error);
    const keeping = keepingOf(error);
    if (keeping === 'conflict' && current && this.unheard.some((sent) => sameContent(current, sent))) {
      // The server had taken it, and only the answer was lost.
      this.taken(current);
      return this.clean || this.run();
    }
    this.set({ keeping, error, theirs: keeping === 'conflict' || keeping === 'closed' ? current : null });
    if (keeping === 'waiting') this.plan(AGAIN_MS);
    return false;
  }

  /**
   * The person chose what the text is, with both before their eyes. Their own text is saved first: whatever was chosen,
   * both stand among the versions.
   */
  settle(content: Content): Promise<boolean> {
    const { note, content: mine, theirs } = this.view;
    this.unheard = [];
    if (!sameContent(mine, content)) this.owed ??= mine;
    this.set({ note: theirs ?? note, content, theirs: null, keeping: 'typed', error: null });
    return this.flush();
  }

  /** The server's note after a verb of its own (a signature). */
  replace(note: Note): void {
    this.set({ note, content: contentOf(note), keeping: 'saved', theirs: null, error: null });
    void this.copy();
  }

  /** The page goes: what is unsaved is sent a last time; its copy stays until the server has it. */
  leave(): void {
    this.stopCopy?.();
    this.stopCopy = null;
    if (!this.clean) void this.flush();
    else this.stopSend?.();
  }
}

export interface Disputed { code: string; title: string; base: string; mine: string; theirs: string; /** Only one side changed it, or both agree. */ proposed: string | null }

/** The sections where two texts part, with what to take where only one of them changed. */
export function disputed(base: Content, mine: Content, theirs: Content): Disputed[] {
  return mine.sections.flatMap((section) => {
    const before = base.sections.find(({ code }) => code === section.code)?.text ?? '';
    const other = theirs.sections.find(({ code }) => code === section.code)?.text ?? '';
    if (other === section.text) return [];
    const proposed = other === before ? section.text : section.text === before ? other : null;
    return [{ code: section.code, title: section.title, base: before, mine: section.text, theirs: other, proposed }];
  });
}

/** My text with the settled sections; structured entries of both sides stay. */
export function merged(mine: Content, theirs: Content, settled: Record<string, string>): Content {
  return {
    title: mine.title,
    sections: mine.sections.map((section) => {
      const other = theirs.sections.find(({ code }) => code === section.code);
      return { ...section, text: settled[section.code] ?? section.text, entries: [...new Set([...(other?.entries ?? []), ...section.entries])] };
    }),
  };
}
