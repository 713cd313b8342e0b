import { Outlet, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { useMe } from '../../fhir/session';
import type { ChartFrameProps } from '../../slots';
import { AllergiesWithheld, AllergyStrip } from './allergies.panel';
import { ChartTabs } from './chart-tabs.panel';
import { PatientBanner } from './patient-banner.panel';
import { usePatient } from './patient.resource';
import { rememberPatient } from './recent';
import { isDenied, useRefusal } from './refusal.resource';

/** The frame of a chart: whose it is, its sections, its allergies; then the section. */
export default function ChartPage({ sections, Refused }: ChartFrameProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { patientId } = useParams({ strict: false }) as { patientId: string };
  const patient = usePatient(patientId);
  const { refusal, summary } = useRefusal(patientId);
  const found = patient.data !== undefined;
  useEffect(() => {
    if (found) rememberPatient(me, patientId);
  }, [found, me, patientId]);
  if (!patient.data && patient.isError) {
    return (
      <div className="mh-page">
        <h1 className="mh-title">{t('chart.unavailable')}</h1>
        {isDenied(patient.error) ? <Refused patientId={patientId} whole /> : <FailureNotice error={patient.error} retry={() => void patient.refetch()} />}
      </div>
    );
  }
  return (
    <div className="mh-chart">
      {patient.data && <PatientBanner patient={patient.data} />}
      <h1 className="mh-sr">{t('chart.of', { name: patient.data?.name.full ?? '' })}</h1>
      <div className="mh-chart-bar">
        <ChartTabs patientId={patientId} sections={sections} />
        {refusal !== 'unknown' && (summary ? <AllergyStrip patientId={patientId} /> : <AllergiesWithheld />)}
      </div>
      <div className="mh-chart-body">
        {(refusal === 'part' || refusal === 'whole') && <Refused patientId={patientId} whole={refusal === 'whole'} />}
        {(refusal === 'none' || refusal === 'part') && <Outlet />}
      </div>
    </div>
  );
}
