import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { resumeSession } from '../fhir/account';
import { Failure } from '../fhir/http';
import { session, useSession } from '../fhir/session';
import { FailureNotice } from '../design/FailureNotice';
import { ErrorBoundary } from './error-boundary';
import { createAppRouter } from './router';
import { cssVariables, schemeManager, theme } from './theme';

const Relogin = lazy(() => import('./relogin.modal'));
const SignInPage = lazy(() => import('./sign-in.page'));

const TRANSIENT = new Set(['server', 'unreachable', 'limited']);

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 1 && error instanceof Failure && TRANSIENT.has(error.kind),
    },
  },
});

// What one person loaded is never shown to the next. After the same person has signed in again, what failed
// meanwhile is asked anew.
let owner: string | null = null;
session.subscribe(() => {
  const now = session.get();
  if (now.state === 'out') queries.clear();
  if (now.state !== 'in') return;
  const name = `${now.me.tenant}/${now.me.user}`;
  if (owner !== null && owner !== name) queries.clear();
  owner = name;
  void queries.refetchQueries({ predicate: (query) => query.state.status === 'error' });
});

export function App() {
  return (
    <MantineProvider theme={theme} colorSchemeManager={schemeManager} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <ErrorBoundary>
          <Entrance />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Sign-in, or the app: at the same address, so that a link to a chart survives the sign-in. */
function Entrance() {
  const current = useSession();
  const [error, setError] = useState<unknown>(null);
  const [router] = useState(createAppRouter);
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
  if (current.state === 'out') return <Suspense fallback={null}><SignInPage /></Suspense>;
  return (
    <>
      <RouterProvider router={router} />
      {current.state === 'expired' && <Suspense fallback={null}><Relogin me={current.me} /></Suspense>}
    </>
  );
}
