import { IconCircle, IconCircleCheck, IconDoorExit, IconLock, IconPlayerPlay, IconUserCheck, IconX, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import type { WallCase, WallRow } from './wall.resource';

const MARK: Record<WallRow['state'], Icon> = { requested: IconCircle, scheduled: IconCircle, pre_op: IconUserCheck, in_progress: IconPlayerPlay, post_op: IconDoorExit, completed: IconCircleCheck, cancelled: IconX, postponed: IconX, free: IconCircle, closed: IconLock, done: IconCircleCheck };

/** A room, as it is read from the other end of the corridor. */
export function RoomState({ row }: { row: WallRow }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const Mark = MARK[row.state];
  const hour = (text: string) => formatTime(text, language) ?? '';
  return (
    <li className="mh-wall-room" data-state={row.state}>
      <strong className="mh-wall-name">{row.name}</strong>
      <span className="mh-wall-state"><Mark size={48} aria-hidden="true" /> {t(`theatre.wallState.${row.state}`)}</span>
      <span className="mh-wall-now">{row.now ? <><Who of={row.now} /> <span className="mh-wall-hour">→ {hour(row.now.end)}</span></> : null}</span>
      <span className="mh-wall-next">
        {row.next ? (
          <>
            {t('theatre.nextAt', { time: hour(row.next.start) })} <Who of={row.next} />
            {row.left > 1 && <span className="mh-wall-hour"> +{row.left - 1}</span>}
          </>
        ) : null}
      </span>
    </li>
  );
}

function Who({ of }: { of: WallCase }) {
  return <><b>{of.initials}</b> <span className="mh-wall-number">{of.number}</span></>;
}
