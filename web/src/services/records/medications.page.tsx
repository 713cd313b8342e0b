import { useTranslation } from 'react-i18next';
import { MedicationsPanel } from './medications.panel';

export default function MedicationsPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.medications')}</h2>
      <div className="mh-grid-2">
        <MedicationsPanel patientId={patientId} which="current" />
        <MedicationsPanel patientId={patientId} which="past" />
      </div>
    </div>
  );
}
