import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import '../../design/form.css';

export function AccessTabs() {
  const { t } = useTranslation();
  return (
    <nav className="mh-subnav" aria-label={t('access.tabs')}>
      <Link to="/droits" activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>{t('access.policies')}</Link>
      <Link to="/droits/dossier" activeProps={{ 'aria-current': 'page' }}>{t('access.who')}</Link>
    </nav>
  );
}
