import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, type ComponentType } from 'react';
import { resumeSession } from '../fhir/account';
import { Failure } from '../fhir/http';
import { session, useSession, type Me } from '../fhir/session';
import { FailureNotice } from '../design/FailureNotice';
import { withWords } from '../i18n';
import { ErrorBoundary } from './error-boundary';
import { rooms } from './rooms';
import { createAppRouter } from './router';
import { cssVariables, schemeManager, theme } from './theme';

const SignInPage = lazy(withWords(() => import('./door/sign-in.page'), 'account'));
const InvitationPage = lazy(withWords(() => import('./door/invitation.page'), 'account'));
const EnrolPage = lazy(withWords(() => import('./door/enrol.page'), 'account'));
const Guard = lazy(withWords(() => import('./guard'), 'account'));

const TRANSIENT = new Set(['server', 'unreachable', 'limited']);

const queries = new QueryClient({
  defaultOptions: {
    // A lost network is told at once, in a sentence; nothing waits unseen for it to come back.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 1 && error instanceof Failure && TRANSIENT.has(error.kind),
    },
  },
});

const nameOf = (me: Me): string => `${me.tenant}/${me.user}`;
/** What one person looked at is not where the next one begins. */
const leavePage = (): void => window.history.replaceState(null, '', '/');

// What one person loaded is never shown to the next. After the same person has signed in again, what failed
// meanwhile is asked anew.
let owner: string | null = null;
session.subscribe(() => {
  const now = session.get();
  if (now.state === 'out') {
    queries.clear();
    if (owner !== null) leavePage();
    owner = null;
  }
  if (now.state !== 'in') return;
  const name = nameOf(now.me);
  if (owner !== null && owner !== name) {
    queries.clear();
    leavePage();
  }
  owner = name;
  void queries.refetchQueries({ predicate: (query) => query.state.status === 'error' });
});

export function App() {
  return (
    <MantineProvider theme={theme} colorSchemeManager={schemeManager} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <ErrorBoundary>
          {DoorPage ? <Suspense fallback={null}><DoorPage /></Suspense> : <Entrance />}
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

const door = rooms.flatMap((room) => room.doors ?? []).find(({ path, opens }) => path === window.location.pathname && opens());
const DoorPage = door && lazy(door.load as () => Promise<{ default: ComponentType<object> }>);

const invited = (): boolean => window.location.pathname === '/invitation';

/** Sign-in, or the app: at the same address, so that a link to a chart survives the sign-in. */
function Entrance() {
  const current = useSession();
  const [error, setError] = useState<unknown>(null);
  const [invitation, setInvitation] = useState(invited);
  useEffect(() => {
    resumeSession().catch(setError);
  }, []);
  const resume = () => {
    setError(null);
    resumeSession().catch(setError);
  };

  if (current.state === 'unknown') {
    return error ? <main className="mh-page"><FailureNotice error={error} retry={resume} /></main> : null;
  }
  if (invitation) {
    const leave = () => {
      leavePage();
      setInvitation(false);
    };
    return <Suspense fallback={null}><InvitationPage leave={leave} /></Suspense>;
  }
  if (!('me' in current)) return <Suspense fallback={null}><SignInPage /></Suspense>;
  return <Signed me={current.me} key={nameOf(current.me)} />;
}

/** The app of one person; another person gets another one. */
function Signed({ me }: { me: Me }) {
  const [router] = useState(() => {
    // The way back from an identity provider is no page of the app.
    if (window.location.pathname === '/connexion') leavePage();
    return createAppRouter();
  });
  // The page stays until its last step, the codes to keep, although the server asks nothing more by then.
  const [enrols, setEnrols] = useState(false);
  if (me.must.includes('enrol-second-factor') && !enrols) setEnrols(true);
  return (
    <>
      {enrols ? <Suspense fallback={null}><EnrolPage done={() => setEnrols(false)} /></Suspense> : <RouterProvider router={router} />}
      <Suspense fallback={null}><Guard /></Suspense>
    </>
  );
}
