import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { TaskRow } from './task-row.panel';
import { useTasks } from './tasks.resource';

/** What waits for this person, but results to review, which have a list of their own. */
export default function TasksPanel() {
  const { t } = useTranslation();
  const { practitioner } = useMe();
  const query = useTasks(practitioner);
  if (practitioner === null) return null;
  const rows = query.data?.rows.filter((task) => !task.result);
  return (
    <Panel title={t('homePage.tasks')} count={rows ? `${rows.length}${query.data?.more ? '+' : ''}` : null} flush>
      <Loaded query={query}>
        {() =>
          rows?.length ? (
            <ul className="mh-list">
              {rows.map((task) => <li key={task.id}><TaskRow task={task} /></li>)}
            </ul>
          ) : (
            <p className="mh-empty">{t('homePage.noTask')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
