import { useTranslation } from 'react-i18next';
import type { Reading, Sign } from './anaesthesia.resource';
import { bounds, height } from './axis';
import type { Frame } from './frame';

interface LaneProps { readings: Reading[]; frame: Frame; top: number; tall: number }

const of = (readings: Reading[], sign: Sign) => readings.flatMap(({ id, time, values }) => (values[sign] === undefined ? [] : [{ id, time, value: values[sign] }]));

/** The name of a lane, its unit, and its scale. */
function Scale({ frame, top, tall, low, high, title, unit, step }: { frame: Frame; top: number; tall: number; low: number; high: number; title: string; unit: string; step: number }) {
  const y = height(low, high, top, tall);
  const marks = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);
  return (
    <g>
      <text x={4} y={top + 14} className="mh-chart-title">{title}</text>
      <text x={4} y={top + 28} className="mh-chart-unit">{unit}</text>
      {marks.map((mark) => (
        <g key={mark}>
          <line x1={frame.left} x2={frame.right} y1={y(mark)} y2={y(mark)} className="mh-chart-grid" />
          <text x={frame.left - 6} y={y(mark) + 4} textAnchor="end" className="mh-chart-unit">{mark}</text>
        </g>
      ))}
    </g>
  );
}

/** Systolic points down, diastolic points up, as on paper; a bar joins the two of one measure. */
export function PressureLane({ readings, frame, top, tall }: LaneProps) {
  const { t } = useTranslation();
  const [sys, dia] = [of(readings, 'sbp'), of(readings, 'dbp')];
  const [low, high] = bounds([...sys, ...dia].map(({ value }) => value), 40, 180);
  const y = height(low, high, top, tall);
  return (
    <g>
      <Scale frame={frame} top={top} tall={tall} low={low} high={high} step={high - low > 160 ? 40 : 20} title={t('peri.chart.pressure')} unit="mmHg" />
      <g transform={`translate(4 ${top + 44})`}>
        <path d="M0 -8 L10 -8 L5 1 Z" className="mh-chart-sys" /><text x={16} y={0} className="mh-chart-unit">{t('peri.chart.systolic')}</text>
        <path d="M0 17 L10 17 L5 8 Z" className="mh-chart-dia" /><text x={16} y={17} className="mh-chart-unit">{t('peri.chart.diastolic')}</text>
      </g>
      {readings.map(({ id, time, values: { sbp, dbp } }) => (sbp === undefined || dbp === undefined ? null : <line key={id} x1={frame.x(time)} x2={frame.x(time)} y1={y(sbp)} y2={y(dbp)} className="mh-chart-bar" />))}
      {sys.map(({ id, time, value }) => <path key={id} d={`M${frame.x(time) - 5} ${y(value) - 8} l10 0 l-5 8 Z`} className="mh-chart-sys"><title>{`${value} mmHg`}</title></path>)}
      {dia.map(({ id, time, value }) => <path key={id} d={`M${frame.x(time) - 5} ${y(value) + 8} l10 0 l-5 -8 Z`} className="mh-chart-dia"><title>{`${value} mmHg`}</title></path>)}
    </g>
  );
}

const path = (points: { time: number; value: number }[], frame: Frame, y: (value: number) => number): string => points.map(({ time, value }, index) => `${index ? 'L' : 'M'}${frame.x(time)} ${y(value)}`).join(' ');

export function PulseLane({ readings, frame, top, tall }: LaneProps) {
  const { t } = useTranslation();
  const points = of(readings, 'hr');
  const [low, high] = bounds(points.map(({ value }) => value), 40, 120);
  const y = height(low, high, top, tall);
  return (
    <g>
      <Scale frame={frame} top={top} tall={tall} low={low} high={high} step={40} title={t('peri.chart.pulse')} unit="/min" />
      <circle cx={9} cy={top + 40} r={4} className="mh-chart-hr" />
      <path d={path(points, frame, y)} className="mh-chart-line-hr" />
      {points.map(({ id, time, value }) => <circle key={id} cx={frame.x(time)} cy={y(value)} r={4} className="mh-chart-hr"><title>{`${value} /min`}</title></circle>)}
    </g>
  );
}

const LOW_SATURATION = 94;

export function SaturationLane({ readings, frame, top, tall }: LaneProps) {
  const { t } = useTranslation();
  const points = of(readings, 'spo2');
  const [low, high] = [Math.min(80, ...points.map(({ value }) => Math.floor(value / 10) * 10)), 100];
  const y = height(low, high, top, tall);
  return (
    <g>
      <Scale frame={frame} top={top} tall={tall} low={low} high={high} step={10} title={t('peri.chart.saturation')} unit="%" />
      <rect x={5} y={top + 33} width={8} height={8} className="mh-chart-spo2" />
      <path d={path(points, frame, y)} className="mh-chart-line-spo2" />
      {points.map(({ id, time, value }) => <rect key={id} x={frame.x(time) - 4} y={y(value) - 4} width={8} height={8} className={value < LOW_SATURATION ? 'mh-chart-low' : 'mh-chart-spo2'}><title>{`${value} %`}</title></rect>)}
    </g>
  );
}
