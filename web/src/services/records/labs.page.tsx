import { Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime, formatTime } from '../../datatypes/Date/format';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { fhirSearchAll } from '../../fhir/client';
import type { CodeableConcept, Reference, Resource } from '../../fhir/types';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { columnsOf, type Column } from './cumulative.resource';
import { FlagMark, flagClass } from './flag';
import { groupsOf, type Group } from './lab-groups.resource';
import { SeriesPlot } from './series-plot';
import { Sparkline } from './sparkline.panel';
import { useObservations, type Series } from './observations.resource';

const COLUMNS = 10;

interface Report extends Resource { code?: CodeableConcept; result?: Reference[] }

/** The name of the panel that each result came in. */
function usePanels(patientId: string) {
  return useQuery({
    queryKey: ['fhir', 'DiagnosticReport', patientId, 'panels'],
    queryFn: async ({ signal }) => {
      const { rows } = await fhirSearchAll<Report>('DiagnosticReport', { patient: patientId, _sort: '-date', _elements: 'code,result', _count: '200' }, 1000, signal);
      return new Map(rows.flatMap((report) => (report.result ?? []).map((one) => [one.reference?.split('/').pop() ?? '', conceptText(report.code)] as const)));
    },
  });
}

/** Cumulative results by panel: an analyte a row, a sampling time a column, newest on the left; the trend in the row. */
export default function LabsPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useObservations(patientId, 'laboratory', useLanguage(), true);
  const panels = usePanels(patientId);
  const [abnormal, setAbnormal] = useState(false);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = useMemo(() => {
    const words = typed.trim().toLocaleLowerCase();
    return (query.data?.series ?? []).filter((s) => (!abnormal || s.points.some((point) => point.flag)) && s.label.toLocaleLowerCase().includes(words));
  }, [query.data, abnormal, typed]);
  const groups = useMemo(() => groupsOf(shown, panels.data ?? new Map()), [shown, panels.data]);
  const plotted = shown.find((s) => s.key === chosen);
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.labs')}</h2>
      <div className="mh-toolbar">
        <TextInput className="mh-grow" size="xs" type="search" aria-label={t('labs.search')} placeholder={t('labs.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Checkbox size="xs" label={t('labs.abnormalOnly')} checked={abnormal} onChange={(event) => setAbnormal(event.currentTarget.checked)} />
      </div>
      {plotted && <div style={{ marginBottom: 12 }}><Panel title={plotted.label} side={plotted.range && <>{t('labs.range')} {plotted.range} {plotted.unit}</>} flush><SeriesPlot series={plotted} height={200} /></Panel></div>}
      <Panel title={t('labs.cumulative')} count={shown.length} flush side={query.data && !query.data.complete ? t('common.newestOnly') : null}>
        <Loaded query={query}>{() => (shown.length ? <Cumulative groups={groups} series={shown} chosen={chosen} choose={setChosen} /> : <p className="mh-empty">{t(typed || abnormal ? 'labs.noneSuch' : 'labs.none')}</p>)}</Loaded>
      </Panel>
    </div>
  );
}

interface CumulativeProps { groups: Group[]; series: Series[]; chosen: string | null; choose: (key: string | null) => void }

function Cumulative({ groups, series, chosen, choose }: CumulativeProps) {
  const { t } = useTranslation();
  const columns = useMemo(() => columnsOf(series, COLUMNS), [series]);
  return (
    <div className="mh-scroll" tabIndex={0} role="region" aria-label={t('labs.cumulative')}>
      <table className="mh-table mh-cumulative">
        <thead>
          <tr>
            <th scope="col">{t('labs.analyte')}</th>
            <th scope="col">{t('labs.trend')}</th>
            <th scope="col">{t('common.unit')}</th>
            <th scope="col">{t('labs.range')}</th>
            {columns.map((column) => <ColumnHead key={column.times[0]} column={column} />)}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ name, rows }) => (
            <Fragment key={name}>
              {groups.length > 1 && <tr><th scope="colgroup" className="mh-group" colSpan={4 + columns.length}>{name || t('labs.otherPanel')}</th></tr>}
              {rows.map((s) => <AnalyteRow key={s.key} series={s} columns={columns} chosen={s.key === chosen} choose={choose} />)}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AnalyteRow({ series, columns, chosen, choose }: { series: Series; columns: Column[]; chosen: boolean; choose: (key: string | null) => void }) {
  const language = useLanguage();
  return (
    <tr data-active={chosen}>
      <th scope="row"><button type="button" className="mh-plain" aria-pressed={chosen} onClick={() => choose(chosen ? null : series.key)}>{series.label}</button></th>
      <td><Sparkline series={series} /></td>
      <td className="mh-quiet mh-nowrap">{series.unit}</td>
      <td className="mh-quiet mh-nowrap">{series.range}</td>
      {columns.map((column) => {
        const point = column.cells.get(series.key);
        return (
          <td key={column.times[0]} className={`mh-num ${flagClass(point?.flag)}`} title={formatDateTime(point?.at, language) ?? undefined}>
            {point && <><FlagMark flag={point.flag} /> {point.text}</>}
          </td>
        );
      })}
    </tr>
  );
}

/** The day, and its sampling time when there was but one. */
function ColumnHead({ column }: { column: Column }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [first, ...others] = column.times;
  return (
    <th scope="col" className="mh-num">
      {formatDate(first, language)}
      <br />
      {others.length ? t('labs.samples', { count: column.times.length }) : formatTime(first, language)}
    </th>
  );
}
