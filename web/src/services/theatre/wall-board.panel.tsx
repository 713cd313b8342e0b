import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { useLanguage } from '../../i18n';
import { useNow } from './day.panel';
import { RoomState } from './wall.panel';
import { pagesOf, staleAfter, useWall, wallRows } from './wall.resource';
import './wall.css';

const TURN_MS = 15_000;

interface BoardProps { site: string; token: string | null; lost: boolean; way: ReactNode }

/** The rooms, as large as they can be; that it is old is said larger than anything. */
export function WallBoard({ site, token, lost, way }: BoardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useWall(site, token);
  const now = useNow();
  const [page, setPage] = useState(0);
  const pages = pagesOf(query.data ? wallRows(query.data) : []);
  const shown = pages[page % Math.max(1, pages.length)] ?? [];
  const stale = query.dataUpdatedAt > 0 && (lost || query.failureCount > 0 || query.fetchStatus === 'paused' || staleAfter(query.dataUpdatedAt, now));
  useEffect(() => {
    if (pages.length < 2) return undefined;
    const timer = setInterval(() => setPage((one) => one + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [pages.length]);
  useEffect(() => {
    // Over a page, only this board is there for a hand or a reader of the screen.
    const root = token === null ? document.getElementById('root') : null;
    root?.setAttribute('inert', '');
    return () => root?.removeAttribute('inert');
  }, [token]);
  return (
    <main className="mh-wall" data-testid="wall">
      <header>
        {way}
        <h1>{t('nav.theatre')}</h1>
        <span>{formatDate(today(), language, true)}</span>
        {pages.length > 1 && <span>{t('theatre.page', { page: (page % pages.length) + 1, of: pages.length })}</span>}
        <span className="mh-wall-data" role="status" data-stale={stale || undefined}>
          {stale && <IconAlertTriangle size={30} aria-hidden="true" />}
          {query.dataUpdatedAt > 0 ? t(stale ? 'theatre.staleData' : 'theatre.dataAt', { time: formatTime(new Date(query.dataUpdatedAt).toISOString(), language) ?? '' }) : t('theatre.noData')}
        </span>
        <time className="mh-wall-clock">{formatTime(new Date(now).toISOString(), language)}</time>
      </header>
      {query.data === null && <p className="mh-wall-ended" role="alert">{t('theatre.walls.ended')}</p>}
      <ul style={{ '--rooms': Math.max(1, shown.length) } as React.CSSProperties}>
        {shown.map((row) => <RoomState key={row.room} row={row} />)}
      </ul>
    </main>
  );
}
