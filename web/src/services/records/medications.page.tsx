import { useTranslation } from 'react-i18next';
import { ChartTools } from './row-actions.panel';
import { MedicationsPanel } from './medications.panel';

export default function MedicationsPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.medications')}</h2>
      <ChartTools patientId={patientId}>
        <div className="mh-grid-2">
          <MedicationsPanel patientId={patientId} which="current" />
          <MedicationsPanel patientId={patientId} which="past" />
        </div>
      </ChartTools>
    </div>
  );
}
