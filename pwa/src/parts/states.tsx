import { Component, type ComponentChildren } from 'preact';
import { t } from '../words';
import { Icon, type IconName } from './icon';

export function Loading() {
  return (
    <p class="empty" role="status">
      {t().app.loading}
    </p>
  );
}

interface EmptyProps {
  icon?: IconName;
  title: string;
  children?: ComponentChildren;
}

/** Nothing here: says what to do next. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div class="empty">
      {icon !== undefined && <Icon name={icon} />}
      <b>{title}</b>
      {children}
    </div>
  );
}

interface BoundaryState {
  failed: boolean;
}

/** A screen that fails says so calmly; what was saved is untouched. */
export class Boundary extends Component<
  { at: string; children: ComponentChildren },
  BoundaryState
> {
  override state: BoundaryState = { failed: false };

  static override getDerivedStateFromError(): BoundaryState {
    return { failed: true };
  }

  override componentDidUpdate(before: { at: string }): void {
    if (this.state.failed && before.at !== this.props.at) this.setState({ failed: false });
  }

  override render() {
    return this.state.failed ? <Trouble /> : this.props.children;
  }
}

function Trouble() {
  const words = t().trouble;
  return (
    <main class="main" id="main">
      <div class="empty" role="alert">
        <h1>{words.title}</h1>
        <p>{words.safe}</p>
        <a class="button button--primary" href="#/today">
          {words.home}
        </a>
        <button type="button" class="button" onClick={() => location.reload()}>
          {words.reload}
        </button>
      </div>
    </main>
  );
}
