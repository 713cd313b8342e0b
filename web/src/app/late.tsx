import { lazy, useState, type ComponentType } from 'react';

type Loader<P> = () => Promise<{ default: ComponentType<P> }>;

// oxlint-disable-next-line typescript/no-explicit-any -- what is fetched keeps the properties of its loader
const here = new Map<Loader<any>, ComponentType<any>>();

/** Fetches the code of a component ahead of its first use. */
export function fetched<P>(load: Loader<P>): Promise<{ default: ComponentType<P> }> {
  return load().then((module) => {
    here.set(load, module.default);
    return module;
  });
}

/**
 * A component whose code is fetched when it is first needed. Code that is here already renders at once: `lazy` alone
 * shows the fallback for a moment even then, and React keeps a fallback that was shown for 300 ms – three nested ones
 * made a second of a chart whose data came in a twentieth of it.
 */
export function late<P extends object>(load: Loader<P>): ComponentType<P> {
  const Lazy = lazy(() => fetched(load)) as ComponentType<P>;
  return function Late(props: P) {
    // Chosen once a mount: what was shown by `lazy` must not be mounted anew when its code is known.
    const [Shown] = useState<ComponentType<P>>(() => here.get(load) ?? Lazy);
    return <Shown {...props} />;
  };
}
