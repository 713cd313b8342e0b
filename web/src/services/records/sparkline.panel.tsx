import { useTranslation } from 'react-i18next';
import type { Series } from './observations.resource';
import './chart.css';

const [WIDTH, HEIGHT, SHOWN, EDGE] = [84, 20, 12, 3];

/** The last results as a small line, the newest with a dot; the values stand in the columns beside. */
export function Sparkline({ series }: { series: Series }) {
  const { t } = useTranslation();
  const values = series.points.slice(0, SHOWN).map((point) => point.values[0]).filter((value) => value !== null && value !== undefined).reverse();
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = (value: number) => (high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE));
  const x = (index: number) => EDGE + (index / (values.length - 1)) * (WIDTH - 2 * EDGE);
  return (
    <svg className="mh-spark" width={WIDTH} height={HEIGHT} role="img" aria-label={t('labs.trendOf', { count: values.length })}>
      <polyline points={values.map((value, index) => `${x(index)},${y(value)}`).join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? 0)} r="2.5" fill="currentColor" />
    </svg>
  );
}
