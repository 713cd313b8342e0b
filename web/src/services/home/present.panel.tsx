import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { usePresent } from './day.resource';
import { PersonLink, countOf } from './person-line.panel';

/** Who is in the house now. */
export default function PresentPanel() {
  const { t } = useTranslation();
  const query = usePresent();
  return (
    <Panel title={t('home.present')} count={countOf(query.data)} flush>
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="mh-empty">{t('home.nobodyPresent')}</p>
          ) : (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col">{t('home.patient')}</th>
                  <th scope="col">{t('encounters.encounter')}</th>
                  <th scope="col" className="mh-tight">{t('home.since')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td><PersonLink person={row.person} /></td>
                    <td>{row.title}</td>
                    <td className="mh-tight"><DateText value={row.start} time /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Panel>
  );
}
