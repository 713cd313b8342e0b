import { useTranslation } from 'react-i18next';
import { weekdayOf } from '../../datatypes/Date/clinic';
import { formatDate } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { useLanguage } from '../../i18n';
import { riskOf, type Board } from './board.resource';
import { occupation } from './layout';

const SATURDAY = 6;
const STEPS = 5;

/** How full a room is, in steps of colour; the figure stands in the cell. */
const stepOf = (percent: number): number => Math.min(STEPS, Math.ceil(percent / 20));

/** A month: how full each room is, day by day. */
export function MonthPlan({ board, days, open }: { board: Board; days: string[]; open: (day: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="mh-scroll">
      <table className="mh-month">
        <thead>
          <tr>
            <th scope="col">{t('theatre.room')}</th>
            {days.map((day) => (
              <th key={day} scope="col" data-today={day === today() || undefined} data-weekend={weekdayOf(day) >= SATURDAY || undefined}>
                <span aria-hidden="true">{t(`theatre.weekday.${weekdayOf(day) as 1}`)}<br />{Number(day.slice(8))}</span>
                <span className="mh-sr">{formatDate(day, language, true)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.rooms.map((room) => (
            <tr key={room.ref}>
              <th scope="row" title={room.name}>{room.name}</th>
              {days.map((day) => {
                const of = room.days.find((one) => one.day === day);
                const percent = of ? occupation(of) : null;
                const risk = riskOf(of?.overtime ?? null);
                const said = percent === null ? t('theatre.closed') : `${t('theatre.occupied', { percent })}, ${t('theatre.overtime', { percent: Math.round((of?.overtime ?? 0) * 100) })}`;
                return (
                  <td key={day} data-step={percent === null ? undefined : stepOf(percent)} data-shut={percent === null || undefined} data-risk={risk}>
                    <button type="button" onClick={() => open(day)} aria-label={`${room.name}, ${formatDate(day, language) ?? ''}, ${said}`} title={said}>
                      {percent === null ? '–' : percent}
                      {risk === 'high' && '▲'}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mh-quiet mh-month-key">{t('theatre.monthKey')}</p>
    </div>
  );
}
