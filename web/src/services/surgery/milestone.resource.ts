import type { MilestoneCode } from './projection';
import type { Tap } from './queue';
import { tapKey } from './use-taps';

const path = (surgery: string) => `surgeries/${encodeURIComponent(surgery)}/milestones`;

export function milestoneTap(surgery: string, code: MilestoneCode): Tap {
  const [key, at] = [tapKey(), new Date().toISOString()];
  return { key, surgery, kind: 'milestone', method: 'POST', path: path(surgery), body: { code, time: at, key }, at };
}

export function undoTap(surgery: string, code: MilestoneCode): Tap {
  const [key, at] = [tapKey(), new Date().toISOString()];
  return { key, surgery, kind: 'undo', method: 'POST', path: `${path(surgery)}/undo`, body: { code, key }, at };
}
