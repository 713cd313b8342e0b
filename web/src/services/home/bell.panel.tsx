import { Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../design/Panel';
import { underBanner } from '../../design/under-banner';
import { useLiveState } from '../../fhir/live';
import { mayAny, useMe } from '../../fhir/session';
import { markSeen, seenIds } from './seen';
import { TaskRow } from './task-row.panel';
import { nextLate, noticeId, useSteps, useTasks } from './tasks.resource';
import './home.css';

/** Timers of browsers go no further than some 24 days; a day is enough here. */
const LONGEST = 24 * 3_600_000;

/** What waits for this person: tasks and results to review, as the hub tells them; a mark while one of them was not seen. */
export default function Bell() {
  const { t } = useTranslation();
  const me = useMe();
  const query = useTasks(mayAny(me, ['care', 'desk']) ? me.practitioner : null);
  const live = useLiveState();
  const { data, refetch } = query;
  // Nothing changes on the server when a time passes: the list is read again when its next one does.
  useEffect(() => {
    const wait = nextLate(data?.rows ?? [], Date.now());
    if (wait === null || wait > LONGEST) return undefined;
    const timer = setTimeout(() => void refetch(), wait + 1_000);
    return () => clearTimeout(timer);
  }, [data, refetch]);
  const [opened, setOpened] = useState(false);
  const steps = useSteps(opened);
  const [seen, setSeen] = useState(() => seenIds(me));
  if (!mayAny(me, ['care', 'desk']) || me.practitioner === null) return null;
  const rows = query.data?.rows ?? [];
  const fresh = rows.filter((task) => !seen.includes(noticeId(task))).length;
  const label = fresh ? t('bell.unread', { count: fresh }) : t('bell.none');
  const change = (open: boolean) => {
    setOpened(open);
    // Seen once the list is closed again: until then the new ones stand out.
    if (open || fresh === 0) return;
    markSeen(me, rows.map(noticeId));
    setSeen(seenIds(me));
  };
  return (
    <Popover opened={opened} onChange={change} position="bottom-end" width={380} offset={underBanner()} trapFocus>
      <Popover.Target>
        <button type="button" className="mh-header-icon" aria-label={label} title={label} onClick={() => change(!opened)}>
          <IconBell size={18} aria-hidden="true" />
          {fresh > 0 && <span className="mh-bell-count" aria-hidden="true">{fresh > 9 ? '9+' : fresh}</span>}
          <span className="mh-sr" role="status">{fresh > 0 ? label : ''}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('bell.title')}>
        <div className="mh-bell-head" tabIndex={-1} data-autofocus>
          <h2>{t('bell.title')}</h2>
          <span className="mh-quiet">{t(`bell.live.${live}`)}</span>
        </div>
        {steps.data && steps.data.mine > 0 && (
          <p className="mh-bell-steps">
            <Link to="/workflow" onClick={() => change(false)}>{t('bell.steps', { count: steps.data.mine })}</Link>
            {steps.data.overdue > 0 && <span className="mh-stop">{t('bell.overdue', { count: steps.data.overdue })}</span>}
          </p>
        )}
        <Loaded query={query}>
          {() =>
            rows.length === 0 ? (
              <p className="mh-empty">{t('bell.empty')}</p>
            ) : (
              <ul className="mh-list mh-bell-list">
                {rows.map((task) => <li key={task.id} data-fresh={!seen.includes(noticeId(task)) || undefined}><TaskRow task={task} /></li>)}
              </ul>
            )
          }
        </Loaded>
      </Popover.Dropdown>
    </Popover>
  );
}
