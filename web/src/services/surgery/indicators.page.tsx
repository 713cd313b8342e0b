import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../datatypes/Date/today';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { CountedPanel } from './counted.panel';
import { FigureBars } from './figure-bars.panel';
import { FigureTiles } from './figure-tiles.panel';
import { FigureWeeks } from './figure-weeks.panel';
import { GROUPS, csvOf, figureText, useFigures, type Asked, type Figures, type Group, type Indicator } from './indicators.resource';
import { dayAfter } from './request.resource';
import './indicators.css';

const SPANS = [28, 91, 365] as const;

/** How the theatre does: one figure a tile; of the chosen one its definition, who makes it, how it moved, and the cases behind it. */
export default function IndicatorsPage() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>(() => ({ from: dayAfter(today(), -91), to: today(), by: 'room', facility: '' }));
  const query = useFigures(asked);
  const set = (part: Partial<Asked>) => setAsked({ ...asked, ...part });
  return (
    <div className="mh-page">
      <div className="mh-page-head mh-figures-head">
        <h1 className="mh-title mh-grow">{t('figures.title')}</h1>
        <div className="mh-row" role="group" aria-label={t('figures.period')}>
          {SPANS.map((days) => <Button key={days} size="compact-md" variant={asked.to === today() && asked.from === dayAfter(today(), -days) ? 'filled' : 'default'} aria-pressed={asked.to === today() && asked.from === dayAfter(today(), -days)} onClick={() => set({ from: dayAfter(today(), -days), to: today() })}>{t(`figures.span.${days}`)}</Button>)}
        </div>
        <TextInput type="date" label={t('figures.from')} value={asked.from} max={asked.to} onChange={(event) => event.currentTarget.value && set({ from: event.currentTarget.value })} />
        <TextInput type="date" label={t('figures.to')} value={asked.to} min={asked.from} onChange={(event) => event.currentTarget.value && set({ to: event.currentTarget.value })} />
        <NativeSelect label={t('figures.by')} value={asked.by} data={GROUPS.map((value) => ({ value, label: t(`figures.group.${value}`) }))} onChange={(event) => set({ by: event.currentTarget.value as Group })} />
        <Download figures={query.data} by={asked.by} />
      </div>
      <Loaded query={query}>{(figures) => <Body figures={figures} asked={asked} />}</Loaded>
    </div>
  );
}

function Body({ figures, asked }: { figures: Figures; asked: Asked }) {
  const { t } = useTranslation();
  const [code, setCode] = useState<string | null>(null);
  const [key, setKey] = useState('');
  const chosen = figures.indicators.find((one) => one.code === code) ?? figures.indicators[0];
  if (!chosen || figures.total.cases === 0) return <p className="mh-empty">{t('figures.none')}</p>;
  const choose = (next: string) => {
    setCode(next);
    setKey('');
  };
  return (
    <>
      <FigureTiles figures={figures} chosen={chosen.code} choose={choose} />
      <Panel title={chosen.name} side={<span>{t('figures.definition')}</span>}><p>{chosen.definition}</p></Panel>
      <div className="mh-grid-2 mh-figures-two">
        <Panel title={t(`figures.groupOf.${asked.by}`, { what: chosen.name })}><FigureBars figures={figures} by={asked.by} indicator={chosen} chosen={key} choose={(one) => setKey(one === key ? '' : one)} /></Panel>
        <Panel title={t('figures.weeks')}><FigureWeeks figures={figures} indicator={chosen} /></Panel>
      </div>
      <CountedPanel asked={asked} indicator={chosen} row={figures.rows.find((row) => row.key === key) ?? null} />
      <FigureTable figures={figures} by={asked.by} choose={choose} />
    </>
  );
}

function FigureTable({ figures, by, choose }: { figures: Figures; by: Group; choose: (code: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const cell = (values: Record<string, number | null>, { code, unit }: Indicator) => figureText(values[code], unit, language);
  return (
    <Panel title={t('figures.table')} flush>
      <div className="mh-scroll" tabIndex={0} role="group" aria-label={t('figures.table')}>
        <table className="mh-table mh-figure-table">
          <thead>
            <tr>
              <th scope="col">{t(`figures.group.${by}`)}</th>
              <th scope="col" className="mh-num">{t('figures.cases')}</th>
              {figures.indicators.map((one) => <th key={one.code} scope="col" className="mh-num"><button type="button" className="mh-link" title={one.definition} onClick={() => choose(one.code)}>{one.name}</button></th>)}
            </tr>
          </thead>
          <tbody>
            {[...figures.rows, figures.total].map((row) => (
              <tr key={row.key || 'total'} className={row === figures.total ? 'mh-strong' : undefined}>
                <th scope="row">{row === figures.total ? t('figures.total') : row.name}</th>
                <td className="mh-num">{row.cases}</td>
                {figures.indicators.map((one) => <td key={one.code} className="mh-num">{cell(row.values, one)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Download({ figures, by }: { figures: Figures | undefined; by: Group }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const save = () => {
    if (!figures) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csvOf(figures, t(`figures.group.${by}`), t('figures.cases'), language)], { type: 'text/csv;charset=utf-8' }));
    link.download = `indicateurs-bloc-${figures.from}-${figures.to}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
  };
  return <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />} disabled={!figures} onClick={save}>{t('figures.csv')}</Button>;
}
