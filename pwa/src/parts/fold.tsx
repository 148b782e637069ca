import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon';

interface Props {
  title: ComponentChildren;
  /** It opens when this becomes true, and never closes by itself: somebody may be typing in it. */
  open?: boolean;
  card?: boolean;
  children: ComponentChildren;
}

/** What is rarely needed, one tap away. */
export function Fold({ title, open = false, card, children }: Props) {
  const [shown, setShown] = useState(open);
  useEffect(() => {
    if (open) setShown(true);
  }, [open]);
  return (
    <details
      class={card === true ? 'card fold' : 'fold'}
      open={shown}
      onToggle={(event) => setShown(event.currentTarget.open)}
    >
      <summary>
        {title}
        <Icon name="down" />
      </summary>
      {children}
    </details>
  );
}
