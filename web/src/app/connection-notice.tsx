import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { connection, useConnection } from '../fhir/session';

const RETRY_MS = 4_000;

/** Says that the server cannot be reached, and asks it until it answers; what failed meanwhile is then fetched. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const { reachable } = useConnection();
  const queries = useQueryClient();

  useEffect(() => {
    const lost = () => connection.set({ reachable: false });
    window.addEventListener('offline', lost);
    return () => window.removeEventListener('offline', lost);
  }, []);

  useEffect(() => {
    if (reachable) return;
    const ask = async () => {
      try {
        await fetch('/livez', { cache: 'no-store' });
        connection.set({ reachable: true });
        void queries.refetchQueries({ predicate: (query) => query.state.status === 'error' });
      } catch {
        // Still unreachable: the notice stays and the next turn asks again.
      }
    };
    const timer = setInterval(() => void ask(), RETRY_MS);
    return () => clearInterval(timer);
  }, [reachable, queries]);

  return (
    <div role="status" className="mh-connection">
      {!reachable && (
        <span className="mh-inline">
          <IconPlugConnectedX size={16} aria-hidden="true" />
          {t('app.unreachable')}
        </span>
      )}
    </div>
  );
}
