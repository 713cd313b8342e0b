// Cumulative results: samples of one day share a column as long as no analyte was measured twice in them.
import { clinicDay } from '../../datatypes/Date/format';
import type { Point, Series } from './observations.resource';

export interface Column {
  day: string;
  /** Sampling times, newest first. */
  times: string[];
  /** By key of the series. */
  cells: Map<string, Point>;
}

/** The newest `count` columns, newest first. */
export function columnsOf(series: Series[], count: number): Column[] {
  const samples = new Map<string, Map<string, Point>>();
  for (const one of series) {
    for (const point of one.points) {
      const sample = samples.get(point.at) ?? new Map<string, Point>();
      samples.set(point.at, sample.set(one.key, point));
    }
  }
  const columns: Column[] = [];
  for (const at of [...samples.keys()].sort().reverse()) {
    const sample = samples.get(at) ?? new Map<string, Point>();
    const instant = Date.parse(at);
    const day = Number.isNaN(instant) ? at : clinicDay(new Date(instant));
    const last = columns.at(-1);
    if (last?.day === day && [...sample.keys()].every((key) => !last.cells.has(key))) {
      last.times.push(at);
      for (const [key, point] of sample) last.cells.set(key, point);
    } else {
      columns.push({ day, times: [at], cells: sample });
    }
  }
  return columns.slice(0, count);
}
