import { useTranslation } from 'react-i18next';
import { AllergiesPanel } from './allergies.panel';
import { LabsPanel } from './labs.panel';
import { MedicationsPanel } from './medications.panel';
import { ProblemsPanel } from './problems.panel';
import { VitalsPanel } from './vitals.panel';
import { AppointmentsPanel, EncountersPanel } from './visits.panel';

/** One look at a patient: each panel loads, and fails, on its own. */
export default function SummaryPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.summary')}</h2>
      <div className="mh-summary">
        <div className="mh-column">
          <AllergiesPanel patientId={patientId} />
          <ProblemsPanel patientId={patientId} />
          <AppointmentsPanel patientId={patientId} />
        </div>
        <div className="mh-column">
          <MedicationsPanel patientId={patientId} which="current" />
          <EncountersPanel patientId={patientId} />
        </div>
        <div className="mh-column">
          <VitalsPanel patientId={patientId} />
          <LabsPanel patientId={patientId} />
        </div>
      </div>
    </div>
  );
}
