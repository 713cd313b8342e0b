// @vitest-environment happy-dom
import { render, screen } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { startLanguage } from '../../i18n';
import type { Patient } from '../../fhir/types';
import { BannerFacts } from './patient-banner.panel';
import { patientView } from './patient.resource';

beforeAll(() => startLanguage('fr'));

const patient: Patient = {
  resourceType: 'Patient',
  id: 'p1',
  gender: 'female',
  birthDate: '1961-03-12',
  name: [{ use: 'official', family: 'Lefèvre', given: ['Marguerite'] }],
  identifier: [{ type: { coding: [{ code: 'PI' }] }, value: '8001230' }],
};

describe('the patient banner', () => {
  it('says who, in the order of the rule, and what is not recorded', () => {
    render(<BannerFacts patient={patientView(patient, '2026-11-22')} />);
    const text = screen.getByRole('region', { name: 'Patient' }).textContent?.replace(/\s+/g, ' ');
    expect(text).toBe('LEFÈVRE Margueritenée le 12 mars 1961 (65 ans)sexe FemmeINS statut non renseignéIPP 8001230');
  });
  it('shows a deceased person on another ground, with the age at death', () => {
    const { container } = render(<BannerFacts patient={patientView({ ...patient, deceasedDateTime: '2020-05-02' }, '2026-11-22')} />);
    expect(container.querySelector('[data-deceased]')?.textContent?.replace(/\s+/g, ' ')).toContain('décédée le 2 mai 2020 (59 ans)');
  });
});
