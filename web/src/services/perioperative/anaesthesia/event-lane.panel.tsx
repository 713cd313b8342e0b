import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../datatypes/Date/format';
import { useLanguage } from '../../../i18n';
import type { Entry } from '../core/entry.resource';
import { valueWord } from '../core/words.resource';
import type { Frame } from './frame';
import { placed } from './labels';

/** Room for the names of milestones above the lanes. */
export const NAME_ROWS = 3;
export const NAME_TALL = 13;

export function TimeTicks({ ticks, frame, bottom }: { ticks: number[]; frame: Frame; bottom: number }) {
  const language = useLanguage();
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={frame.x(tick)} x2={frame.x(tick)} y1={0} y2={bottom} className="mh-chart-grid" />
          <text x={frame.x(tick)} y={bottom + 16} textAnchor="middle" className="mh-chart-unit">{formatTime(new Date(tick).toISOString(), language)}</text>
        </g>
      ))}
    </g>
  );
}

interface EventLaneProps { events: Entry[]; milestones: { code: string; time: string }[]; frame: Frame; top: number; tall: number }

/** Events are numbered on the axis, and named in the list beside: words of one minute would cover each other. Milestones of the room are drawn through all lanes. */
export function EventLane({ events, milestones, frame, top, tall }: EventLaneProps) {
  const { t } = useTranslation();
  const labels = placed(milestones.map((one) => ({ of: one, x: frame.x(Date.parse(one.time)), text: valueWord(one.code) })), frame.right, NAME_ROWS);
  return (
    <g>
      <text x={4} y={top + 18} className="mh-chart-title">{t('peri.chart.events')}</text>
      <line x1={frame.left} x2={frame.right} y1={top + tall} y2={top + tall} className="mh-chart-grid" />
      {labels.map(({ of: { code, time }, x, row, back }) => (
        <g key={code + time}><line x1={x} x2={x} y1={3} y2={top + tall} className="mh-chart-milestone" /><text x={back ? x - 4 : x + 4} y={11 + row * NAME_TALL} textAnchor={back ? 'end' : 'start'} className="mh-chart-unit">{valueWord(code)}</text></g>
      ))}
      {numbered(events).map(({ entry, number }, index) => {
        const [x, y] = [frame.x(Date.parse(entry.time)), top + 10 + (index % 2) * 19];
        return <g key={entry.id}><circle cx={x} cy={y} r={9} className="mh-chart-event" /><text x={x} y={y + 4} textAnchor="middle" className="mh-chart-number">{number}</text><title>{valueWord(String(entry.values['event']))}</title></g>;
      })}
    </g>
  );
}

/** In the order of time, from one. */
export const numbered = (events: Entry[]): { entry: Entry; number: number }[] => [...events].sort((a, b) => Date.parse(a.time) - Date.parse(b.time)).map((entry, index) => ({ entry, number: index + 1 }));
