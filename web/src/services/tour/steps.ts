/** The six steps, and what each one points at; where it is not on the page the step stands in the middle. */
export const STEPS = [
  { key: 'welcome', target: '.mh-tenant' },
  { key: 'search', target: '.mh-quick' },
  { key: 'day', target: '.mh-home .mh-panel' },
  { key: 'palette', target: '[data-tour="palette"]' },
  { key: 'roles', target: '.mh-person' },
  { key: 'lock', target: '[data-tour="lock"]' },
] as const;

export interface Place { top: number; left: number }
interface Box { top: number; left: number; width: number; height: number }

const GAP = 12;

/** Under what is pointed at, and never off the screen; in the middle where nothing is. */
export function placeOf(target: Box | null, card: { width: number; height: number }, screen: { width: number; height: number }): Place {
  const within = (value: number, size: number, whole: number) => Math.max(GAP, Math.min(value, whole - size - GAP));
  if (!target) return { top: within((screen.height - card.height) / 2, card.height, screen.height), left: within((screen.width - card.width) / 2, card.width, screen.width) };
  const below = target.top + target.height + GAP;
  const fits = below + card.height + GAP <= screen.height;
  const top = fits ? below : target.top - card.height - GAP;
  return { top: within(top, card.height, screen.height), left: within(target.left + target.width / 2 - card.width / 2, card.width, screen.width) };
}
