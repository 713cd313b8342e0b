import { IconLock } from '@tabler/icons-react';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../fhir/session';
import { LanguageMenu, SchemeButton } from '../station-buttons';
import { SignIn } from './sign-in';

/** Nothing of the page, nor of a window opened over it, is seen or reached while the station is locked. */
function useCover() {
  useEffect(() => {
    const { title } = document;
    document.documentElement.dataset.locked = '';
    document.title = 'Medical Hub';
    return () => {
      delete document.documentElement.dataset.locked;
      document.title = title;
    };
  }, []);
}

/** The station was left. Its author finds the page as it was; another person starts from an empty one. */
export default function LockScreen({ me }: { me: Me }) {
  const { t } = useTranslation();
  useCover();
  return createPortal(
    <div className="mh-lock">
      <header className="mh-header">
        <span className="mh-brand">
          <img src="/favicon.svg" alt="" width={24} height={24} />
          <span>Medical Hub</span>
        </span>
        <span className="mh-grow" />
        <LanguageMenu />
        <SchemeButton />
      </header>
      <main className="mh-door-card">
        <div className="mh-lock-who">
          <IconLock size={22} stroke={1.7} aria-hidden="true" />
          <h1 className="mh-title">{t('station.locked', { name: me.name })}</h1>
        </div>
        <p className="mh-quiet">{t('station.lockedBody')}</p>
        <SignIn first={me.user} />
      </main>
    </div>,
    document.body,
  );
}
