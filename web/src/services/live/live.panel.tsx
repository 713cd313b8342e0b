import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onLive, type Change } from '../../fhir/live';
import { useMe } from '../../fhir/session';
import { chartOf, isStale } from './stale.resource';
import { joinLive } from './stream';

/** Changes that come together are answered together: a transaction of forty resources asks a list once. */
const GATHER_MS = 250;

/** Keeps what is shown true: a change asks anew what it may concern, and nothing else. Draws nothing. */
export default function LiveLayer() {
  const { tenant, user } = useMe();
  const queries = useQueryClient();
  useEffect(() => joinLive(`${tenant}/${user}`), [tenant, user]);
  useEffect(() => {
    let gathered: Change[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const answer = () => {
      const changes = gathered;
      gathered = [];
      timer = undefined;
      const open = chartOf(window.location.pathname);
      void queries.invalidateQueries({ predicate: ({ queryKey }) => changes.some((change) => isStale(queryKey, change, open)) });
    };
    const stop = onLive((change) => {
      if (change === 'reset') void queries.invalidateQueries();
      else {
        gathered.push(change);
        timer ??= setTimeout(answer, GATHER_MS);
      }
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [queries]);
  return null;
}
