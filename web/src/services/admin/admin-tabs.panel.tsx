import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import '../../design/form.css';

const TABS = [
  { to: '/administration', key: 'people' },
  { to: '/administration/postes', key: 'stations' },
  { to: '/administration/applications', key: 'clients' },
] as const;

export function AdminTabs() {
  const { t } = useTranslation();
  return (
    <nav className="mh-subnav" aria-label={t('admin.tabs')}>
      {TABS.map(({ to, key }) => (
        <Link key={to} to={to} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
          {t(`admin.tab.${key}`)}
        </Link>
      ))}
    </nav>
  );
}
