import { useEffect } from 'react';
import { FailureNotice } from '../../design/FailureNotice';
import type { PatientFrameProps } from '../../slots';
import { AllergiesWithheld, AllergyStrip } from './allergies.panel';
import { PatientBanner } from './patient-banner.panel';
import { usePatient } from './patient.resource';
import { useRefusal } from './refusal.resource';
import './patient-frame.css';

/** Whose record a page outside of the chart is about: the same banner, and the same line of allergies, always in sight. */
export default function PatientFrame({ patientId, children }: PatientFrameProps) {
  const patient = usePatient(patientId);
  const { refusal, summary } = useRefusal(patientId);
  useEffect(() => () => void (document.title = 'Medical Hub'), []);
  return (
    <>
      {patient.data && <PatientBanner patient={patient.data} />}
      {!patient.data && patient.isError && <FailureNotice error={patient.error} retry={() => void patient.refetch()} />}
      <div className="mh-frame-bar">
        <div className="mh-frame-own">{children}</div>
        {refusal !== 'unknown' && (summary ? <AllergyStrip patientId={patientId} /> : <AllergiesWithheld />)}
      </div>
    </>
  );
}
