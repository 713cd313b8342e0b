import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { powersOf, useMe } from '../../fhir/session';

/** The pages of the theatre. */
export function TheatreTabs() {
  const { t } = useTranslation();
  return (
    <nav className="mh-theatre-tabs" aria-label={t('theatre.pages')}>
      <Link to="/theatre" activeOptions={{ exact: true, includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>{t('theatre.board')}</Link>
      <Link to="/theatre/blocks" activeProps={{ 'aria-current': 'page' }}>{t('theatre.blocksTitle')}</Link>
      <Link to="/wall">{t('theatre.wall')}</Link>
      {powersOf(useMe()).has('admin') && (
        <>
          <Link to="/theatre/acts" activeProps={{ 'aria-current': 'page' }}>{t('theatre.acts.title')}</Link>
          <Link to="/theatre/walls" activeProps={{ 'aria-current': 'page' }}>{t('theatre.walls.title')}</Link>
        </>
      )}
    </nav>
  );
}
