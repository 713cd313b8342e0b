import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { formatNumber } from '../../datatypes/Quantity/number';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { useBegin, useScenarios, type Scenario, type ScenarioLine } from './scenario.resource';

interface ScenariosProps { from: string; to: string; site: string; open: (scenario: Pick<Scenario, 'id' | 'from'>) => void; close: () => void }

/** The what-if plans side by side, and a new one over the days that are shown. */
export default function Scenarios({ from, to, site, open, close }: ScenariosProps) {
  const { t } = useTranslation();
  const query = useScenarios();
  const begin = useBegin();
  const [fields, setFields] = useState({ name: '', from, to });
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((now) => ({ ...now, [name]: value }));
  };
  return (
    <div className="mh-optimise">
      <Panel title={t('theatre.scenario.all')} side={<Button size="compact-sm" variant="default" onClick={close}>{t('common.close')}</Button>}>
        <p className="mh-quiet">{t('theatre.scenario.hint')}</p>
        <form
          className="mh-optimise-set"
          onSubmit={(event) => {
            event.preventDefault();
            begin.mutate({ ...fields, name: fields.name.trim(), ...(site ? { facility: site } : {}) }, { onSuccess: (made) => made && open(made) });
          }}
        >
          <TextInput size="xs" data-autofocus label={t('theatre.scenario.name')} maxLength={80} value={fields.name} onChange={set('name')} />
          <TextInput type="date" size="xs" label={t('theatre.from')} value={fields.from} onChange={set('from')} />
          <TextInput type="date" size="xs" label={t('theatre.to')} value={fields.to} onChange={set('to')} />
          <Button type="submit" loading={begin.isPending} disabled={!fields.name.trim()}>{t('theatre.scenario.begin')}</Button>
        </form>
        {begin.isError && <FailureNotice error={begin.error} />}
        <Loaded query={query}>{(all) => (all.length ? <Table all={all} open={open} /> : <p className="mh-empty">{t('theatre.scenario.none')}</p>)}</Loaded>
      </Panel>
    </div>
  );
}

function Table({ all, open }: { all: ScenarioLine[]; open: ScenariosProps['open'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const pair = (before: number, after: number) => `${formatNumber(String(Math.round(before)), language)} → ${formatNumber(String(Math.round(after)), language)}`;
  return (
    <table className="mh-table" data-testid="scenarios">
      <caption className="mh-sr">{t('theatre.scenario.all')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('theatre.scenario.name')}</th><th scope="col">{t('theatre.scenario.days')}</th><th scope="col">{t('theatre.scenario.by')}</th>
          <th scope="col" className="mh-num">{t('theatre.moves')}</th><th scope="col" className="mh-num">{t('theatre.scenario.figure.cases')}</th><th scope="col" className="mh-num">{t('theatre.scenario.figure.overtime')}</th><th scope="col" className="mh-num">{t('theatre.total')}</th><th scope="col"><span className="mh-sr">{t('theatre.scenario.open')}</span></th>
        </tr>
      </thead>
      <tbody>
        {all.map((one) => (
          <tr key={one.id}>
            <td className="mh-strong">{one.name}{one.stale > 0 && <div className="mh-warn">{t('theatre.scenario.sickShort', { count: one.stale })}</div>}</td>
            <td><DateText value={one.from} /> – <DateText value={one.to} /></td>
            <td>{one.by}</td>
            <td className="mh-num">{one.moves}</td>
            <td className="mh-num">{pair(one.figures.now.cases, one.figures.then.cases)}</td>
            <td className="mh-num">{pair(one.figures.now.overtime, one.figures.then.overtime)}</td>
            <td className="mh-num">{pair(one.figures.now.cost.total, one.figures.then.cost.total)}</td>
            <td><Button size="compact-sm" variant="default" onClick={() => open(one)}>{t('theatre.scenario.open')}</Button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
