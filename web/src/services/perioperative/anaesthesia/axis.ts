// The time axis of the record: what it spans, where its ticks are, and how values become heights.

const MINUTE = 60_000;
const STEPS = [5, 10, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE);
const SHORTEST = 30 * MINUTE;

export interface Span { from: number; to: number }

/** From the first to the last instant, on whole five minutes, never shorter than half an hour. */
export function spanOf(times: number[]): Span | null {
  const real = times.filter((time) => Number.isFinite(time));
  if (!real.length) return null;
  const five = 5 * MINUTE;
  const from = Math.floor(Math.min(...real) / five) * five;
  const to = Math.ceil((Math.max(...real) + 1) / five) * five;
  return { from, to: Math.max(to, from + SHORTEST) };
}

/** Instants of the ticks: the finest step that leaves `room` pixels between two. */
export function ticksOf({ from, to }: Span, width: number, room = 64): number[] {
  const step = STEPS.find((one) => (one / (to - from)) * width >= room) ?? STEPS.at(-1) ?? MINUTE;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
}

export const along = ({ from, to }: Span, left: number, width: number) => (time: number): number => left + ((time - from) / (to - from)) * width;

/** A height within a lane; what is beyond its bounds stays on its edge. */
export const height = (low: number, high: number, top: number, tall: number) => (value: number): number => top + tall - ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * tall;

/** Bounds of a lane: at least these, wider by whole tens where a value is beyond. */
export function bounds(values: number[], low: number, high: number): [number, number] {
  if (!values.length) return [low, high];
  return [Math.min(low, Math.floor(Math.min(...values) / 10) * 10), Math.max(high, Math.ceil(Math.max(...values) / 10) * 10)];
}
