import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { TaskRow } from './task-row.panel';
import { useTaskState, useTasks, type TaskLine } from './tasks.resource';
import './home.css';

/** What waits for this person, but results to review, which have a list of their own. */
export default function TasksPanel() {
  const { t } = useTranslation();
  const { practitioner } = useMe();
  const query = useTasks(practitioner);
  const change = useTaskState();
  const [finished, setFinished] = useState<{ task: TaskLine; before: string } | null>(null);
  if (practitioner === null) return null;
  const rows = query.data?.rows.filter((task) => !task.result);
  const finish = (task: TaskLine) => change.mutate({ id: task.id, status: 'completed' }, { onSuccess: (before) => setFinished({ task, before }) });
  const undo = () => finished && change.mutate({ id: finished.task.id, status: finished.before }, { onSuccess: () => setFinished(null) });
  return (
    <Panel title={t('homePage.tasks')} count={rows ? `${rows.length}${query.data?.more ? '+' : ''}` : null} flush>
      <div role="status">
        {finished && (
          <div className="mh-task-done">
            <span>{t('homePage.finished', { title: finished.task.title || t('homePage.untitled') })}</span>
            <button type="button" className="mh-link" disabled={change.isPending} onClick={undo}>{t('homePage.undo')}</button>
          </div>
        )}
      </div>
      {change.isError && <FailureNotice error={change.error} />}
      <Loaded query={query}>
        {() =>
          rows?.length ? (
            <ul className="mh-list">
              {rows.map((task) => (
                <li key={task.id} className="mh-task">
                  <div><TaskRow task={task} /></div>
                  <Button size="compact-sm" variant="default" className="mh-noprint" disabled={change.isPending} aria-label={t('homePage.finishOne', { title: task.title || t('homePage.untitled') })} onClick={() => finish(task)}>
                    {t('homePage.finish')}
                  </Button>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('homePage.noTask')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
