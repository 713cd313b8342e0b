// What the day will look like if nothing else happens: every case of a room is pushed by the one before it. The server's plan
// and the milestones go in; nothing is guessed beyond the planned minutes.

export const MILESTONES = ['arrived', 'in', 'induction', 'incision', 'closure', 'out', 'cleaned', 'recovery-in', 'recovery-out'] as const;
export type MilestoneCode = (typeof MILESTONES)[number];

export interface Mark { code: MilestoneCode; time: string }

export interface Planned {
  id: string;
  /** Planned: patient in, patient out. */
  start: string;
  end: string;
  /** Minutes of cleaning after it. */
  cleaning: number;
  milestones: readonly Mark[];
  /** Cancelled or postponed: it takes no time. */
  gone: boolean;
}

export interface Projected {
  id: string;
  start: number;
  end: number;
  /** When the next one may come in. */
  free: number;
  /** Minutes that the start is behind the plan; negative: ahead of it. */
  late: number;
  state: 'waiting' | 'called' | 'running' | 'out' | 'done' | 'gone';
}

const MINUTE = 60_000;
export const timeOf = (marks: readonly Mark[], code: MilestoneCode): number | null => {
  const found = marks.find((mark) => mark.code === code);
  const time = found ? Date.parse(found.time) : Number.NaN;
  return Number.isNaN(time) ? null : time;
};

function stateOf({ gone, milestones }: Planned): Projected['state'] {
  if (gone) return 'gone';
  if (timeOf(milestones, 'cleaned') !== null) return 'done';
  if (timeOf(milestones, 'out') !== null) return 'out';
  if (timeOf(milestones, 'in') !== null) return 'running';
  return timeOf(milestones, 'arrived') === null ? 'waiting' : 'called';
}

/** Minutes at least that a case still takes once the wound is closed. */
const AFTER_CLOSURE = 10;

function endOf(one: Planned, start: number, now: number): number {
  const out = timeOf(one.milestones, 'out');
  if (out !== null) return out;
  const planned = Math.max(0, Date.parse(one.end) - Date.parse(one.start));
  const closed = timeOf(one.milestones, 'closure');
  const end = closed === null ? start + planned : closed + AFTER_CLOSURE * MINUTE;
  return timeOf(one.milestones, 'in') === null ? end : Math.max(end, now);
}

/** The cases of one room in the order of their plan, as they will be at the clock `now` (milliseconds since 1970). */
export function project(cases: readonly Planned[], now: number): Projected[] {
  const order = [...cases].sort((a, b) => (timeOf(a.milestones, 'in') ?? Date.parse(a.start)) - (timeOf(b.milestones, 'in') ?? Date.parse(b.start)));
  let free = -Infinity;
  return order.map((one) => {
    const state = stateOf(one);
    const planned = Date.parse(one.start);
    if (state === 'gone') return { id: one.id, start: planned, end: planned, free: planned, late: 0, state };
    const started = timeOf(one.milestones, 'in');
    const start = started ?? Math.max(planned, free, now);
    const end = endOf(one, start, now);
    free = timeOf(one.milestones, 'cleaned') ?? Math.max(end + one.cleaning * MINUTE, state === 'out' ? now : -Infinity);
    return { id: one.id, start, end, free, late: Math.round((start - planned) / MINUTE), state };
  });
}

/** How long before it comes in a patient is called. */
export const CALL_MINUTES = 45;

/** The next patient to call in a room: the first that waits and is due soon; null where nobody is. */
export function nextToCall(projected: readonly Projected[], now: number): Projected | null {
  const next = projected.find(({ state }) => state === 'waiting');
  return next && next.start - now <= CALL_MINUTES * MINUTE ? next : null;
}

/** The milestone that the next tap means: the first of the room's that is missing. */
export const ROOM_MILESTONES: readonly MilestoneCode[] = ['arrived', 'in', 'induction', 'incision', 'closure', 'out', 'cleaned'];

export function nextMilestone(marks: readonly Mark[]): MilestoneCode | null {
  const last = ROOM_MILESTONES.findLastIndex((code) => timeOf(marks, code) !== null);
  return ROOM_MILESTONES[last + 1] ?? null;
}

/** What the recovery room tells, beside the cleaning of the theatre: null before the patient is out, and at the end. */
export function nextInRecovery(marks: readonly Mark[]): MilestoneCode | null {
  if (timeOf(marks, 'out') === null) return null;
  return (['recovery-in', 'recovery-out'] as const).find((code) => timeOf(marks, code) === null) ?? null;
}

/** How long a tap can simply be taken back; later it is corrected, with a reason. */
export const UNDO_MINUTES = 5;

/** From how many minutes on a start counts as late. */
export const LATE_MINUTES = 15;

const minutesOf = (clock: string): number => {
  const parts = /^(\d{2}):(\d{2})$/.exec(clock);
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : Number.NaN;
};

/** The instant of another hour of the same day: `time` stands at `known` on the clinic's clock. Null where there is no hour. */
export function atClock(time: string, known: string, clock: string): string | null {
  const moved = Date.parse(time) + (minutesOf(clock) - minutesOf(known)) * MINUTE;
  return Number.isNaN(moved) ? null : new Date(moved).toISOString();
}
