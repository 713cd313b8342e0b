// Leaving a station: the session ends on the server, and the page waits, hidden, for its author.
import { resumeSession } from '../fhir/account';
import { Failure, postJson } from '../fhir/http';
import { session, type Me } from '../fhir/session';

const RETRY_MS = 4_000;
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('medhub') : null;
// A channel reaches this origin only, and takes no target.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const tell = (news: string): void => tabs?.postMessage(news);

/** Ends the session on the server; a network that is away is asked again until it answers or somebody is back. */
async function endSession(): Promise<void> {
  while (session.get().state === 'locked') {
    try {
      await postJson('/api/v1/auth/logout', {});
      return;
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'refused') return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

const nameOf = (me: Me): string => `in ${me.tenant}/${me.user}`;

export function lockStation(): void {
  if (session.get().state !== 'in') return;
  session.lock();
  tell('locked');
  void endSession();
}

/** The tabs of one browser share its session: they lock, and open again, together. */
export function watchTabs(): () => void {
  const announce = () => {
    const now = session.get();
    if (now.state === 'in') tell(nameOf(now.me));
  };
  announce();
  const stop = session.subscribe(announce);
  const hear = ({ data }: MessageEvent) => {
    const now = session.get();
    if (data === 'locked') session.lock();
    else if (now.state !== 'in' || nameOf(now.me) !== data) void resumeSession().catch(() => undefined);
  };
  tabs?.addEventListener('message', hear);
  return () => {
    stop();
    tabs?.removeEventListener('message', hear);
  };
}
