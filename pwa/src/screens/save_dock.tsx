import { Icon } from '../parts/icon';
import { t } from '../words';

interface Props {
  label?: string;
  working: boolean;
  failed: boolean;
  onSave: () => void;
}

/** The main action of a form, with its failure beside it. */
export function SaveDock({ label, working, failed, onSave }: Props) {
  const words = t().app;
  return (
    <>
      {failed && (
        <p class="notice notice--danger dock-wide" role="alert">
          {words.saveFailed}
        </p>
      )}
      <button
        type="button"
        class="button button--primary button--big"
        aria-disabled={working ? 'true' : undefined}
        onClick={onSave}
      >
        <Icon name="check" />
        {working ? words.saving : (label ?? words.save)}
      </button>
    </>
  );
}
