import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime, formatTime } from '../../datatypes/Date/format';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { columnsOf, type Column } from './cumulative.resource';
import { FlagMark, flagClass } from './flag';
import { useObservations, type Series } from './observations.resource';

const COLUMNS = 10;

/** Cumulative results: an analyte a row, a sampling time a column, newest on the left. */
export default function LabsPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useObservations(patientId, 'laboratory', useLanguage(), true);
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.labs')}</h2>
      <Panel title={t('labs.cumulative')} count={query.data?.series.length} flush side={query.data && !query.data.complete ? t('common.newestOnly') : null}>
        <Loaded query={query}>{({ series }) => (series.length ? <Cumulative series={series} /> : <p className="mh-empty">{t('labs.none')}</p>)}</Loaded>
      </Panel>
    </div>
  );
}

function Cumulative({ series }: { series: Series[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const columns = useMemo(() => columnsOf(series, COLUMNS), [series]);
  return (
    <div className="mh-scroll" tabIndex={0} role="region" aria-label={t('labs.cumulative')}>
      <table className="mh-table mh-cumulative">
        <thead>
          <tr>
            <th scope="col">{t('labs.analyte')}</th>
            <th scope="col">{t('common.unit')}</th>
            <th scope="col">{t('labs.range')}</th>
            {columns.map((column) => (
              <ColumnHead key={column.times[0]} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map((s) => (
            <tr key={s.key}>
              <th scope="row">{s.label}</th>
              <td className="mh-quiet mh-nowrap">{s.unit}</td>
              <td className="mh-quiet mh-nowrap">{s.range}</td>
              {columns.map((column) => {
                const point = column.cells.get(s.key);
                return (
                  <td key={column.times[0]} className={`mh-num ${flagClass(point?.flag)}`} title={formatDateTime(point?.at, language) ?? undefined}>
                    {point && <><FlagMark flag={point.flag} /> {point.text}</>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
