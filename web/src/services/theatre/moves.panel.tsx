import { useTranslation } from 'react-i18next';
import { clinicDay, formatTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import { plainNumber, type Resources } from './board.resource';
import { DayName } from './days.panel';
import type { Move, Spot } from './optimise.resource';

/** What a proposal changes, case by case. */
export function MoveTable({ moves, rooms }: { moves: Move[]; rooms: Resources['rooms'] }) {
  const { t } = useTranslation();
  if (moves.length === 0) return <p className="mh-empty">{t('theatre.noMove')}</p>;
  return (
    <div className="mh-moves" role="region" tabIndex={0} aria-label={t('theatre.moves')}>
      <table className="mh-table mh-sticky">
        <thead><tr><th scope="col">{t('theatre.case')}</th><th scope="col">{t('theatre.change')}</th><th scope="col">{t('theatre.before1')}</th><th scope="col">{t('theatre.after1')}</th></tr></thead>
        <tbody>
          {moves.map((move) => (
            <tr key={move.case}>
              <td><span className="mh-strong">{plainNumber(move.number)}</span> <span className="mh-quiet">{move.act}</span></td>
              <td>
                <span className={`mh-tag ${move.to ? (move.from ? 'mh-tag-accent' : 'mh-tag-ok') : 'mh-tag-warn'}`}>{t(`theatre.moveKind.${move.to ? (move.from ? 'moved' : 'added') : 'removed'}`)}</span>
                {move.reason && <div className="mh-quiet">{move.reason}</div>}
              </td>
              <td><SpotText spot={move.from} rooms={rooms} /></td>
              <td className="mh-strong"><SpotText spot={move.to} rooms={rooms} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function SpotText({ spot, rooms }: { spot: Spot | null; rooms: Resources['rooms'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!spot) return <span className="mh-quiet">{t('theatre.nowhere')}</span>;
  const name = spot.roomName ?? rooms.find(({ ref }) => ref === spot.room)?.name ?? '';
  return (
    <span>
      <span className="mh-nowrap"><DayName day={clinicDay(new Date(spot.start))} />, {formatTime(spot.start, language)}</span> {name}
    </span>
  );
}
