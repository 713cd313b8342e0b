import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { DueText, FlagTag, ShortValue } from './mark.panel';
import { standingOut, useInbox } from './result.resource';
import './results.css';

const ROWS = 5;

/** On the home page: the results that wait for this person, the most pressing first. */
export default function ResultsHome() {
  const { t } = useTranslation();
  const query = useInbox('mine', 'open');
  return (
    <div className="mh-results-home">
      <Panel title={t('results.toReview')} count={query.data ? `${query.data.items.length}${query.data.truncated ? '+' : ''}` : null} side={<Link to="/results">{t('common.all')}</Link>} flush>
        <Loaded query={query}>
          {({ items }) =>
            items.length ? (
              <table className="mh-table">
                <tbody>
                  {items.slice(0, ROWS).map((item) => (
                    <tr key={item.task}>
                      <td className="mh-tight"><FlagTag flags={item.flags} /></td>
                      <td className="mh-nowrap"><Link className="mh-rowlink" to="/results">{item.patientName}</Link></td>
                      <td><span className="mh-result-values">{standingOut(item.values, 2).map((value) => <ShortValue key={value.observation} value={value} />)}</span></td>
                      <td className="mh-quiet">{item.title}</td>
                      <td className="mh-tight"><DueText item={item} /></td>
                    </tr>
                  ))}
                </tbody>
              </table>
            ) : (
              <p className="mh-empty">{t('results.none')}</p>
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}
