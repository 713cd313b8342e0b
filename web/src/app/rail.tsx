import { IconHome, IconInfoCircle, type Icon } from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAny, useMe, type Me } from '../fhir/session';
import type { NavKey } from '../slots';
import { rooms } from './rooms';

interface Entry { path: string; key: NavKey; icon: Icon }

export function navEntries(me: Me): Entry[] {
  const fromRooms = rooms.flatMap((room) =>
    room.pages.flatMap((slot) => (slot.nav && mayAny(me, slot.nav.powers) ? [{ path: slot.path, key: slot.nav.key, icon: slot.nav.icon }] : [])),
  );
  return [{ path: '/', key: 'home', icon: IconHome }, ...fromRooms, { path: '/about', key: 'about', icon: IconInfoCircle }];
}

export function Rail() {
  const { t } = useTranslation();
  const me = useMe();
  const entries = navEntries(me);
  const here = useRouterState({ select: (state) => state.location.pathname });
  // Of two entries that stand above this page the longer one is it.
  const exact = (path: string) => path === '/' || entries.some((other) => other.path !== path && other.path.startsWith(`${path}/`) && here.startsWith(other.path));
  return (
    <nav className="mh-rail" aria-label={t('app.navigation')}>
      {entries.map(({ path, key, icon: EntryIcon }) => (
        <Link key={path} to={path} className="mh-rail-entry" activeOptions={{ exact: exact(path) }} activeProps={{ 'aria-current': 'page' }}>
          <EntryIcon size={20} stroke={1.6} aria-hidden="true" />
          <span>{t(`nav.${key}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
