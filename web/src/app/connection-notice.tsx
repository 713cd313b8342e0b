import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../datatypes/Date/format';
import { liveState } from '../fhir/live';
import { connection, useConnection } from '../fhir/session';
import { useLanguage } from '../i18n';

const RETRY_MS = 4_000;
const TOLD_MS = 5_000;

/**
 * Says that the server cannot be reached and since when what is shown may be old, asks it until it answers, then says that it is
 * back. What failed meanwhile is fetched; what changed meanwhile is told by the stream, or fetched whole where there is none.
 */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { reachable } = useConnection();
  const queries = useQueryClient();
  const [since, setSince] = useState<string | null>(null);
  const [back, setBack] = useState(false);

  useEffect(() => {
    const lost = () => connection.set({ reachable: false });
    window.addEventListener('offline', lost);
    return () => window.removeEventListener('offline', lost);
  }, []);

  const ask = useCallback(async () => {
    try {
      const answer = await fetch('/livez', { cache: 'no-store' });
      // A gateway that answers for a server that is away is no answer.
      if (answer.status >= 502) return;
      connection.set({ reachable: true });
    } catch {
      // Still unreachable: the notice stays and the next turn asks again.
    }
  }, []);

  useEffect(
    () =>
      connection.subscribe(() => {
        const here = connection.get().reachable;
        setBack(here);
        setSince(here ? null : new Date().toISOString());
        if (!here) return;
        if (liveState.get() === 'off') void queries.invalidateQueries();
        else void queries.refetchQueries({ predicate: (query) => query.state.status === 'error' });
      }),
    [queries],
  );

  useEffect(() => {
    if (reachable) return;
    const timer = setInterval(() => void ask(), RETRY_MS);
    window.addEventListener('online', ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', ask);
    };
  }, [reachable, ask]);

  useEffect(() => {
    if (!back) return;
    const timer = setTimeout(() => setBack(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [back]);

  return (
    <div role="status" className="mh-connection" data-back={back || undefined}>
      {!reachable && (
        <>
          <span className="mh-inline">
            <IconPlugConnectedX size={16} aria-hidden="true" />
            {t('app.unreachable')}
          </span>{' '}
          {since && <span className="mh-nowrap">{t('app.since', { time: formatTime(since, language) })}</span>}{' '}
          <button type="button" className="mh-link" onClick={() => void ask()}>{t('app.askNow')}</button>
        </>
      )}
      {back && (
        <span className="mh-inline">
          <IconPlugConnected size={16} aria-hidden="true" />
          {t('app.back')}
        </span>
      )}
    </div>
  );
}
