import { describe, expect, it } from 'vitest';
import { changesOf, type Surgery } from './case.resource';
import { marksWith } from './day.resource';
import { csvOf, figureText, type Figures } from './indicators.resource';
import type { Tap } from './queue';
import { emptyDraft, faultsOf, requestBody, targetOf, withAct, withSetting, withUrgency, type Act } from './request.resource';

const DAY = '2026-11-23';
const HIP: Act = { code: 'NEKA020', text: 'Prothèse totale de hanche', lateral: true, setting: 'inpatient', nights: 3, anaesthesia: 'spinal', minutes: 95 };
const me = { id: 'p1', label: 'Dr FERRAND' };

describe('a request', () => {
  it('takes what is usual from its act, and never a side', () => {
    const draft = withAct({ ...emptyDraft(me, DAY), side: 'left' }, HIP);
    expect(draft).toMatchObject({ side: null, setting: 'inpatient', nights: 3, anaesthesia: 'spinal' });
    expect(faultsOf(draft)).toEqual(['side']);
    expect(faultsOf({ ...draft, side: 'right' })).toEqual([]);
  });

  it('an act without a side sends none, whatever was pressed before', () => {
    const draft = { ...withAct(emptyDraft(me, DAY), { ...HIP, lateral: false }), side: 'left' as const };
    expect(requestBody('x', draft, 60)).not.toHaveProperty('side');
    expect(requestBody('x', draft, 60)).toMatchObject({ patient: 'x', minutes: 60, surgeon: 'Practitioner/p1' });
  });

  it('typed minutes stand above the predicted ones', () => {
    expect(requestBody('x', { ...withAct(emptyDraft(me, DAY), HIP), side: 'left', minutes: 120 }, 95)).toMatchObject({ minutes: 120, side: 'left' });
  });

  it('an urgency proposes its date, over the end of a year too', () => {
    expect(targetOf('immediate', DAY)).toBe(DAY);
    expect(withUrgency(emptyDraft(me, '2026-12-25'), 'soon', '2026-12-25').target).toBe('2027-01-08');
  });

  it('day surgery has no nights, a stay has one at least', () => {
    const draft = withSetting(emptyDraft(me, DAY), 'inpatient');
    expect([draft.nights, withSetting(draft, 'ambulatory').nights]).toEqual([1, 0]);
  });
});

describe('milestones with what waits here', () => {
  const tap = (kind: Tap['kind'], code: string, surgery = 's1'): Tap => ({ key: code + kind, surgery, kind, method: 'POST', path: '', body: { code, time: '2026-11-23T08:10:00Z' }, at: '2026-11-23T08:10:00Z' });
  it('appear at once, and an undone one is gone', () => {
    const known = [{ code: 'arrived' as const, time: '2026-11-23T08:00:00Z' }];
    expect(marksWith(known, [tap('milestone', 'in')], 's1').map(({ code, pending }) => [code, pending])).toEqual([['arrived', undefined], ['in', true]]);
    expect(marksWith(known, [tap('milestone', 'in'), tap('undo', 'in'), tap('undo', 'arrived', 's2')], 's1')).toEqual(known);
  });
});

describe('figures', () => {
  const figures: Figures = {
    from: '2026-11-01', to: '2026-11-30', weeks: [],
    indicators: [{ code: 'tros', name: 'TROS', definition: '', unit: 'minutes' }, { code: 'rate', name: 'Taux; net', definition: '', unit: 'percent' }],
    rows: [{ key: 'r1', name: '=Salle "1"', cases: 3, values: { tros: 62.5, rate: null } }],
    total: { key: '', name: 'Ensemble', cases: 3, values: { tros: 62.5, rate: 81.25 } },
  };
  it('are written for people and for a spreadsheet', () => {
    expect([figureText(81.25, 'percent', 'fr'), figureText(null, 'minutes', 'fr'), figureText(1234, 'minutes', 'fr')]).toEqual(['81,3\u202f%', '–', '1\u202f234\u202fmin']);
    expect(csvOf(figures, 'Salle', 'Cas', 'fr')).toBe('\ufeffSalle;Cas;TROS;"Taux; net"\r\n"\'=Salle ""1""";3;62,5;\r\nEnsemble;3;62,5;81,25\r\n');
  });
});

it('an edit sends what changed, and nothing that was emptied', () => {
  const before = { side: 'left', diagnosis: 'Coxarthrose', minutes: 95, note: '' } as Surgery;
  expect(changesOf(before, { ...before, diagnosis: '', minutes: 110 })).toEqual({ minutes: 110 });
});
