import { useTranslation } from 'react-i18next';
import { FindPanel } from './find.panel';

/** Words in this record. */
export default function ChartFindPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.find')}</h2>
      <FindPanel patientId={patientId} />
    </div>
  );
}
