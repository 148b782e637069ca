import { useMemo } from 'preact/hooks';
import { lawWords } from '../../words/law';
import { sheetOn } from '../enrol/cash';
import { enrolled } from '../enrol/receipts';
import { enrolWords } from '../../words/enrol';
import { leadWords } from '../../words/leads';
import { talksOf } from '../leads/model';
import { useStore } from '../phone';
import { money } from '../price/money';
import { useFindings } from '../rights/scan';

/** Once money was taken on this phone: what is still to be handed over. */
function CashTile() {
  const store = useStore();
  const words = enrolWords();
  void store.changed.value;
  if (enrolled(store).length === 0) return null;
  return (
    <a class="tile" href="#/cash">
      <b>{money(sheetOn(store, store.today()).sheet.difference)}</b>
      <span>{words.cashTile}</span>
    </a>
  );
}

/** While somebody is to be talked to about voluntary social insurance. */
function LeadsTile({ villages }: { villages: readonly string[] }) {
  const store = useStore();
  const words = leadWords();
  const { open } = talksOf(store, villages, store.today());
  if (open.length === 0) return null;
  return (
    <a class="tile" href="#/leads">
      <b>{words.people(open.length)}</b>
      <span>{words.tile}</span>
    </a>
  );
}

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
      <CashTile />
      <LeadsTile villages={villages} />
      <a class="tile" href="#/losing">
        <b>{shown(words.losing.counted(losing))}</b>
        <span>{words.losing.tile}</span>
      </a>
    </div>
  );
}
