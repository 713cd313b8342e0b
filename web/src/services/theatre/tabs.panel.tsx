import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The pages of the theatre. */
export function TheatreTabs() {
  const { t } = useTranslation();
  return (
    <nav className="mh-theatre-tabs" aria-label={t('theatre.pages')}>
      <Link to="/theatre" activeOptions={{ exact: true, includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>{t('theatre.board')}</Link>
      <Link to="/theatre/blocks" activeProps={{ 'aria-current': 'page' }}>{t('theatre.blocksTitle')}</Link>
      <Link to="/wall">{t('theatre.wall')}</Link>
    </nav>
  );
}
