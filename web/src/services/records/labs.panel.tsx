import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { FlagMark, flagClass } from './flag';
import { useObservations, type Series } from './observations.resource';

const ROWS = 16;

const abnormalFirst = (series: Series[]) => [...series].sort((a, b) => Number(Boolean(b.points[0]?.flag)) - Number(Boolean(a.points[0]?.flag)));

/** The latest value of each analyte, abnormal ones first, with the one before it. */
export function LabsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useObservations(patientId, 'laboratory', useLanguage());
  return (
    <Panel title={t('labs.title')} flush side={<Link to={`/patients/${patientId}/labs`}>{t('common.all')}</Link>}>
      <Loaded query={query}>
        {({ series }) => (series.length ? <LabTable rows={abnormalFirst(series).slice(0, ROWS)} /> : <p className="mh-empty">{t('labs.none')}</p>)}
      </Loaded>
    </Panel>
  );
}

function LabTable({ rows }: { rows: Series[] }) {
  const { t } = useTranslation();
  return (
    <table className="mh-table mh-labs">
      <thead>
        <tr>
          <th scope="col">{t('labs.analyte')}</th>
          <th scope="col" className="mh-num">{t('common.value')}</th>
          <th scope="col"><span className="mh-sr">{t('labs.flag')}</span></th>
          <th scope="col">{t('common.unit')}</th>
          <th scope="col" className="mh-num">{t('labs.previous')}</th>
          <th scope="col" className="mh-tight">{t('common.date')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((series) => {
          const latest = series.points[0];
          return (
            <tr key={series.key}>
              <td>{series.label}</td>
              <td className={`mh-num mh-strong ${flagClass(latest?.flag)}`}>{latest?.text}</td>
              <td className="mh-tight"><FlagMark flag={latest?.flag ?? null} /></td>
              <td className="mh-quiet">{series.unit}</td>
              <td className="mh-num mh-quiet">{series.points[1]?.text}</td>
              <td className="mh-tight"><DateText value={latest?.at} /></td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
