import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Loading } from '../parts/states';

type Loader<P> = () => Promise<ComponentType<P>>;

/**
 * A screen fetched when it is first opened: the first screen need not wait for it. `meanwhile`:
 * what stands in the place of a part of a screen until then.
 */
export function lazy<P extends object>(
  load: Loader<P>,
  meanwhile: ComponentChildren = <Loading />,
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
