import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { getJson } from '../../fhir/http';
import { useLiveState } from '../../fhir/live';
import { useSession } from '../../fhir/session';
import { API } from '../../fhir/verbs';
import { useLanguage } from '../../i18n';
import { boardKey, queryOf, useTheatreLive, type Board } from './board.resource';
import { useNow } from './day.panel';
import { RoomState } from './wall.panel';
import { pagesOf, staleAfter, wallRows } from './wall.resource';
import './wall.css';

const TURN_MS = 15_000;
/** The stream tells of changes. Once in a while the board is read all the same: the hour that it shows is a proof, not a hope. */
const PROOF_MS = 60_000;

/** The board of the corridor: large, live, without names and without anything to press but the way out. */
export default function WallPage() {
  const session = useSession();
  useTheatreLive();
  // Under a session that ended the way to sign in again has to be seen.
  return session.state === 'in' ? createPortal(<Wall />, document.body) : null;
}

function useWall(site: string) {
  const day = today();
  return useQuery({
    queryKey: boardKey(day, day, site),
    queryFn: ({ signal }) => getJson<Board>(`${API}theatre/board${queryOf({ from: day, to: day, facility: site })}`, signal),
    refetchInterval: PROOF_MS,
    refetchIntervalInBackground: true,
    retry: true,
    retryDelay: 5_000,
  });
}

function Wall() {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useWall(new URLSearchParams(window.location.search).get('site') ?? '');
  const live = useLiveState();
  const now = useNow();
  const [page, setPage] = useState(0);
  const rows = query.data ? wallRows(query.data, now) : [];
  const pages = pagesOf(rows);
  const shown = pages[page % Math.max(1, pages.length)] ?? [];
  const stale = query.dataUpdatedAt > 0 && (live === 'lost' || query.failureCount > 0 || query.fetchStatus === 'paused' || staleAfter(query.dataUpdatedAt, now));
  useEffect(() => {
    if (pages.length < 2) return undefined;
    const timer = setInterval(() => setPage((one) => one + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [pages.length]);
  useEffect(() => {
    // Only this board is there for a hand or a reader of the screen.
    const root = document.getElementById('root');
    root?.setAttribute('inert', '');
    return () => root?.removeAttribute('inert');
  }, []);
  return (
    <main className="mh-wall" data-testid="wall">
      <header>
        <Link to="/theatre" aria-label={t('theatre.leaveWall')}><IconArrowLeft size={28} aria-hidden="true" /></Link>
        <h1>{t('nav.theatre')}</h1>
        <span>{formatDate(today(), language, true)}</span>
        {pages.length > 1 && <span>{t('theatre.page', { page: (page % pages.length) + 1, of: pages.length })}</span>}
        <span className="mh-wall-data" role="status" data-stale={stale || undefined}>
          {stale && <IconAlertTriangle size={30} aria-hidden="true" />}
          {query.dataUpdatedAt > 0 ? t(stale ? 'theatre.staleData' : 'theatre.dataAt', { time: formatTime(new Date(query.dataUpdatedAt).toISOString(), language) ?? '' }) : t('theatre.noData')}
        </span>
        <time className="mh-wall-clock">{formatTime(new Date(now).toISOString(), language)}</time>
      </header>
      <ul style={{ '--rooms': Math.max(1, shown.length) } as React.CSSProperties}>
        {shown.map((row) => <RoomState key={row.room} row={row} />)}
      </ul>
    </main>
  );
}
