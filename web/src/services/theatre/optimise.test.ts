import { describe, expect, it } from 'vitest';
import { fallOf, horizonOf } from './optimise.resource';

describe('the optimiser', () => {
  it('plans the working week, and nothing that is past', () => {
    expect(horizonOf('2026-11-25', '2026-11-01')).toEqual({ from: '2026-11-23', to: '2026-11-27' });
    expect(horizonOf('2026-11-25', '2026-11-25')).toEqual({ from: '2026-11-25', to: '2026-11-27' });
    expect(horizonOf('2026-11-25', '2026-11-29')).toEqual({ from: '2026-11-29', to: '2026-11-29' });
  });
  it('draws the cost in steps, from the first to now', () => {
    const fall = fallOf([{ n: 1, at: 0, cost: 100 }, { n: 2, at: 1, cost: 50 }], 2);
    expect(fall).toEqual([{ x: 0, y: 1 }, { x: 0.5, y: 1 }, { x: 0.5, y: 0 }, { x: 1, y: 0 }]);
    expect(fallOf([], 2)).toEqual([]);
  });
});
