import { describe, expect, it } from 'vitest';
import { found, needsOf, type Act } from './acts.resource';

const act = (code: string, display: string): Act => ({ id: code, version: 1, system: null, code, display, needs: [], places: [], misplaced: 0 });

describe('needs of acts', () => {
  it('finds an act by the beginnings of words, without accents', () => {
    const acts = [act('NEKA020', 'Prothèse totale de hanche'), act('HHFA016', 'Appendicectomie')];
    expect(found(acts, 'prothese han')).toEqual([acts[0]]);
    expect(found(acts, 'hhfa')).toEqual([acts[1]]);
    expect(found(acts, '')).toHaveLength(2);
    expect(found(acts, 'anche')).toHaveLength(0);
  });

  it('sends each thing once and nothing that is empty', () => {
    const row = (what: string, count = 1) => ({ kind: 'capability' as const, what, count });
    expect(needsOf([row('laminar'), row(''), row('laminar', 2), row(' x ')])).toEqual([row('laminar'), row('x')]);
  });
});
