import { describe, expect, it } from 'vitest';
import { currentPhase, merged, progressOf, type Checklist, type Item, type Phase, type Said } from './checklist.resource';
import type { Tap } from './queue';

const item = (id: string, decideOn: Item['decideOn'] = ['no']): Item => ({ id, text: id, starred: true, answers: ['yes', 'no', 'na'], decideOn });
const phase = (code: Phase['code']): Phase => ({ code, title: code, items: [item('a'), item('b')], given: {}, roles: ['surgeon', 'coordinator'], attested: [], outcome: null });
const list: Checklist = { version: 'has-2018', title: 'HAS 2018', phases: [phase('sign-in'), phase('time-out'), phase('sign-out')] };

let count = 0;
const tap = (said: Said, surgery = 's1', refused?: string): Tap => ({ key: String((count += 1)), surgery, kind: 'checklist', method: 'POST', path: '', body: { entry: said }, at: '2026-11-23T08:00:00Z', refused });
const read = (one: Tap) => one.body.entry as Said;
const answer = (id: string, value: 'yes' | 'no' | 'na' | null, decision?: string): Said => ({ say: 'answer', phase: 'sign-in', item: id, answer: value, decision });
const signIn = (taps: Tap[], known = list) => merged(known, taps, 's1', read).phases[0]!;

describe('the checklist with what waits here', () => {
  it('shows the last tap of an item, and marks it as waiting', () => {
    expect(signIn([tap(answer('a', 'no')), tap(answer('a', 'yes'))]).given).toMatchObject({ a: { answer: 'yes', pending: true } });
  });

  it('never loses what another tablet answered', () => {
    const known = { ...list, phases: [{ ...phase('sign-in'), given: { b: { answer: 'na' as const, by: 'Autre' } } }, ...list.phases.slice(1)] };
    expect(signIn([tap(answer('a', 'yes'))], known).given).toMatchObject({ a: { answer: 'yes' }, b: { answer: 'na', by: 'Autre' } });
  });

  it('takes an answer back, leaves out what was refused and what belongs to another case', () => {
    expect(signIn([tap(answer('a', 'yes')), tap(answer('a', null))]).given).toEqual({});
    expect(signIn([tap(answer('a', 'yes'), 's1', 'non'), tap(answer('b', 'yes'), 's2')]).given).toEqual({});
  });

  it('an attestation is not made twice', () => {
    const said: Said = { say: 'attest', phase: 'sign-in', role: 'surgeon' };
    expect(signIn([tap(said), tap(said)]).attested).toHaveLength(1);
  });
});

describe('how far a phase is', () => {
  it('a starred answer without a decision keeps it open', () => {
    const open = progressOf(signIn([tap(answer('a', 'no')), tap(answer('b', 'yes'))]));
    expect(open).toMatchObject({ done: 2, of: 2, undecided: 1, answered: false });
    expect(progressOf(signIn([tap(answer('a', 'no', 'Reporté de 10 min')), tap(answer('b', 'yes'))])).answered).toBe(true);
  });

  it('NO GO is no end: the phase stays the current one', () => {
    const stopped = merged(list, [tap({ say: 'outcome', phase: 'sign-in', go: false, reason: 'Site non marqué' })], 's1', read);
    expect(progressOf(stopped.phases[0]!)).toMatchObject({ stopped: true, over: false });
    expect(currentPhase(stopped.phases)).toBe('sign-in');
    expect(currentPhase(merged(list, [tap({ say: 'outcome', phase: 'sign-in', go: true })], 's1', read).phases)).toBe('time-out');
  });
});
