import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { CoverTag, DueText, FlagTag, ShortValue } from './mark.panel';
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
              <ul className="mh-list">
                {items.slice(0, ROWS).map((item) => (
                  <li key={item.task}>
                    <span className="mh-result-line">
                      <span><Link className="mh-result-link" to="/results" search={{ task: item.task } as never}>{item.patientName}</Link> <span className="mh-quiet">{item.title}</span></span>
                      <span className="mh-inline"><CoverTag item={item} /><FlagTag flags={item.flags} /></span>
                    </span>
                    <span className="mh-result-line">
                      <span className="mh-result-values">{standingOut(item.values, 2).map((value) => <ShortValue key={value.observation} value={value} />)}</span>
                      <span className="mh-nowrap"><DueText item={item} /></span>
                    </span>
                  </li>
                ))}
              </ul>
            ) : (
              <p className="mh-empty">{t('results.none')}</p>
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}
