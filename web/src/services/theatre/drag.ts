// Holding a case with the pointer: over rooms (lanes with a time axis), over cells (a room on a day) and over days.
import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import { atClinic, minutesOfDay, snap } from '../../datatypes/Date/clinic';
import { placeOf, type Place, type Subject } from './change.resource';
import { instantAt, minutesTo } from './layout';

export interface Held { subject: Subject; place: Place | null; x: number; y: number }

interface Grip {
  subject: Subject;
  mode: 'move' | 'resize';
  /** Where in the case it is held, in milliseconds after its start. */
  grab: number;
  x: number;
  y: number;
  pointer: number;
}

/** A press becomes a drag after so many pixels; until then it is a click. */
const THRESHOLD = 5;
/** So long over a day, and the plan turns to it. */
const DWELL_MS = 350;
/** A case from the list is held near its start. */
const LIST_GRAB_MS = 0;
const MORNING = 8 * 60;

const minutesOf = (subject: Subject): number => (subject.kind === 'case' ? subject.waiting.minutes : subject.booking.minutes);

function under(x: number, y: number, name: string): HTMLElement | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const found = element instanceof HTMLElement ? element.closest<HTMLElement>(`[data-${name}]`) : null;
    if (found) return found;
  }
  return null;
}

/** The instant under a point of a lane. */
function instantUnder(lane: HTMLElement, x: number): number {
  const box = lane.getBoundingClientRect();
  return instantAt({ from: Number(lane.dataset.from), until: Number(lane.dataset.until) }, (x - box.left) / box.width);
}

/** The place that the pointer means; null where there is none. */
function placeUnder(grip: Grip, x: number, y: number): Place | null {
  const { subject, mode, grab } = grip;
  const own = subject.kind === 'booking' ? placeOf(subject.booking) : null;
  const lane = under(x, y, 'lane');
  if (mode === 'resize') {
    const row = own && document.querySelector<HTMLElement>(`[data-lane="${CSS.escape(own.room)}"]`);
    return own && row ? { ...own, minutes: minutesTo(own.start, instantUnder(row, x)) } : null;
  }
  if (lane) return { room: lane.dataset.lane ?? '', start: snap(instantUnder(lane, x) - grab), minutes: minutesOf(subject) };
  const cell = under(x, y, 'cell');
  // A cell of the week keeps the hour.
  if (cell) return { room: cell.dataset.cell ?? '', start: atClinic(cell.dataset.day ?? '', own ? minutesOfDay(own.start) : MORNING), minutes: minutesOf(subject) };
  return null;
}

interface DragProps {
  drop: (subject: Subject, place: Place) => void;
  /** The pointer rests on a day. */
  turn: (day: string) => void;
}

/** Gives what is held, and what starts to hold it. Escape lets go. */
export function useDrag({ drop, turn }: DragProps) {
  const [held, setHeld] = useState<Held | null>(null);
  const grip = useRef<Grip | null>(null);
  const last = useRef<Held | null>(null);
  const latest = useRef({ drop, turn });
  useEffect(() => {
    latest.current = { drop, turn };
  });
  useEffect(() => {
    let dwell: ReturnType<typeof setTimeout> | undefined;
    let over: string | null = null;
    const show = (next: Held | null) => {
      last.current = next;
      setHeld(next);
    };
    const end = () => {
      clearTimeout(dwell);
      over = null;
      grip.current = null;
      delete document.documentElement.dataset.holding;
      show(null);
    };
    const rest = (x: number, y: number) => {
      const day = under(x, y, 'turn')?.dataset.turn ?? null;
      if (day === over) return;
      clearTimeout(dwell);
      over = day;
      if (day) dwell = setTimeout(() => latest.current.turn(day), DWELL_MS);
    };
    const move = (event: PointerEvent) => {
      const held = grip.current;
      if (!held || event.pointerId !== held.pointer) return;
      const { clientX: x, clientY: y } = event;
      if (!last.current && Math.hypot(x - held.x, y - held.y) < THRESHOLD) return;
      document.documentElement.dataset.holding = held.mode;
      event.preventDefault();
      rest(x, y);
      show({ subject: held.subject, place: placeUnder(held, x, y), x, y });
    };
    const up = (event: PointerEvent) => {
      const held = grip.current;
      if (!held || event.pointerId !== held.pointer) return;
      const done = last.current;
      end();
      if (!done) return;
      // The press that ended a drag is no click.
      const quiet = new AbortController();
      window.addEventListener('click', (click) => click.stopPropagation(), { capture: true, signal: quiet.signal });
      setTimeout(() => quiet.abort());
      if (done.place) latest.current.drop(done.subject, done.place);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && grip.current) {
        end();
        event.stopPropagation();
      }
    };
    window.addEventListener('pointermove', move, { passive: false });
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', key, true);
    return () => {
      clearTimeout(dwell);
      delete document.documentElement.dataset.holding;
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', key, true);
    };
  }, []);
  const hold = (event: ReactPointerEvent<HTMLElement>, subject: Subject, mode: 'move' | 'resize' = 'move') => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const lane = event.currentTarget.closest<HTMLElement>('[data-lane]');
    const grab = subject.kind === 'booking' && lane ? instantUnder(lane, event.clientX) - Date.parse(subject.booking.start) : LIST_GRAB_MS;
    grip.current = { subject, mode, grab, x: event.clientX, y: event.clientY, pointer: event.pointerId };
  };
  return { held, hold };
}

export type Hold = ReturnType<typeof useDrag>['hold'];
