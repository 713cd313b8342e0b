import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import '../../design/form.css';

export function AuditTabs() {
  const { t } = useTranslation();
  return (
    <nav className="mh-subnav" aria-label={t('accesses.tabs')}>
      <Link to="/audit" activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>{t('accesses.all')}</Link>
      <Link to="/audit/dossier" activeProps={{ 'aria-current': 'page' }}>{t('accesses.ofRecord')}</Link>
    </nav>
  );
}
