import { IconPhoneCall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import { DayCaseCard } from './day-case.panel';
import type { DayRoomView } from './day.resource';
import { nextToCall, type Projected } from './projection';
import type { TapQueue } from './queue';

interface DayRoomProps { room: DayRoomView; projected: Projected[]; now: number; queue: TapQueue }

/** One room: its name, when it will be free, whom to call next; then its cases in the order of the day. */
export function DayRoom({ room, projected, now, queue }: DayRoomProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const call = nextToCall(projected, now);
  const next = room.cases.find(({ id }) => id === call?.id);
  const turn = projected.find(({ state }) => state !== 'done' && state !== 'gone');
  const end = Math.max(...projected.map((one) => one.free));
  return (
    <section className="mh-day-room" aria-label={room.name}>
      <header>
        <h2>{room.name}</h2>
        <span className="mh-quiet">{t('day.until', { time: formatTime(new Date(end).toISOString(), language) })}</span>
      </header>
      {next && (
        <p className="mh-day-call">
          <IconPhoneCall size={18} aria-hidden="true" />
          <span>{t('day.call', { who: next.patient?.name ?? next.number, time: formatTime(new Date(call?.start ?? now).toISOString(), language) })}</span>
        </p>
      )}
      {projected.map((one) => {
        const found = room.cases.find(({ id }) => id === one.id);
        return found && <DayCaseCard key={one.id} one={found} projected={one} queue={queue} turn={one.id === turn?.id} now={now} />;
      })}
    </section>
  );
}
