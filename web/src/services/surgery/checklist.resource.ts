// The safety checklist of a case: what the server knows, and over it what was tapped here and waits to be sent. Nothing that
// was answered by another tablet is lost: a tap only ever speaks of its own item.
import type { Tap } from './queue';

export const PHASES = ['sign-in', 'time-out', 'sign-out'] as const;
export type PhaseCode = (typeof PHASES)[number];

export const ANSWERS = ['yes', 'no', 'na'] as const;
export type Answer = (typeof ANSWERS)[number];

export interface Item {
  id: string;
  text: string;
  /** Longer words on what is checked. */
  help?: string;
  /** Marked with a star on the paper: an answer that is not reassuring wants the team's decision. */
  starred: boolean;
  /** The answers that the version offers; yes, no and without object where it says nothing. */
  answers: Answer[];
  /** The answers after which the team has to write what it decided. */
  decideOn: Answer[];
}

export interface Given { answer: Answer; decision?: string; by?: string; at?: string; pending?: boolean }

export interface Attestation { role: string; by?: string; at?: string; pending?: boolean }

export interface Outcome { go: boolean; reason?: string; by?: string; at?: string; pending?: boolean }

export interface Phase {
  code: PhaseCode;
  title: string;
  when?: string;
  items: Item[];
  given: Record<string, Given>;
  /** Who has to attest. */
  roles: string[];
  attested: Attestation[];
  outcome: Outcome | null;
}

export interface Checklist { version: string; title: string; phases: Phase[] }

/** What one tap of the checklist says. */
export type Said =
  | { say: 'answer'; phase: PhaseCode; item: string; answer: Answer | null; decision?: string }
  | { say: 'attest'; phase: PhaseCode; role: string }
  | { say: 'outcome'; phase: PhaseCode; go: boolean; reason?: string }
  | { say: 'lift'; phase: PhaseCode; decision: string };

const unsent = (tap: Tap): boolean => tap.refused === undefined;

function over(phase: Phase, said: Said, at: string): Phase {
  if (said.phase !== phase.code) return phase;
  if (said.say === 'attest') return phase.attested.some(({ role }) => role === said.role) ? phase : { ...phase, attested: [...phase.attested, { role: said.role, at, pending: true }] };
  if (said.say === 'outcome') return { ...phase, outcome: { go: said.go, reason: said.reason, at, pending: true } };
  if (said.say === 'lift') return { ...phase, outcome: null };
  const { [said.item]: _, ...others } = phase.given;
  if (said.answer === null) return { ...phase, given: others };
  return { ...phase, given: { ...others, [said.item]: { answer: said.answer, decision: said.decision, at, pending: true } } };
}

/** The checklist as the hand left it: what the server knows, then the taps that wait, in their order. */
export function merged(known: Checklist, taps: readonly Tap[], surgery: string, read: (tap: Tap) => Said | null): Checklist {
  const waiting = taps.filter((tap) => tap.kind === 'checklist' && tap.surgery === surgery && unsent(tap));
  const phases = waiting.reduce((now, tap) => {
    const said = read(tap);
    return said ? now.map((phase) => over(phase, said, tap.at)) : now;
  }, known.phases);
  return { ...known, phases };
}

/** An item of which the answer wants a decision that nobody wrote yet. */
export const wantsDecision = (item: Item, given: Given | undefined): boolean => given !== undefined && item.decideOn.includes(given.answer) && !given.decision?.trim();

export interface Progress { done: number; of: number; undecided: number; answered: boolean; attested: boolean; over: boolean; stopped: boolean }

export function progressOf(phase: Phase): Progress {
  const done = phase.items.filter((item) => phase.given[item.id]).length;
  const undecided = phase.items.filter((item) => wantsDecision(item, phase.given[item.id])).length;
  const attested = phase.roles.every((role) => phase.attested.some((one) => one.role === role));
  return { done, of: phase.items.length, undecided, answered: done === phase.items.length && undecided === 0, attested, over: phase.outcome?.go === true, stopped: phase.outcome?.go === false };
}

/** The phase that is worked on: the first that is not over. */
export const currentPhase = (phases: readonly Phase[]): PhaseCode => (phases.find((phase) => !progressOf(phase).over) ?? phases.at(-1))?.code ?? 'sign-in';
