import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The pages of one operation, as its other pages show them. */
export function PapersCaseTabs({ surgery }: { surgery: string }) {
  const { t } = useTranslation();
  const pages = [
    { to: `/surgeries/${surgery}`, label: t('papers.tabs.case') },
    { to: `/surgeries/${surgery}/documents`, label: t('papers.tabs.documents') },
    { to: `/surgeries/${surgery}/checklist`, label: t('papers.tabs.checklist') },
    { to: `/surgeries/${surgery}/nursing`, label: t('papers.tabs.record') },
  ];
  return (
    <nav className="mh-papers-tabs" aria-label={t('papers.tabs.label')}>
      {pages.map(({ to, label }) => <Link key={to} to={to} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>{label}</Link>)}
    </nav>
  );
}
