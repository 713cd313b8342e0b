import { useId, type ReactNode } from 'react';
import { FailureNotice } from './FailureNotice';

interface PanelProps {
  title: ReactNode;
  count?: number | string | null;
  side?: ReactNode;
  /** Without inner padding, for a table or a list that draws its own rows. */
  flush?: boolean;
  children: ReactNode;
}

export function Panel({ title, count, side, flush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className="mh-panel" aria-labelledby={id}>
      <div className="mh-panel-head">
        <h2 id={id}>
          {title}
          {count !== undefined && count !== null && <span className="mh-count">{'\u00a0·\u00a0'}{count}</span>}
        </h2>
        {side && <div className="mh-side">{side}</div>}
      </div>
      <div className={flush ? 'mh-panel-body mh-flush' : 'mh-panel-body'}>{children}</div>
    </section>
  );
}

export function Skeletons() {
  return (
    <div className="mh-skeletons" aria-hidden="true">
      <span className="mh-skeleton" />
      <span className="mh-skeleton" />
      <span className="mh-skeleton" />
    </div>
  );
}

interface QueryState<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** Shows a query's three faces; data already shown stays in place when a later refresh fails. */
export function Loaded<T>({ query, children }: { query: QueryState<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isPending) return <Skeletons />;
  return <FailureNotice error={query.error} retry={() => void query.refetch()} />;
}
