import { useTranslation } from 'react-i18next';
import { ParkedPanel } from './parked.panel';

export default function ParkedPage() {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('parked.title')}</h1>
      </div>
      <p className="mh-lead mh-quiet">{t('parked.explain')}</p>
      <ParkedPanel />
    </div>
  );
}
