import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { useObservations, type Series } from './observations.resource';
import { SeriesPlot, seriesLabel } from './series-plot';

/** The latest of each vital sign, and the graph of the chosen one. */
export function VitalsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useObservations(patientId, 'vital-signs', useLanguage());
  return (
    <Panel title={t('vitals.title')} flush side={<Link to={`/patients/${patientId}/vitals`}>{t('common.all')}</Link>}>
      <Loaded query={query}>
        {({ series }) => (series.length ? <Latest series={series} /> : <p className="mh-empty">{t('vitals.none')}</p>)}
      </Loaded>
    </Panel>
  );
}

function Latest({ series }: { series: Series[] }) {
  const { t } = useTranslation();
  const [key, setKey] = useState(series[0]?.key);
  const chosen = series.find((s) => s.key === key) ?? series[0];
  return (
    <>
      <table className="mh-table">
        <thead>
          <tr>
            <th scope="col">{t('vitals.sign')}</th>
            <th scope="col" className="mh-num">{t('common.value')}</th>
            <th scope="col">{t('common.unit')}</th>
            <th scope="col" className="mh-tight">{t('common.date')}</th>
          </tr>
        </thead>
        <tbody>
          {series.map((s) => (
            <tr key={s.key} className="mh-click" data-active={s.key === chosen?.key} onClick={() => setKey(s.key)}>
              <td>
                <button type="button" className="mh-plain" aria-pressed={s.key === chosen?.key} onClick={() => setKey(s.key)}>
                  {seriesLabel(s)}
                </button>
              </td>
              <td className="mh-num mh-strong">{s.points[0]?.text}</td>
              <td className="mh-quiet mh-nowrap">{s.unit}</td>
              <td className="mh-tight"><DateText value={s.points[0]?.at} time /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen && chosen.points.length > 1 && <SeriesPlot series={chosen} height={140} />}
    </>
  );
}
