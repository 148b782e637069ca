import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../words';
import { Icon } from './icon';

interface ScreenProps {
  title: string;
  /** The address to go to when there is nowhere to go back to. */
  back?: string;
  /** What stands at the right of the title. */
  aside?: ComponentChildren;
  /** The main action, within the thumb's reach. */
  dock?: ComponentChildren;
  children: ComponentChildren;
}

/** One screen: title, content, and the main action at the bottom. */
export function Screen({ title, back, aside, dock, children }: ScreenProps) {
  const heading = useHeading(title);
  return (
    <div class="screen">
      <header class="bar">
        {back !== undefined && <BackButton home={back} />}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </header>
      <main class="main" id="main">
        {children}
      </main>
      {dock !== undefined && <footer class="dock">{dock}</footer>}
    </div>
  );
}

/**
 * The heading of a screen that has just come: a reader of screens must hear that the page has
 * changed. It takes the focus before it is painted; later, a box tapped at once would lose its keys.
 */
export function useHeading(title: string): RefObject<HTMLHeadingElement> {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true });
    document.title = `${title} · ${t().app.name}`;
  }, [title]);
  return heading;
}

let goBack: (home: string) => void = (home) => location.replace(home);

/** The router says how to go back; parts know nothing of addresses. */
export function goesBackBy(how: (home: string) => void): void {
  goBack = how;
}

function BackButton({ home }: { home: string }) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={t().app.back}
      onClick={() => goBack(home)}
    >
      <Icon name="back" />
    </button>
  );
}
