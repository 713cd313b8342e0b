import { createRootRoute, createRoute, createRouter, useParams, type AnyRoute } from '@tanstack/react-router';
import { Suspense, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchAhead, lazily } from '../design/lazily';
import { Skeletons } from '../design/Panel';
import type { ChartFrameProps, ChartSlot, PageProps, PatientFrameProps } from '../slots';
import { CaseTabs } from './case-tabs';
import { Fault } from './error-boundary';
import { HomePage } from './home.page';
import { rooms } from './rooms';
import { Shell } from './shell';

type Loader<P> = () => Promise<{ default: ComponentType<P> }>;

const frame = rooms.map((room) => room.patientFrame).find((load) => load !== undefined);
const LazyFrame = frame ? lazily(frame) : () => null;
const PatientFrame = (props: PatientFrameProps) => (
  <Suspense fallback={null}>
    <LazyFrame {...props} />
  </Suspense>
);

function page(load: Loader<PageProps>) {
  const Lazy = lazily(load);
  return function LazyPage() {
    return (
      <Suspense fallback={<div className="mh-page"><Skeletons /></div>}>
        <Lazy PatientFrame={PatientFrame} CaseTabs={CaseTabs} />
      </Suspense>
    );
  };
}

const refused = rooms.map((room) => room.chartRefused).find((load) => load !== undefined);
const Refused = refused ? lazily(refused) : () => null;

function framePage(load: Loader<ChartFrameProps>) {
  const Lazy = lazily(load);
  const sections = rooms.flatMap((room) => room.chart);
  return function ChartFrame() {
    return (
      <Suspense fallback={<div className="mh-page"><Skeletons /></div>}>
        <Lazy sections={sections} Refused={Refused} />
      </Suspense>
    );
  };
}

function section(slot: ChartSlot) {
  const Lazy = lazily(slot.load);
  return function ChartSection() {
    const { patientId } = useParams({ strict: false }) as { patientId: string };
    return (
      <Suspense fallback={<div className="mh-page"><Skeletons /></div>}>
        <Lazy patientId={patientId} key={patientId} />
      </Suspense>
    );
  };
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h1 className="mh-title">{t('fault.notFound')}</h1>
    </div>
  );
}

// A page whose code could not be fetched (the network, or a new version) is fetched by loading the app anew.
const RouteFault = () => <Fault retry={() => window.location.reload()} />;

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const pageRoute = (path: string, component: () => React.ReactNode): AnyRoute => createRoute({ getParentRoute: () => root, path, component }) as AnyRoute;

function chartRoutes(): AnyRoute[] {
  return rooms.flatMap((room) => {
    const frame = room.chartFrame;
    if (!frame) return [];
    const sections = rooms.flatMap((r) => r.chart);
    const parent: AnyRoute = createRoute({ getParentRoute: () => root, path: '/patients/$patientId', component: framePage(frame) });
    parent.addChildren(sections.map((slot) => createRoute({ getParentRoute: () => parent, path: slot.path || '/', component: section(slot) }) as AnyRoute));
    return [parent];
  });
}

export function createAppRouter() {
  const routes: AnyRoute[] = [
    pageRoute('/', HomePage),
    pageRoute('/about', page(() => import('./about.page'))),
    ...rooms.flatMap((room) => room.pages.map((slot) => pageRoute(slot.path, page(slot.load)))),
    ...chartRoutes(),
  ];
  return createRouter({ routeTree: root.addChildren(routes), defaultErrorComponent: RouteFault, defaultPreload: false });
}

/** Fetches the code of every page while the station is idle, so that opening one waits for data only. */
export function preloadPages(): void {
  const codes = rooms.flatMap(({ chartFrame, chartRefused, patientFrame, chart, pages, home }) => [chartFrame, chartRefused, patientFrame, ...[...chart, ...pages, ...home].map((slot) => slot.load)]);
  const loads = [() => import('../design/Plot'), ...codes.flatMap((load) => (load ? [() => fetchAhead(load as Loader<object>)] : []))];
  const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500));
  idle(() => loads.forEach((load) => void load().catch(() => undefined)));
}
