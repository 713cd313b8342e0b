import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { useWaiting } from './day.resource';
import { PersonLink, countOf } from './person-line.panel';

/** Who has arrived and is not seen yet; the longest wait first. */
export default function WaitingPanel() {
  const { t } = useTranslation();
  const query = useWaiting();
  return (
    <Panel title={t('homePage.waiting')} count={countOf(query.data)} flush>
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="mh-empty">{t('homePage.nobodyWaits')}</p>
          ) : (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col" className="mh-tight">{t('homePage.arrived')}</th>
                  <th scope="col">{t('home.patient')}</th>
                  <th scope="col">{t('home.reason')}</th>
                  <th scope="col" className="mh-tight">{t('common.status')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td className="mh-tight mh-strong"><DateText value={row.start} time /></td>
                    <td><PersonLink person={row.person} /></td>
                    <td>{row.title}</td>
                    <td className="mh-tight">{codeText('encounterStatus', row.status)}</td>
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
