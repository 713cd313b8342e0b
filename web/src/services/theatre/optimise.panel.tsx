import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../datatypes/Date/today';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { formatNumber } from '../../datatypes/Quantity/number';
import { useLanguage } from '../../i18n';
import type { Resources } from './board.resource';
import { refusalIn } from './change.resource';
import { MoveTable } from './moves.panel';
import { COSTS, fallOf, horizonOf, useJob, useJobVerb, useStart, type Job, type Settings } from './optimise.resource';
import { useBegin } from './scenario.resource';
import { Conflicts } from './verdict.panel';

const SECONDS = ['5', '10', '30', '60'];
const MOVES = ['drafts', 'all', 'none'] as const;

interface OptimiserProps { day: string; site: string; rooms: Resources['rooms']; close: () => void; keep: (scenario: { id: string; from: string }) => void }

/** Chooses what may change, starts, watches, and takes or leaves the plan that was found. Nothing is changed before. */
export default function Optimiser({ day, site, rooms, close, keep }: OptimiserProps) {
  const { t } = useTranslation();
  const [settings, setSettings] = useState<Settings>({ ...horizonOf(day, today()), seconds: 10, move: 'drafts', add: true });
  const [job, setJob] = useState<string | null>(null);
  const start = useStart();
  const query = useJob(job);
  const verb = useJobVerb(job);
  const scenario = useBegin();
  const state = query.data?.state;
  const running = start.isPending || (job !== null && (state === undefined || state === 'running'));
  const begin = () => {
    verb.reset();
    start.mutate({ ...settings, ...(site ? { facility: site } : {}) }, { onSuccess: (answer) => setJob(answer?.job ?? null) });
  };
  const set = <K extends keyof Settings>(name: K, value: Settings[K]) => setSettings((now) => ({ ...now, [name]: value }));
  const refused = refusalIn(verb.error);
  return (
    <div className="mh-optimise">
      <Panel title={t('theatre.optimiser')} side={<Button size="compact-sm" variant="default" onClick={close}>{t('common.close')}</Button>}>
        <div className="mh-optimise-set">
          <TextInput type="date" size="xs" label={t('theatre.from')} value={settings.from} disabled={running} onChange={(event) => set('from', event.currentTarget.value)} />
          <TextInput type="date" size="xs" label={t('theatre.to')} value={settings.to} disabled={running} onChange={(event) => set('to', event.currentTarget.value)} />
          <NativeSelect size="xs" label={t('theatre.mayMove')} value={settings.move} disabled={running} onChange={(event) => set('move', event.currentTarget.value as Settings['move'])} data={MOVES.map((value) => ({ value, label: t(`theatre.may.${value}`) }))} />
          <NativeSelect size="xs" label={t('theatre.time')} value={String(settings.seconds)} disabled={running} onChange={(event) => set('seconds', Number(event.currentTarget.value))} data={SECONDS.map((value) => ({ value, label: t('theatre.seconds', { seconds: value }) }))} />
          <Checkbox label={t('theatre.addWaiting')} checked={settings.add} disabled={running} onChange={(event) => set('add', event.currentTarget.checked)} />
          {running ? <Button onClick={() => verb.mutate('stop')}>{t('theatre.stop')}</Button> : <Button onClick={begin}>{t(job ? 'theatre.again' : 'theatre.begin')}</Button>}
        </div>
        {start.isError && <FailureNotice error={start.error} />}
        {query.isError && <FailureNotice error={query.error} />}
        {query.data && <Found job={query.data} rooms={rooms} />}
        {scenario.isError && <FailureNotice error={scenario.error} />}
        {verb.isError && (refused ? <Conflicts conflicts={refused.conflicts} /> : <FailureNotice error={verb.error} />)}
        {verb.isError && refused && <p className="mh-warn">{t('theatre.worldMoved')}</p>}
        {query.data && !running && state !== 'failed' && (
          <div className="mh-actions mh-actions-end">
            {verb.isSuccess && verb.variables === 'apply' ? (
              <p role="status" className="mh-ok">{t('theatre.applied', { booked: verb.data?.booked ?? 0, moved: verb.data?.moved ?? 0 })}</p>
            ) : (
              <>
                <Button variant="default" onClick={() => setJob(null)}>{t('theatre.discard')}</Button>
                <Button variant="default" disabled={query.data.moves.length === 0} loading={scenario.isPending} onClick={() => job && scenario.mutate({ name: t('theatre.scenario.proposal'), from: settings.from, to: settings.to, job, ...(site ? { facility: site } : {}) }, { onSuccess: (made) => made && keep(made) })}>{t('theatre.scenario.keep')}</Button>
                <Button disabled={query.data.moves.length === 0} loading={verb.isPending} onClick={() => verb.mutate('apply')}>{t('theatre.apply', { count: query.data.moves.length })}</Button>
              </>
            )}
          </div>
        )}
      </Panel>
    </div>
  );
}

function Found({ job, rooms }: { job: Job; rooms: Resources['rooms'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const figure = (value: number | undefined) => formatNumber(String(Math.round(value ?? 0)), language);
  return (
    <div className="mh-optimise-found">
      <div>
        <p role="status">
          <strong>{t(`theatre.job.${job.state}`)}</strong> · {t('theatre.elapsed', { seconds: formatNumber(job.elapsed.toFixed(1), language) })} · {t('theatre.improvements', { count: job.improvements.length })}
        </p>
        <Fall job={job} label={t('theatre.fall', { from: figure(job.costNow.total), to: figure(job.cost.total) })} />
      </div>
      <table className="mh-table mh-costs">
        <caption className="mh-sr">{t('theatre.costs')}</caption>
        <thead><tr><th scope="col">{t('theatre.cost')}</th><th scope="col" className="mh-num">{t('theatre.before1')}</th><th scope="col" className="mh-num">{t('theatre.after1')}</th><th scope="col" className="mh-num">{t('theatre.gain')}</th></tr></thead>
        <tbody>
          {COSTS.filter((part) => (job.costNow[part] ?? 0) !== 0 || (job.cost[part] ?? 0) !== 0).map((part) => <CostRow key={part} name={t(`theatre.costOf.${part}`)} before={job.costNow[part] ?? 0} after={job.cost[part] ?? 0} figure={figure} />)}
          <CostRow name={t('theatre.total')} before={job.costNow.total} after={job.cost.total} figure={figure} strong />
        </tbody>
      </table>
      <MoveTable moves={job.moves} rooms={rooms} />
    </div>
  );
}

function CostRow({ name, before, after, figure, strong = false }: { name: string; before: number; after: number; figure: (value: number) => string; strong?: boolean }) {
  const gain = after - before;
  return (
    <tr className={strong ? 'mh-strong' : undefined}>
      <td>{name}</td>
      <td className="mh-num">{figure(before)}</td>
      <td className="mh-num">{figure(after)}</td>
      <td className={`mh-num ${gain < 0 ? 'mh-ok' : gain > 0 ? 'mh-warn' : 'mh-quiet'}`}>{gain > 0 ? '+' : ''}{figure(gain)}</td>
    </tr>
  );
}

const WIDE = 320;
const HIGH = 84;
const EDGE = 6;

/** The cost as it falls. */
function Fall({ job, label }: { job: Job; label: string }) {
  const points = fallOf(job.improvements, job.elapsed).map(({ x, y }) => `${(EDGE + x * (WIDE - 2 * EDGE)).toFixed(1)},${(HIGH - EDGE - y * (HIGH - 2 * EDGE)).toFixed(1)}`);
  return (
    <figure className="mh-fall">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} width={WIDE} height={HIGH} role="img" aria-label={label}>
        <line x1={EDGE} x2={WIDE - EDGE} y1={HIGH - EDGE} y2={HIGH - EDGE} stroke="var(--mh-line-strong)" />
        <polyline points={points.join(' ')} fill="none" stroke="var(--mh-plot-1)" strokeWidth="2" />
        {points.length > 0 && <circle cx={points.at(-1)?.split(',')[0]} cy={points.at(-1)?.split(',')[1]} r="4" fill="var(--mh-plot-1)" />}
      </svg>
      <figcaption>{label}</figcaption>
    </figure>
  );
}
