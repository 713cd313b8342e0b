import { IconClockExclamation } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { PersonLink } from './person-line.panel';
import type { TaskLine } from './tasks.resource';

export function TaskRow({ task }: { task: TaskLine }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="mh-split">
        {task.result ? <Link className="mh-strong" to="/results">{task.title || t('homePage.result')}</Link> : <strong>{task.title || t('homePage.untitled')}</strong>}
        <span className="mh-split-side">
          {task.urgent && <span className="mh-tag mh-tag-warn">{t('homePage.urgent')}</span>}
          {task.overdue && <span className="mh-tag mh-tag-stop"><IconClockExclamation size={13} aria-hidden="true" />{t('homePage.late')}</span>}
          {task.due && <span>{t('homePage.due')} <DateText value={task.due} time /></span>}
        </span>
      </div>
      {task.person && <PersonLink person={task.person} />}
    </>
  );
}
