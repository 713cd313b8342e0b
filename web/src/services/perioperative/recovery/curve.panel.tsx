import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../datatypes/Date/format';
import { useLanguage } from '../../../i18n';
import { mostOf, type Scale, type Score } from './recovery.resource';
import '../anaesthesia/chart.css';

const W = 320;
const H = 110;
const LEFT = 26;

/** The scores along the time, with the threshold; the table below says the same in numbers. */
export function Curve({ scale, scores }: { scale: Scale; scores: Score[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!scores.length) return <p className="mh-empty">{t('peri.score.none')}</p>;
  const times = scores.map(({ time }) => Date.parse(time));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const most = mostOf(scale) || 1;
  const x = (time: number) => (to === from ? W / 2 : LEFT + 10 + ((time - from) / (to - from)) * (W - LEFT - 24));
  const y = (total: number) => 8 + (1 - total / most) * (H - 16);
  return (
    <>
      <svg viewBox={`0 0 ${W} ${H}`} className="mh-peri-curve" role="img" aria-label={t('peri.score.curve', { scale: t(`peri.scale.${scale.scale}`) })}>
        {[0, most / 2, most].map((mark) => <g key={mark}><line x1={LEFT} x2={W} y1={y(mark)} y2={y(mark)} className="mh-chart-grid" /><text x={LEFT - 5} y={y(mark) + 4} textAnchor="end" className="mh-chart-unit">{mark}</text></g>)}
        <line x1={LEFT} x2={W} y1={y(scale.fit)} y2={y(scale.fit)} className="mh-chart-fit" />
        <text x={W - 2} y={y(scale.fit) + 13} textAnchor="end" className="mh-chart-unit">{t('peri.score.threshold', { n: scale.fit })}</text>
        <path d={scores.map(({ time, total }, index) => `${index ? 'L' : 'M'}${x(Date.parse(time))} ${y(total)}`).join(' ')} className="mh-chart-line-hr" />
        {scores.map(({ id, time, total }) => <circle key={id} cx={x(Date.parse(time))} cy={y(total)} r={5} className="mh-chart-hr" />)}
      </svg>
      <table className="mh-table">
        <thead><tr><th scope="col">{t('peri.time')}</th><th scope="col" className="mh-num">{t('peri.score.total')}</th><th scope="col">{t('peri.score.means')}</th><th scope="col">{t('peri.by')}</th></tr></thead>
        <tbody>
          {[...scores].reverse().map(({ id, time, total, fit, author }) => (
            <tr key={id}><td>{formatTime(time, language)}</td><td className="mh-num"><strong>{total}</strong> / {most}</td><td>{t(fit ? 'peri.score.fitShort' : 'peri.score.notFitShort')}</td><td>{author?.name}</td></tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
