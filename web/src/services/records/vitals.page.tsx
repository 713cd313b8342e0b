import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { useObservations, type Series } from './observations.resource';
import { SeriesPlot, seriesLabel } from './series-plot';

const ROWS = 40;

/** Each vital sign: its graph, and the table of its values beside. */
export default function VitalsPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useObservations(patientId, 'vital-signs', useLanguage(), true);
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.vitals')}</h2>
      <Loaded query={query}>
        {({ series, complete }) => (
          <>
            {!complete && <p className="mh-quiet">{t('common.newestOnly')}</p>}
            {series.length ? <div className="mh-grid-2">{series.map((s) => <SeriesPanel key={s.key} series={s} />)}</div> : <p className="mh-empty">{t('vitals.none')}</p>}
          </>
        )}
      </Loaded>
    </div>
  );
}

function SeriesPanel({ series }: { series: Series }) {
  const { t } = useTranslation();
  return (
    <Panel title={seriesLabel(series)} count={series.points.length} flush>
      <div className="mh-beside">
        {series.points.length > 1 ? <SeriesPlot series={series} height={190} /> : <p className="mh-empty">{t('vitals.single')}</p>}
        <div className="mh-scroll mh-beside-table" tabIndex={0} role="region" aria-label={seriesLabel(series)}>
          <table className="mh-table mh-sticky">
            <thead>
              <tr>
                <th scope="col">{t('common.date')}</th>
                <th scope="col" className="mh-num">{series.unit || t('common.value')}</th>
              </tr>
            </thead>
            <tbody>
              {series.points.slice(0, ROWS).map((point) => (
                <tr key={point.id}>
                  <td><DateText value={point.at} time /></td>
                  <td className="mh-num mh-strong">{point.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Panel>
  );
}
