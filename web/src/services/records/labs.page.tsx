import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { FlagMark, flagClass } from './flag';
import { useObservations, type Point, type Series } from './observations.resource';

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
  const { times, cells } = useMemo(() => {
    const all = [...new Set(series.flatMap((s) => s.points.map((p) => p.at)))].sort().reverse().slice(0, COLUMNS);
    return { times: all, cells: series.map((s) => new Map(s.points.map((p): [string, Point] => [p.at, p]))) };
  }, [series]);
  return (
    <div className="mh-scroll" tabIndex={0} role="region" aria-label={t('labs.cumulative')}>
      <table className="mh-table mh-cumulative">
        <thead>
          <tr>
            <th scope="col">{t('labs.analyte')}</th>
            <th scope="col">{t('common.unit')}</th>
            <th scope="col">{t('labs.range')}</th>
            {times.map((at) => (
              <th key={at} scope="col" className="mh-num">
                {formatDate(at, language)}
                <br />
                {formatTime(at, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map((s, index) => (
            <tr key={s.key}>
              <th scope="row">{s.label}</th>
              <td className="mh-quiet mh-nowrap">{s.unit}</td>
              <td className="mh-quiet mh-nowrap">{s.range}</td>
              {times.map((at) => {
                const point = cells[index]?.get(at);
                return (
                  <td key={at} className={`mh-num ${flagClass(point?.flag)}`}>
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
