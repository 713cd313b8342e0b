import { ScaleChoice } from './scale.panel';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ageOn } from '../../datatypes/Date/age';
import { DateText } from '../../datatypes/Date/DateText';
import { today } from '../../datatypes/Date/today';
import { Loaded, Panel } from '../../design/Panel';
import { fhirSearch } from '../../fhir/client';
import type { Observation } from '../../fhir/types';
import { useLanguage } from '../../i18n';
import { News2View } from './news2.panel';
import type { SpO2Scale } from '../../datatypes/Observation/news2-score';
import { useObservations, type Series } from './observations.resource';
import { usePatient } from './patient.resource';
import { ChartTools, RowActions } from './row-actions.panel';
import { SeriesPlot, seriesLabel } from './series-plot';
import { VitalsEntry } from './vitals-entry.panel';
import { latestRound } from './vitals-entry.resource';

const ROWS = 40;
const ROUND = '40';
/** NEWS2 was not made for children. */
const ADULT = 16;

/** Entry, the score of the last round, then each vital sign: its graph, and the table of its values beside. */
export default function VitalsPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const patient = usePatient(patientId).data;
  const query = useObservations(patientId, 'vital-signs', useLanguage(), true);
  const [scale, setScale] = useState<SpO2Scale>(1);
  const age = ageOn(patient?.birthDate, today());
  const adult = age !== null && age.unit === 'year' && age.count >= ADULT;
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.vitals')}</h2>
      <ChartTools patientId={patientId}>
        <div className="mh-column" style={{ marginBottom: 12 }}>
          {patient && !patient.deceased && <VitalsEntry patientId={patientId} adult={adult} scale={scale} />}
          <LastScore patientId={patientId} adult={adult} scale={scale} setScale={setScale} />
        </div>
        <Loaded query={query}>
          {({ series, complete }) => (
            <>
              {!complete && <p className="mh-quiet">{t('common.newestOnly')}</p>}
              {series.length ? <div className="mh-grid-2">{series.map((s) => <SeriesPanel key={s.key} series={s} />)}</div> : <p className="mh-empty">{t('vitals.none')}</p>}
            </>
          )}
        </Loaded>
      </ChartTools>
    </div>
  );
}

interface ScoreProps { patientId: string; adult: boolean; scale: SpO2Scale; setScale: (scale: SpO2Scale) => void }

function LastScore({ patientId, adult, scale, setScale }: ScoreProps) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['fhir', 'Observation', patientId, 'round'],
    queryFn: async ({ signal }) => latestRound((await fhirSearch<Observation>('Observation', { patient: patientId, category: 'vital-signs', _sort: '-date', _count: ROUND }, signal)).rows),
  });
  const round = query.data;
  return (
    <Panel title={t('news2.title')} side={<>{round && <DateText value={round.at} time />}<ScaleChoice scale={scale} setScale={setScale} /></>}>
      <Loaded query={query}>{() => (!adult ? <p className="mh-empty">{t('news2.notForChildren')}</p> : round ? <News2View values={round.values} scale={scale} /> : <p className="mh-empty">{t('vitals.none')}</p>)}</Loaded>
    </Panel>
  );
}

function SeriesPanel({ series }: { series: Series }) {
  const { t } = useTranslation();
  const numbers = series.points.filter((point) => point.values.some((value) => value !== null)).length;
  return (
    <Panel title={seriesLabel(series)} count={series.points.length} flush>
      <div className="mh-beside">
        {numbers > 1 ? <SeriesPlot series={series} height={190} /> : <p className="mh-empty">{t(numbers ? 'vitals.single' : 'vitals.wordsOnly')}</p>}
        <div className="mh-scroll mh-beside-table" tabIndex={0} role="region" aria-label={seriesLabel(series)}>
          <table className="mh-table mh-sticky">
            <thead>
              <tr>
                <th scope="col">{t('common.date')}</th>
                <th scope="col" className="mh-num">{series.unit || t('common.value')}</th>
                <th scope="col"><span className="mh-sr">{t('act.label')}</span></th>
              </tr>
            </thead>
            <tbody>
              {series.points.slice(0, ROWS).map((point) => (
                <tr key={point.id}>
                  <td><DateText value={point.at} time /></td>
                  <td className="mh-num mh-strong">{point.text}</td>
                  <td className="mh-row-cell"><RowActions type="Observation" id={point.id} label={`${seriesLabel(series)} ${point.text} ${series.unit}`} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Panel>
  );
}
