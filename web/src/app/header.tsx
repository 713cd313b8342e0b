import { IconCommand, IconHelp, IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAny, useMe } from '../fhir/session';
import { withWords } from '../i18n';
import { lock, openHelp, openPalette } from '../design/commands';
import { HeaderButton } from './header-button';
import { PersonFace } from './person-face';
import { rooms } from './rooms';
import { LanguageMenu, SchemeButton } from './station-buttons';

const Person = lazy(withWords(async () => ({ default: (await import('./header-menus')).PersonMenu }), 'shell'));

const searches = rooms.flatMap((room) => (room.header ? [{ powers: room.header.powers, Search: lazy(room.header.load) }] : []));
const bells = rooms.flatMap((room) => (room.bell ? [lazy(room.bell)] : []));

export function Header() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <header className="mh-header">
      <Link to="/" className="mh-brand" aria-label={t('app.home')}>
        <img src="/favicon.svg" alt="" width={24} height={24} />
        <span>Medical Hub</span>
      </Link>
      <span className="mh-tenant">{me.tenantTitle}</span>
      <div className="mh-header-search">
        <Suspense fallback={null}>
          {searches.filter((slot) => mayAny(me, slot.powers)).map(({ Search }, index) => (
            <Search key={index} />
          ))}
        </Suspense>
      </div>
      <Suspense fallback={null}>
        {bells.map((Bell, index) => <Bell key={index} />)}
      </Suspense>
      <HeaderButton label={t('palette.open')} onClick={openPalette} tour="palette"><IconCommand size={18} aria-hidden="true" /></HeaderButton>
      <HeaderButton label={t('help.open')} onClick={openHelp} wide><IconHelp size={18} aria-hidden="true" /></HeaderButton>
      <LanguageMenu />
      <SchemeButton />
      <HeaderButton label={t('station.lock')} onClick={lock} tour="lock"><IconLock size={18} aria-hidden="true" /></HeaderButton>
      <Suspense fallback={<button type="button" className="mh-person" disabled><PersonFace /></button>}>
        <Person />
      </Suspense>
    </header>
  );
}
