// The one stream of a browser: the tab that holds the lock reads it and tells the others; when it closes, the next one takes
// over from where it was. Without locks (a page that is not served over TLS) each tab reads for itself.
import { liveState, tellLive, type Change, type LiveState } from '../../fhir/live';
import { readMe } from '../../fhir/account';
import { connection } from '../../fhir/session';

type News = { kind: 'change'; change: Change } | { kind: 'reset'; t: number } | { kind: 'state'; state: LiveState; t: number } | { kind: 'who' };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** After so many refusals in a row, the session is looked at: a stream does not say why it was refused. */
const DOUBT = 2;

function positionOf(text: string): { t: number; reason?: string } & Partial<Change> {
  try {
    return JSON.parse(text) as { t: number };
  } catch {
    return { t: 0 };
  }
}

/** Reads the stream until it is stopped; gives news as they come. */
class Reader {
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private refused = 0;
  private over = false;

  constructor(
    private cursor: number,
    private readonly give: (news: News) => void,
  ) {}

  start(): void {
    this.over = false;
    clearTimeout(this.timer);
    const source = new EventSource(this.cursor ? `/api/v1/live?since=${this.cursor}` : '/api/v1/live');
    this.source = source;
    const hear = (name: string, run: (data: ReturnType<typeof positionOf>) => void) =>
      source.addEventListener(name, (event) => {
        const data = positionOf((event as MessageEvent<string>).data);
        if (data.t) this.cursor = data.t;
        run(data);
      });
    hear('ready', () => {
      this.refused = 0;
      connection.set({ reachable: true });
      this.state('on');
    });
    hear('change', (data) => this.give({ kind: 'change', change: data as Change }));
    hear('reset', (data) => this.give({ kind: 'reset', t: data.t }));
    hear('end', ({ reason }) => {
      if (reason === 'restart') return;
      this.stop();
      this.state('lost');
      // The page is told by the answer itself that the session is over.
      void readMe().catch(() => undefined);
    });
    source.addEventListener('error', () => this.failed(source));
  }

  stop(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  get t(): number {
    return this.cursor;
  }

  private state(state: LiveState): void {
    this.give({ kind: 'state', state, t: this.cursor });
  }

  /** A broken line is mended by the browser, with its position; a refusal closes it, and is asked again, ever more seldom. */
  private failed(source: EventSource): void {
    if (this.over) return;
    this.state('lost');
    void fetch('/livez', { cache: 'no-store' }).catch(() => connection.set({ reachable: false }));
    if (source.readyState !== EventSource.CLOSED) return;
    this.refused += 1;
    if (this.refused > DOUBT) void readMe().catch(() => undefined);
    this.timer = setTimeout(() => this.start(), Math.min(FIRST_WAIT_MS * 2 ** this.refused, LONGEST_WAIT_MS));
  }
}

const CHANNEL = 'medhub.live';

/** Joins the stream of this person until the returned function is called. */
export function joinLive(who: string): () => void {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(`${CHANNEL}.${who}`) : null;
  let reader: Reader | null = null;
  let seen = 0;

  const take = (news: News) => {
    if (news.kind === 'change') {
      // A line that comes again after a reconnection was already told.
      if (news.change.t <= seen) return;
      seen = news.change.t;
      tellLive(news.change);
    } else if (news.kind === 'reset') {
      seen = news.t;
      tellLive('reset');
    } else if (news.kind === 'state') {
      seen = Math.max(seen, news.t);
      liveState.set(news.state);
    }
  };
  const give = (news: News) => {
    take(news);
    // A channel reaches this origin only, and takes no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel?.postMessage(news);
  };
  channel?.addEventListener('message', ({ data }: MessageEvent<News>) => {
    if (data.kind !== 'who') take(data);
    else if (reader) give({ kind: 'state', state: liveState.get(), t: reader.t });
  });

  const lead = () => {
    reader = new Reader(seen, give);
    reader.start();
  };
  const leave = new AbortController();
  let release: () => void = () => undefined;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel?.postMessage({ kind: 'who' } satisfies News);
  if (channel && 'locks' in navigator) {
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    navigator.locks
      .request(`${CHANNEL}.${who}`, { signal: leave.signal }, () => {
        if (leave.signal.aborted) return;
        lead();
        return held;
      })
      .catch(() => undefined);
  } else lead();

  return () => {
    leave.abort();
    reader?.stop();
    reader = null;
    release();
    channel?.close();
    liveState.set('off');
  };
}
