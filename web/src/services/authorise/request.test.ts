import { describe, expect, it } from 'vitest';
import { requestView, safeRedirect } from './request.resource';

describe('what an application asks', () => {
  it('is said in the language of the person, in French where that is missing', () => {
    const answer = { client: { id: 'growth', name: 'Courbes' }, scopes: [{ scope: 'patient/Patient.rs', fr: 'Lire', en: 'Read' }, { scope: 'openid', fr: 'Savoir', required: true }], needs: 'patient', patient: 'Patient/p1' };
    const view = requestView(answer, 'en');
    expect(view.scopes.map((s) => s.sentence)).toEqual(['Read', 'Savoir']);
    expect([view.needs, view.patient, view.name]).toEqual(['patient', 'p1', 'Courbes']);
  });

  it.each(['javascript:alert(1)', ' JavaScript:x', 'data:text/html,x', undefined])('never leads to %s', (redirect) => {
    expect(() => safeRedirect(redirect)).toThrow();
  });

  it('leads to a page or to an application of the telephone', () => {
    expect([safeRedirect('https://app.test/cb?code=1'), safeRedirect('fr.courbes:/cb')]).toEqual(['https://app.test/cb?code=1', 'fr.courbes:/cb']);
  });
});
