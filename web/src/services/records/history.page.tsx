import { useTranslation } from 'react-i18next';
import { AllergiesPanel } from './allergies.panel';
import { EventsPanel, FamilyPanel, HabitsPanel } from './background.panel';
import { ProblemsPanel } from './problems.panel';
import { ChartTools } from './row-actions.panel';

/** Antécédents: problems active and past, allergies, operations, family, habits, vaccinations; each line can be changed. */
export default function HistoryPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.history')}</h2>
      <ChartTools patientId={patientId}>
        <div className="mh-grid-2 mh-grid-roomy">
          <div className="mh-column">
            <ProblemsPanel patientId={patientId} all />
            <EventsPanel patientId={patientId} type="Procedure" />
            <FamilyPanel patientId={patientId} />
          </div>
          <div className="mh-column">
            <AllergiesPanel patientId={patientId} past />
            <HabitsPanel patientId={patientId} />
            <EventsPanel patientId={patientId} type="Immunization" />
          </div>
        </div>
      </ChartTools>
    </div>
  );
}
