import { describe, expect, it } from 'vitest';
import { along, bounds, height, spanOf, ticksOf } from './axis';

const MINUTE = 60_000;
const at = (minutes: number) => Date.UTC(2026, 10, 23, 8, 0) + minutes * MINUTE;

describe('the time axis', () => {
  it('spans whole five minutes, and half an hour at least', () => {
    expect(spanOf([])).toBeNull();
    expect(spanOf([Number.NaN])).toBeNull();
    expect(spanOf([at(7)])).toEqual({ from: at(5), to: at(35) });
    expect(spanOf([at(7), at(62)])).toEqual({ from: at(5), to: at(65) });
    expect(spanOf([at(0), at(60)])?.to).toBeGreaterThan(at(60));
  });

  it('has ticks that leave room, on whole steps', () => {
    const span = { from: at(5), to: at(125) };
    const ticks = ticksOf(span, 600);
    expect(ticks).toEqual([15, 30, 45, 60, 75, 90, 105, 120].map(at));
    for (const width of [120, 400, 900, 2000]) {
      const found = ticksOf(span, width);
      expect(found.length, String(width)).toBeLessThanOrEqual(Math.floor(width / 64) + 1);
    }
  });

  it('a long night still has an axis', () => {
    expect(ticksOf({ from: at(0), to: at(40 * 60) }, 300).length).toBeGreaterThan(0);
  });

  it('places instants and values, and keeps what is beyond on the edge', () => {
    const x = along({ from: at(0), to: at(60) }, 100, 600);
    expect([x(at(0)), x(at(30)), x(at(60))]).toEqual([100, 400, 700]);
    const y = height(40, 180, 10, 140);
    expect([y(180), y(40), y(110)]).toEqual([10, 150, 80]);
    expect([y(300), y(0)]).toEqual([10, 150]);
  });

  it('bounds widen by whole tens', () => {
    expect(bounds([], 40, 180)).toEqual([40, 180]);
    expect(bounds([33, 214], 40, 180)).toEqual([30, 220]);
  });
});
