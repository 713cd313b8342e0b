// A line graph: points with a symbol and a colour, unit and label always in sight. The table stands beside it.
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatDate, type Language } from '../datatypes/Date/format';
import { formatNumber } from '../datatypes/Quantity/number';

export interface PlotLine { label: string; values: (number | null)[] }

export interface PlotProps {
  label: string;
  unit: string;
  /** Seconds since 1970, ascending. */
  times: number[];
  lines: PlotLine[];
  language: Language;
  height?: number;
  /** The reference: what lies between is shaded; a missing bound is open. */
  band?: { low: number | null; high: number | null };
}

const FONT = "11px 'Inter Variable', system-ui, sans-serif";
const SIZE = 4;

/** A disc for the first line, a triangle for the second: told apart without colour. */
function symbol(shape: number): uPlot.Series.Points.PathBuilder {
  return (plot, seriesIndex, from, to) => {
    const path = new Path2D();
    const [xs, ys] = [plot.data[0], plot.data[seriesIndex] ?? []];
    const size = SIZE * devicePixelRatio;
    for (let i = from; i <= to; i++) {
      const y = ys[i];
      if (y === null || y === undefined) continue;
      const cx = plot.valToPos(xs[i] ?? 0, 'x', true);
      const cy = plot.valToPos(y, 'y', true);
      if (shape === 0) {
        path.moveTo(cx + size, cy);
        path.arc(cx, cy, size, 0, 2 * Math.PI);
      } else {
        path.moveTo(cx, cy - size);
        path.lineTo(cx + size, cy + size);
        path.lineTo(cx - size, cy + size);
        path.closePath();
      }
    }
    return { fill: path, stroke: path };
  };
}

/** Shades the reference under the lines. */
function shade(plot: uPlot, band: PlotProps['band'], colour: string): void {
  if (!band || (band.low === null && band.high === null)) return;
  const { left, top, width, height } = plot.bbox;
  const y = (value: number | null, edge: number) => (value === null ? edge : Math.min(top + height, Math.max(top, plot.valToPos(value, 'y', true))));
  const [upper, lower] = [y(band.high, top), y(band.low, top + height)];
  plot.ctx.save();
  plot.ctx.fillStyle = colour;
  plot.ctx.fillRect(left, upper, width, Math.max(0, lower - upper));
  plot.ctx.restore();
}

const MARGIN = 0.12;

/** Room above and below, also where all values are one. */
function around(low: number, high: number): [number, number] {
  const room = Math.max((high - low) * MARGIN, Math.abs(high) * 0.02, 0.5);
  return [low - room, high + room];
}

function options(props: PlotProps, width: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue('--mh-ink-2');
  const line = style.getPropertyValue('--mh-line');
  const colours = [style.getPropertyValue('--mh-plot-1'), style.getPropertyValue('--mh-plot-2')];
  const axis = { stroke: ink, font: FONT, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 } };
  const day = (seconds: number) => formatDate(new Date(seconds * 1000).toISOString(), props.language) ?? '';
  return {
    width,
    height: props.height ?? 168,
    padding: [12, 16, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 8 } },
    scales: { x: { time: true }, y: { range: (_plot, low, high) => around(low, high) } },
    axes: [
      { ...axis, space: 90, values: (_plot, ticks) => ticks.map(day), size: 26 },
      { ...axis, size: 44, values: (_plot, ticks) => ticks.map((tick) => formatNumber(tick, props.language)) },
    ],
    hooks: { drawClear: [(plot) => shade(plot, props.band, style.getPropertyValue('--mh-accent-soft'))] },
    series: [
      {},
      ...props.lines.map((one, index) => ({
        label: one.label,
        stroke: colours[index % 2],
        width: 1.5,
        spanGaps: true,
        points: { show: true, size: SIZE * 2, fill: colours[index % 2], paths: symbol(index) },
      })),
    ],
  };
}

export default function Plot(props: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const { label, unit, times, lines, language, height, band } = props;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const plot = new uPlot(options({ label, unit, times, lines, language, height, band }, element.clientWidth || 320), [times, ...lines.map((l) => l.values)], element);
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: height ?? 168 }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [label, unit, times, lines, language, height, band, scheme]);
  return (
    <figure className="mh-plot">
      <figcaption>
        <strong>{label}</strong> <span className="mh-quiet">{unit}</span>
        {lines.length > 1 && lines.map((line, index) => (
          <span key={line.label} className={`mh-plot-key mh-plot-key-${index}`}>
            <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
              {index === 0 ? <circle cx="5" cy="5" r="4" /> : <path d="M5 1 L9 9 L1 9 Z" />}
            </svg>
            {line.label}
          </span>
        ))}
      </figcaption>
      <div ref={box} role="img" aria-label={`${label}, ${unit}`} />
    </figure>
  );
}
