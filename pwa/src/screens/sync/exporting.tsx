import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import type { ExportChoice } from '../../store/face';
import { t } from '../../words';
import { useStore } from '../phone';

interface Props {
  which: ExportChoice;
  label: string;
}

/** Puts what is not sent into files that only the server opens, and hands them to the phone. */
export function Exporting({ which, label }: Props) {
  const store = useStore();
  const words = t().files;
  const [said, setSaid] = useState<{ wrong: boolean; text: string } | null>(null);
  const [working, setWorking] = useState(false);
  const save = async () => {
    setWorking(true);
    try {
      const files = await store.exportFiles(which);
      for (const { blob, name } of files ?? []) handOver(blob, name);
      const names = (files ?? []).map(({ name }) => name).join(', ');
      setSaid({
        wrong: files === null,
        text: files === null ? words.noKey : words.exported(names),
      });
    } catch {
      setSaid({ wrong: true, text: words.failed });
    } finally {
      setWorking(false);
    }
  };
  return (
    <>
      <button
        type="button"
        class="button button--primary"
        aria-disabled={working ? 'true' : undefined}
        onClick={() => (working ? undefined : void save())}
      >
        <Icon name="download" />
        {label}
      </button>
      {said !== null && (
        <p
          class={`notice${said.wrong ? ' notice--warn' : ''}`}
          role={said.wrong ? 'alert' : 'status'}
        >
          {said.text}
        </p>
      )}
    </>
  );
}

function handOver(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
