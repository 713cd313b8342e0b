import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { clinicDay, formatTime } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
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
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td className="mh-tight mh-strong"><Since value={row.start} /></td>
                    <td><PersonLink person={row.person} /></td>
                    <td>{row.title}</td>
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

/** The hour of today; another day with its date. */
function Since({ value }: { value: string | undefined }) {
  const language = useLanguage();
  const time = formatTime(value, language);
  if (!value || !time || clinicDay(new Date(value)) !== today()) return <DateText value={value} time />;
  return <time dateTime={value}>{time}</time>;
}
