import { describe, expect, it } from 'vitest';
import { STEPS, placeOf } from './steps';

const screen = { width: 1000, height: 700 };
const card = { width: 360, height: 200 };

describe('the tour', () => {
  it('has six steps', () => expect(STEPS).toHaveLength(6));

  it('stands under what it points at, above where there is no room, and never off the screen', () => {
    expect(placeOf({ top: 8, left: 400, width: 200, height: 32 }, card, screen)).toEqual({ top: 52, left: 320 });
    expect(placeOf({ top: 650, left: 0, width: 60, height: 40 }, card, screen)).toEqual({ top: 438, left: 12 });
    expect(placeOf({ top: 8, left: 960, width: 32, height: 32 }, card, screen).left).toBe(628);
    expect(placeOf(null, card, screen)).toEqual({ top: 250, left: 320 });
    expect(placeOf({ top: 0, left: 0, width: 1000, height: 700 }, card, { width: 300, height: 180 })).toEqual({ top: 12, left: 12 });
  });
});
