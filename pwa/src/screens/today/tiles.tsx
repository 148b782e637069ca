import { useMemo } from 'preact/hooks';
import { lawWords } from '../../words/law';
import { useFindings } from '../rights/scan';

/** What the law adds to the day's work: cards to renew, free cards nobody asked for, support
    that ends. */
export function Tiles({ village }: { village: string }) {
  const words = lawWords();
  const villages = useMemo(() => [village], [village]);
  const { found, done } = useFindings(villages);
  const due = found.reduce((count, { renewals }) => count + renewals.length, 0);
  const free = found.filter((finding) => finding.free.length > 0).length;
  const losing = found.reduce((count, finding) => count + finding.losing.length, 0);
  const shown = (text: string) => (done ? text : '…');
  return (
    <div class="tiles">
      <a class="tile" href="#/renewals">
        <b>{shown(words.renew.counted(due))}</b>
        <span>{words.renew.tile}</span>
      </a>
      <a class="tile" href="#/free">
        <b>{shown(words.free.households(free))}</b>
        <span>{words.free.tile}</span>
      </a>
      <a class="tile" href="#/losing">
        <b>{shown(words.losing.counted(losing))}</b>
        <span>{words.losing.tile}</span>
      </a>
    </div>
  );
}
