import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Loading } from '../parts/states';
import { painted } from '../store/painted';

type Loader<P> = () => Promise<ComponentType<P>>;

/** A screen fetched when it is first opened: the first screen need not wait for it. */
export function lazy<P extends object>(load: Loader<P>): ComponentType<P> {
  return fetched(load, <Loading />);
}

/**
 * A part of a screen, fetched once the screen around it has been painted: it takes nothing from the
 * way to the first list. `meanwhile` stands in its place until then.
 */
export function lazyPart<P extends object>(
  load: Loader<P>,
  meanwhile: ComponentChildren,
): ComponentType<P> {
  return fetched(() => painted().then(load), meanwhile);
}

function fetched<P extends object>(
  load: Loader<P>,
  meanwhile: ComponentChildren,
): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function Fetched(props: P) {
    const [loaded, setLoaded] = useState<{ screen: ComponentType<P> } | null>(
      known === null ? null : { screen: known },
    );
    const [failure, setFailure] = useState<Error | null>(null);
    useEffect(() => {
      if (loaded !== null) return;
      load().then(
        (screen) => {
          known = screen;
          setLoaded({ screen });
        },
        (reason: unknown) =>
          setFailure(reason instanceof Error ? reason : new Error(String(reason))),
      );
    }, []);
    // Thrown while drawing, so that the boundary says it calmly.
    if (failure !== null) throw failure;
    if (loaded === null) return <>{meanwhile}</>;
    const Loaded = loaded.screen;
    return <Loaded {...props} />;
  };
}
