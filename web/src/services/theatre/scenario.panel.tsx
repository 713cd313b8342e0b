import { Button } from '@mantine/core';
import { IconArrowBack, IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clinicDay, formatTime } from '../../datatypes/Date/format';
import { formatNumber } from '../../datatypes/Quantity/number';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { plainNumber, type Resources } from './board.resource';
import { refusalIn } from './change.resource';
import { DayName } from './days.panel';
import { SpotText } from './moves.panel';
import { FIGURES, useScenario, useScenarioVerb, type Figures, type Scenario, type ScenarioMove } from './scenario.resource';
import { Conflicts } from './verdict.panel';

interface BarProps { id: string; rooms: Resources['rooms']; leave: () => void; open: (day: string) => void }

/** Says above the board that it shows a scenario, what that changes, and lets one apply or leave it. */
export default function ScenarioBar({ id, rooms, leave, open }: BarProps) {
  const { t } = useTranslation();
  const query = useScenario(id);
  // It may have been applied or deleted by somebody else: one still finds the way out.
  if (query.isError && !query.data) {
    return (
      <div className="mh-scenario" data-testid="scenario">
        <FailureNotice error={query.error} />
        <Button size="xs" variant="default" leftSection={<IconArrowBack size={15} aria-hidden="true" />} onClick={leave}>{t('theatre.scenario.leave')}</Button>
      </div>
    );
  }
  return <div className="mh-scenario" data-testid="scenario"><Loaded query={query}>{(scenario) => <Bar scenario={scenario} rooms={rooms} leave={leave} open={open} />}</Loaded></div>;
}

function Bar({ scenario, rooms, leave, open }: Omit<BarProps, 'id'> & { scenario: Scenario }) {
  const { t } = useTranslation();
  const [asked, ask] = useState<'apply' | 'delete' | null>(null);
  const verb = useScenarioVerb(scenario.id);
  const refused = refusalIn(verb.error);
  const sick = scenario.moves.filter(({ stale, conflicts }) => stale !== null || conflicts.length > 0).length;
  const run = (which: 'apply' | 'delete') => verb.mutate({ verb: which }, { onSuccess: leave });
  const close = () => {
    verb.reset();
    ask(null);
  };
  return (
    <>
      <div className="mh-scenario-head">
        <IconFlask size={20} aria-hidden="true" />
        <p className="mh-grow"><strong>{t('theatre.scenario.title', { name: scenario.name })}</strong> <span className="mh-quiet">{t('theatre.scenario.nothingBooked')}</span></p>
        <Button size="xs" variant="default" leftSection={<IconArrowBack size={15} aria-hidden="true" />} onClick={leave}>{t('theatre.scenario.leave')}</Button>
        <Button size="xs" variant="default" className="mh-danger" onClick={() => ask('delete')}>{t('theatre.scenario.delete')}</Button>
        <Button size="xs" disabled={scenario.moves.length === 0 || sick > 0} onClick={() => ask('apply')}>{t('theatre.scenario.apply', { count: scenario.moves.length })}</Button>
      </div>
      {sick > 0 && <p role="alert" className="mh-warn">{t('theatre.scenario.sick', { count: sick })}</p>}
      <div className="mh-scenario-body">
        <Compared figures={scenario.figures} />
        <Moves moves={scenario.moves} rooms={rooms} open={open} back={(key) => verb.mutate({ verb: 'back', key })} busy={verb.isPending} />
      </div>
      {!asked && verb.isError && <FailureNotice error={verb.error} />}
      {asked && (
        <Confirm title={t(`theatre.scenario.${asked}Title`)} action={t(asked === 'apply' ? 'theatre.scenario.applyIt' : 'theatre.scenario.delete')} danger={asked === 'delete'} busy={verb.isPending} error={refused ? null : verb.error} run={() => run(asked)} close={close}>
          <p>{t(`theatre.scenario.${asked}Hint`, { count: scenario.moves.length })}</p>
          {refused && <Conflicts conflicts={refused.conflicts} />}
        </Confirm>
      )}
    </>
  );
}

/** The plan as it is, beside what it would be. */
function Compared({ figures: { now, then } }: { figures: { now: Figures; then: Figures } }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const figure = (value: number) => formatNumber(String(Math.round(value)), language);
  const rows = [...FIGURES.map((name) => [t(`theatre.scenario.figure.${name}`), now[name], then[name], name] as const), [t('theatre.total'), now.cost.total, then.cost.total, 'total'] as const];
  // More cases are good news, more of anything else is not.
  const tone = (name: string, gain: number) => (gain === 0 || name === 'minutes' || name === 'roomDays' ? 'mh-quiet' : gain > 0 === (name === 'cases') ? 'mh-ok' : 'mh-warn');
  return (
    <table className="mh-table mh-costs" data-testid="scenario-figures">
      <caption className="mh-sr">{t('theatre.scenario.figures')}</caption>
      <thead><tr><th scope="col">{t('theatre.scenario.figures')}</th><th scope="col" className="mh-num">{t('theatre.scenario.plan')}</th><th scope="col" className="mh-num">{t('theatre.scenario.then')}</th><th scope="col" className="mh-num">{t('theatre.scenario.difference')}</th></tr></thead>
      <tbody>
        {rows.map(([label, before, after, name]) => (
          <tr key={name} className={name === 'total' ? 'mh-strong' : undefined}>
            <td>{label}</td>
            <td className="mh-num">{figure(before)}</td>
            <td className="mh-num">{figure(after)}</td>
            <td className={`mh-num ${tone(name, after - before)}`}>{after > before ? '+' : ''}{figure(after - before)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Moves({ moves, rooms, open, back, busy }: { moves: ScenarioMove[]; rooms: Resources['rooms']; open: (day: string) => void; back: (key: string) => void; busy: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (moves.length === 0) return <p className="mh-empty">{t('theatre.scenario.empty')}</p>;
  return (
    <div className="mh-moves" role="region" tabIndex={0} aria-label={t('theatre.moves')}>
      <table className="mh-table mh-sticky">
        <thead><tr><th scope="col">{t('theatre.case')}</th><th scope="col">{t('theatre.before1')}</th><th scope="col">{t('theatre.after1')}</th><th scope="col"><span className="mh-sr">{t('theatre.scenario.back')}</span></th></tr></thead>
        <tbody>
          {moves.map((move) => (
            <tr key={move.key} data-stale={move.stale ?? undefined}>
              <td><span className="mh-strong">{move.patient?.name ?? plainNumber(move.number)}</span> <span className="mh-quiet">{move.act}</span>
                {move.stale && <div className="mh-warn">{t(`theatre.scenario.stale.${move.stale}`)}</div>}
                {move.conflicts.length > 0 && <Conflicts conflicts={move.conflicts} />}
              </td>
              <td><SpotText spot={move.from} rooms={rooms} /></td>
              <td className="mh-strong">{move.to ? <button type="button" className="mh-link" onClick={() => move.to && open(clinicDay(new Date(move.to.start)))}><DayName day={clinicDay(new Date(move.to.start))} />, {formatTime(move.to.start, language)} {move.to.roomName}</button> : t('theatre.scenario.out')}</td>
              <td><Button size="compact-sm" variant="default" disabled={busy} onClick={() => back(move.key)}>{t('theatre.scenario.back')}</Button></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
