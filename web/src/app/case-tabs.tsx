import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { rooms } from './rooms';

const slots = rooms.flatMap((room) => room.caseTabs ?? []).toSorted((a, b) => a.order - b.order);

/** The pages of one operation, as the rooms bring them. */
export function CaseTabs({ surgery }: { surgery: string }) {
  const { t } = useTranslation();
  return (
    <nav className="mh-case-tabs" aria-label={t('caseTabs.label')}>
      {slots.map(({ path, key }) => <Link key={key} to={path ? `/surgeries/${surgery}/${path}` : `/surgeries/${surgery}`} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>{t(`caseTabs.${key}`)}</Link>)}
    </nav>
  );
}
