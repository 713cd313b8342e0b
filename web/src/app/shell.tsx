import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../fhir/session';
import { withWords } from '../i18n';
import { ConnectionNotice } from './connection-notice';
import { Header } from './header';
import { Rail } from './rail';
import { rooms } from './rooms';
import { preloadPages } from './router';

const Palette = lazy(withWords(() => import('./palette'), 'shell'));
const layers = rooms.flatMap((room) => (room.layer ? [lazy(room.layer)] : []));
const Help = lazy(withWords(() => import('./help.modal'), 'shell'));
const Emergency = lazy(withWords(() => import('./emergency'), 'account'));

/** Header, patient banner (filled by the chart, absent elsewhere), navigation and page: only the page scrolls. */
export function Shell() {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { breakGlass } = useMe();
  const main = useRef<HTMLElement>(null);
  useEffect(preloadPages, []);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let left = false;
    // What a printer needs comes after what the page needs.
    void import('./print').then(({ watchPrint }) => {
      if (!left) stop = watchPrint();
    });
    return () => {
      left = true;
      stop?.();
    };
  }, []);
  useEffect(() => {
    main.current?.scrollTo(0, 0);
    if (!path.startsWith('/patients/')) document.title = 'Medical Hub';
  }, [path]);
  return (
    <div className="mh-shell">
      <a className="mh-skip" href="#main">
        {t('app.skip')}
      </a>
      <Header />
      <ConnectionNotice />
      <div className="mh-emergency-slot">{breakGlass.length > 0 && <Suspense fallback={null}><Emergency open={breakGlass} /></Suspense>}</div>
      <div id="mh-banner" className="mh-banner-slot" />
      <div className="mh-body">
        <Rail />
        <main id="main" ref={main} tabIndex={-1} className="mh-main">
          <Outlet />
        </main>
      </div>
      <Suspense fallback={null}>
        <Palette />
        <Help />
      </Suspense>
      {layers.map((Layer, index) => (
        <Suspense key={index} fallback={null}>
          <Layer />
        </Suspense>
      ))}
    </div>
  );
}
