// What is tapped in the theatre must neither be lost nor told twice: every tap has a name of its own (the server keeps one
// of two with the same name), is kept in this browser before it is sent, and leaves in the order of the fingers.
import { Failure } from '../../fhir/http';

/** `surgery` is the id of a case, `what` is what the tap does, as its screen understands it: codes and times, no identity. */
export interface Tap {
  key: string;
  surgery: string;
  kind: 'milestone' | 'undo' | 'checklist';
  method: 'POST' | 'PUT' | 'DELETE';
  /** Under /api/v1/. */
  path: string;
  body: Record<string, unknown>;
  /** When the finger touched the screen. */
  at: string;
  /** The server's sentence, where it said no. */
  refused?: string;
}

export interface TapPorts {
  /** Those of this person, oldest first. */
  load: () => Promise<Tap[]>;
  keep: (tap: Tap) => Promise<void>;
  drop: (key: string) => Promise<void>;
  send: (tap: Tap) => Promise<void>;
  /** One page of the browser sends at a time. */
  alone: (run: () => Promise<void>) => Promise<void>;
}

export interface TapState {
  /** Waiting and refused, oldest first. */
  taps: Tap[];
  /** Taken by the server, while what the page shows was read before that. */
  sent: Tap[];
  sending: boolean;
}

/** What stands over the server's last answer, in the order of the fingers. */
export const overlay = ({ sent, taps }: TapState): Tap[] => [...sent, ...taps];

/** The server did not say no: it may be asked again. */
const LATER = new Set(['unreachable', 'expired', 'limited', 'server']);
const mayComeLater = (error: unknown): boolean => !(error instanceof Failure) || LATER.has(error.kind);

export class TapQueue {
  private state: TapState = { taps: [], sent: [], sending: false };
  private listeners = new Set<() => void>();
  private running: Promise<void> | null = null;
  private again = false;
  /** Not on the disk yet. */
  private readonly fresh = new Set<string>();

  constructor(private readonly ports: TapPorts) {}

  get = (): TapState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What a page before this one left. */
  async open(): Promise<void> {
    await this.reload();
    await this.flush();
  }

  /** Shown at once; kept, then sent. */
  async add(tap: Tap): Promise<void> {
    this.fresh.add(tap.key);
    this.set({ taps: [...this.state.taps, tap] });
    // A browser that refuses storage still sends; only a crash would then lose what waits.
    await this.ports.keep(tap).then(
      () => this.fresh.delete(tap.key),
      () => false,
    );
    await this.flush();
  }

  /** Forgets a tap: one that was not sent yet, or one that was refused and read. */
  async forget(key: string): Promise<void> {
    await this.ports.drop(key);
    this.fresh.delete(key);
    this.set({ taps: this.state.taps.filter((tap) => tap.key !== key) });
  }

  /** Sends what waits; true when nothing waits any more. */
  async flush(): Promise<boolean> {
    this.again = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    await this.running;
    return this.waiting().length === 0;
  }

  /** The page has read again what these changed. */
  settle(taps: readonly Tap[]): void {
    const keys = new Set(taps.map(({ key }) => key));
    this.set({ sent: this.state.sent.filter(({ key }) => !keys.has(key)) });
  }

  waiting = (): Tap[] => this.state.taps.filter((tap) => tap.refused === undefined);

  private async run(): Promise<void> {
    while (this.again) {
      this.again = false;
      await this.ports.alone(async () => {
        // Another page of this browser may have sent some since.
        await this.reload();
        this.set({ sending: true });
        try {
          for (const tap of this.waiting()) if (!(await this.sendOne(tap))) break;
        } finally {
          this.set({ sending: false });
        }
      });
    }
  }

  /** False when the server cannot be asked now: what follows waits too, or the order would be lost. */
  private async sendOne(tap: Tap): Promise<boolean> {
    try {
      await this.ports.send(tap);
    } catch (error) {
      if (mayComeLater(error)) return false;
      const refused = { ...tap, refused: error instanceof Error ? error.message : '' };
      await this.ports.keep(refused).catch(() => undefined);
      this.set({ taps: this.state.taps.map((one) => (one.key === tap.key ? refused : one)) });
      return true;
    }
    await this.ports.drop(tap.key).catch(() => undefined);
    this.fresh.delete(tap.key);
    this.set({ taps: this.state.taps.filter((one) => one.key !== tap.key), sent: [...this.state.sent, tap] });
    return true;
  }

  private async reload(): Promise<void> {
    // What was on the disk when it began to be read, and is not in what was read, another page has sent. A tap that came
    // later, or was still on its way to the disk, stays on the screen: else it would go out for a moment under the finger.
    const stored = new Set(this.state.taps.filter(({ key }) => !this.fresh.has(key)).map(({ key }) => key));
    const kept = await this.ports.load();
    const known = new Set(kept.map((tap) => tap.key));
    this.set({ taps: [...kept, ...this.state.taps.filter(({ key }) => !known.has(key) && !stored.has(key))] });
  }

  private set(part: Partial<TapState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
