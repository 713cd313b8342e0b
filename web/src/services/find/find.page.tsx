import { useTranslation } from 'react-i18next';
import { FindPanel } from './find.panel';

/** Words in the records of one's patients. */
export default function FindPage() {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <div className="mh-page-head"><h1 className="mh-title">{t('find.title')}</h1></div>
      <FindPanel />
    </div>
  );
}
