import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { useLive } from '../../fhir/live';
import { DueMark, useTitles } from './step-mark.panel';
import { firstScope, useInbox } from './step.resource';
import './workflow.css';

const ROWS = 5;
const WATCHED = ['Task'] as const;

/** On the home page: the steps that wait for this person, the most pressing first. */
export default function WorkflowHome() {
  const { t } = useTranslation();
  const titleOf = useTitles();
  const query = useInbox(firstScope(useMe().roles));
  const queries = useQueryClient();
  useLive(WATCHED, () => void queries.invalidateQueries({ queryKey: ['workflow', 'tasks'] }));
  return (
    <Panel title={t('workflow.mine')} count={query.data ? `${query.data.total}${query.data.truncated ? '+' : ''}` : null} side={<Link to="/workflow">{t('common.all')}</Link>} flush>
      <Loaded query={query}>
        {({ items }) =>
          items.length ? (
            <ul className="mh-list">
              {items.slice(0, ROWS).map((step) => (
                <li key={step.id} className="mh-workflow-line">
                  <span><Link className="mh-rowlink" to={`/surgeries/${step.case}/approvals`}>{titleOf(step)}</Link> <span className="mh-quiet">{step.patientName}</span></span>
                  <span className="mh-nowrap"><DueMark due={step.due} risk={step.risk} /></span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('workflow.none')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
