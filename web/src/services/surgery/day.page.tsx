import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeSelect, TextInput } from '@mantine/core';
import { today } from '../../datatypes/Date/today';
import { formatTime } from '../../datatypes/Date/format';
import { Loaded } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { DayRoom } from './day-room.panel';
import { useDay, withTaps, type Day } from './day.resource';
import { project, LATE_MINUTES, nextToCall } from './projection';
import { ProposalsPanel } from './proposals.panel';
import { TapsNotice } from './taps.panel';
import { overlay } from './queue';
import { tapsOf, useTapState } from './use-taps';
import './day.css';

const TICK_MS = 15_000;

/** The clock of the page; projections move with it. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The day of the theatre: rooms side by side, where each case stands, and what comes next. */
export default function DayPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { date, site } = useSearch({ strict: false }) as { date?: string; site?: string };
  const day = date ?? today();
  const query = useDay(day, site ?? '');
  const now = useNow();
  const show = (search: { date?: string; site?: string }) => void navigate({ to: '/day', search: { date, site, ...search } as never, replace: true });
  return (
    <div className="mh-page mh-day-page">
      <div className="mh-page-head mh-day-head">
        <h1 className="mh-title mh-grow">{t('day.title')}</h1>
        <TapsNotice />
        <span className="mh-day-clock">{t('day.at', { time: formatTime(new Date(now).toISOString(), language) })}</span>
        <TextInput type="date" aria-label={t('common.date')} value={day} onChange={(event) => show({ date: event.currentTarget.value || undefined })} />
        {(query.data?.facilities.length ?? 0) > 1 && (
          <NativeSelect aria-label={t('day.site')} value={site ?? ''} data={[{ value: '', label: t('day.allSites') }, ...(query.data?.facilities ?? []).map(({ ref, name }) => ({ value: ref, label: name }))]} onChange={(event) => show({ site: event.currentTarget.value || undefined })} />
        )}
      </div>
      {day === today() && <ProposalsPanel site={site ?? ''} />}
      <Loaded query={query}>{(known) => <Rooms known={known} now={now} />}</Loaded>
    </div>
  );
}

function Rooms({ known, now }: { known: Day; now: number }) {
  const { t } = useTranslation();
  const queue = tapsOf(useMe());
  const taps = overlay(useTapState(queue));
  const day = withTaps(known, taps);
  const busy = day.rooms.filter((room) => room.cases.length > 0);
  const seen = busy.map((room) => ({ room, projected: project(room.cases, now) }));
  const late = seen.flatMap(({ projected }) => projected.filter((one) => one.late >= LATE_MINUTES && (one.state === 'waiting' || one.state === 'called'))).length;
  const call = seen.filter(({ projected }) => nextToCall(projected, now)).length;
  const running = seen.filter(({ projected }) => projected.some(({ state }) => state === 'running')).length;
  if (!busy.length) return <p className="mh-empty">{t('day.none')}</p>;
  return (
    <>
      <p className="mh-day-sum" role="status">
        <span className="mh-tag mh-tag-accent">{t('day.running', { count: running })}</span>
        <span className={late ? 'mh-tag mh-tag-warn' : 'mh-tag'}>{t('day.late', { count: late })}</span>
        <span className={call ? 'mh-tag mh-tag-accent' : 'mh-tag'}>{t('day.toCall', { count: call })}</span>
      </p>
      <div className="mh-day" tabIndex={0} role="group" aria-label={t('day.rooms')}>
        {seen.map(({ room, projected }) => <DayRoom key={room.ref} room={room} projected={projected} now={now} queue={queue} />)}
      </div>
    </>
  );
}
