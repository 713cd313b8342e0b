import { useTranslation } from 'react-i18next';
import { AccessesPanel } from './accesses.panel';
import './audit.css';

/** Chart section: the accesses to this record. */
export default function AccessesPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.accesses')}</h2>
      <p className="mh-lead mh-quiet">{t('accesses.explain')}</p>
      <AccessesPanel patientId={patientId} />
    </div>
  );
}
