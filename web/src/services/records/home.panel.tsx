import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { Row } from './patient-table.panel';
import { usePatients } from './patient.resource';
import { recentIds } from './recent';

/** The charts that this person opened last, on this station. */
export default function RecentPanel() {
  const { t } = useTranslation();
  const ids = recentIds(useMe());
  const query = usePatients(ids);
  return (
    <Panel title={t('home.recent')} flush>
      {ids.length === 0 ? (
        <p className="mh-empty">{t('home.noRecent')}</p>
      ) : (
        <Loaded query={query}>
          {(rows) => (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col">{t('search.name')}</th>
                  <th scope="col">{t('search.birthDate')}</th>
                  <th scope="col">{t('search.sex')}</th>
                  <th scope="col">{t('banner.ipp')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((patient, index) => (
                  <Row key={patient.id} patient={patient} index={index} active={false} brief />
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
      )}
    </Panel>
  );
}
