import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/Panel';

/** The desk's home: receive someone. */
export default function DeskHome() {
  const { t } = useTranslation();
  return (
    <Panel title={t('registration.desk')}>
      <p className="mh-lead">{t('registration.deskExplain')}</p>
      <div className="mh-row">
        <Link to="/patients">{t('registration.find')}</Link>
        <Link to="/patients/nouveau">{t('registration.title')}</Link>
        <Link to="/patients/import">{t('desk.import.open')}</Link>
        <Link to="/patients/fusion">{t('desk.merge.open')}</Link>
      </div>
    </Panel>
  );
}
