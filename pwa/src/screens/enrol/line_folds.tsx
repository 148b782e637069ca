import { NumberField, TextField } from '../../parts/fields';
import { Fold } from '../../parts/fold';
import { enrolWords } from '../../words/enrol';
import { lawWords } from '../../words/law';
import { money } from '../price/money';
import { SponsorWords } from '../rights/sponsor_words';
import type { Body, Line } from './model';

interface Props {
  line: Line;
  body: Body;
  change: (next: Partial<Body>) => void;
}

/** What a sponsor promised for this person; who does not want it leaves it out this time. */
export function Promised({ line, body, change }: Props) {
  const words = lawWords().sponsor;
  const { member, sponsored } = line.standing;
  if (sponsored === null) return null;
  const out = body.unsponsored.includes(member.id);
  const others = body.unsponsored.filter((id) => id !== member.id);
  return (
    <div class="notice notice--accent">
      <p>
        <SponsorWords sponsored={sponsored} />
      </p>
      {out && <p>{words.leftOut}</p>}
      <button
        type="button"
        class="button"
        onClick={() => change({ unsponsored: out ? others : [...others, member.id] })}
      >
        {out ? words.take : words.leave}
      </button>
    </div>
  );
}

/** Somebody pays a part that nobody recorded beforehand: how much, and who. */
export function Support({ line, body, change }: Props) {
  const words = enrolWords();
  const { amount, most, reason } = line.support;
  const { id } = line.standing.member;
  const typed = body.support[id] ?? { amount: null, reason: '' };
  const set = (next: Partial<typeof typed>) =>
    change({ support: { ...body.support, [id]: { ...typed, ...next } } });
  if (most === 0 && amount === 0) return null;
  return (
    <Fold title={words.support} open={amount > 0}>
      <div class="stack">
        <NumberField
          label={words.supportAmount}
          hint={words.supportHint}
          money
          value={typed.amount}
          onChange={(next) => set({ amount: next })}
          error={amount > most ? words.supportMost(money(most)) : undefined}
        />
        <TextField
          label={words.supportReason}
          value={typed.reason}
          onChange={(next) => set({ reason: next ?? '' })}
          error={amount > 0 && reason.trim() === '' ? words.supportReasonNeeded : undefined}
        />
      </div>
    </Fold>
  );
}

/** Where the receipt says another amount than the rule: the amount, and why. */
export function Different({ line, body, change }: Props) {
  const words = enrolWords();
  const { id } = line.standing.member;
  const other = body.other[id] ?? { own: null, reason: '' };
  const set = (next: Partial<typeof other>) =>
    change({ other: { ...body.other, [id]: { ...other, ...next } } });
  return (
    <Fold title={words.different} open={line.overridden}>
      <div class="stack">
        <NumberField
          label={words.differentOwn}
          money
          value={other.own}
          onChange={(own) => set({ own })}
        />
        <TextField
          label={words.reason}
          value={other.reason}
          onChange={(reason) => set({ reason: reason ?? '' })}
          error={line.overridden && other.reason.trim() === '' ? words.reasonNeeded : undefined}
        />
      </div>
    </Fold>
  );
}
