import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The pages of one case. */
export function CaseTabs({ surgery }: { surgery: string }) {
  const { t } = useTranslation();
  const pages = [
    { to: `/surgeries/${surgery}`, label: t('surgery.tabs.case') },
    { to: `/surgeries/${surgery}/documents`, label: t('surgery.tabs.documents') },
    { to: `/surgeries/${surgery}/checklist`, label: t('surgery.tabs.checklist') },
    { to: `/surgeries/${surgery}/nursing`, label: t('surgery.tabs.record') },
  ];
  return (
    <nav className="mh-case-tabs" aria-label={t('surgery.tabs.label')}>
      {pages.map(({ to, label }) => <Link key={to} to={to} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>{label}</Link>)}
    </nav>
  );
}
