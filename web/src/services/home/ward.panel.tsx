import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import type { News2 } from '../../datatypes/Observation/news2';
import type { Observation } from '../../fhir/types';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { codeText } from '../../i18n/code';
import { usePresent, type DayRow } from './day.resource';
import { PersonLink, countOf } from './person-line.panel';
import { useWardVitals, vitalsOf } from './ward.resource';

const ADULT = 16;

/** The nurse's patients, with the measures of the last day and what they add up to. */
export default function WardPanel() {
  const { t } = useTranslation();
  const query = usePresent();
  const rows = query.data?.rows ?? [];
  const vitals = useWardVitals(rows.flatMap((row) => row.person?.id ?? []));
  return (
    <Panel title={t('homePage.ward')} count={countOf(query.data)} side={t('homePage.lastDay')} flush>
      <Loaded query={query}>
        {(data) =>
          data.rows.length === 0 ? (
            <p className="mh-empty">{t('home.nobodyPresent')}</p>
          ) : (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col" className="mh-tight">{t('homePage.score')}</th>
                  <th scope="col">{t('home.patient')}</th>
                  <th scope="col">{t('homePage.signs')}</th>
                  <th scope="col">{t('encounters.encounter')}</th>
                </tr>
              </thead>
              <tbody>
                {data.rows.map((row) => <WardRow key={row.id} row={row} found={vitals.data?.get(row.person?.id ?? '')} state={vitals.isError ? 'failed' : vitals.isPending ? 'asked' : 'read'} />)}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Panel>
  );
}

function WardRow({ row, found, state }: { row: DayRow; found: Observation[] | undefined; state: 'asked' | 'failed' | 'read' }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const age = row.person?.age;
  const adult = age?.unit === 'year' && age.count >= ADULT;
  const vitals = vitalsOf(found ?? [], adult, language);
  const none = state === 'read' ? t('homePage.noSigns') : t(state === 'failed' ? 'homePage.signsFailed' : 'homePage.signsAsked');
  return (
    <tr>
      <td className="mh-tight">{vitals.news ? <Score news={vitals.news} /> : <span className="mh-quiet">{adult || !age ? '–' : t('homePage.notAdult')}</span>}</td>
      <td><PersonLink person={row.person} /></td>
      <td>
        {vitals.readings.length === 0 ? (
          <span className="mh-absent">{none}</span>
        ) : (
          <span className="mh-dose">
            {vitals.readings.map(({ code, text }) => (
              <span key={code} className="mh-nowrap"><span className="mh-quiet">{codeText('vital', code)}</span> {text}</span>
            ))}
          </span>
        )}
      </td>
      <td>{row.title}</td>
    </tr>
  );
}

const LOUD = { low: '', single: 'mh-tag-warn', medium: 'mh-tag-warn', high: 'mh-tag-stop' };

/** The score in words; where measures are missing it is a least one, and they are named. */
function Score({ news }: { news: News2 }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <span className={`mh-tag ${LOUD[news.level]}`}>
        {news.missing.length ? t('homePage.scoreAtLeast', { score: news.score }) : news.score} · {t(`homePage.level.${news.level}`)}
      </span>
      <div className="mh-quiet">{formatTime(news.to, language)}</div>
      {news.missing.length > 0 && <div className="mh-quiet">{t('homePage.missing', { parts: news.missing.map((part) => t(`homePage.news2.${part}`)).join(', ') })}</div>}
    </>
  );
}
