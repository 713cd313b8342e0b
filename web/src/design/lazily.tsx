import { lazy, useState, type ComponentType } from 'react';

type Loader<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** The code that has come, by what loads it. */
const here = new Map<unknown, unknown>();

/** Fetches code before it is needed; tried again when it is drawn, where that fails. */
export async function fetchAhead<Props>(load: Loader<Props>): Promise<void> {
  here.set(load, (await load()).default);
}

/**
 * Code that comes when it is first drawn. What is here already is drawn at once: React's own `lazy` would show the
 * placeholder even then, and keep it for 300 ms.
 */
export function lazily<Props extends object>(load: Loader<Props>): ComponentType<Props> {
  const Lazy = lazy(load) as unknown as ComponentType<Props>;
  return function Lazily(props: Props) {
    const [Part] = useState(() => (here.get(load) as ComponentType<Props> | undefined) ?? Lazy);
    return <Part {...props} />;
  };
}
