import { useState } from 'preact/hooks';
import { HOUSEHOLD } from '../../domain/legal/groups';
import { showDate } from '../../parts/dates';
import { Chips } from '../../parts/chips';
import { DateField } from '../../parts/fields';
import { Icon } from '../../parts/icon';
import { t } from '../../words';
import { lawWords } from '../../words/law';
import { useStore } from '../phone';
import { groupOf, type Standing } from '../rights/people';
import type { MonthsChosen } from '../rights/own_months';
import { PeopleChips } from '../rights/people_chips';
import { MONTHS } from '../rights/price';

/** What the person at the door may turn; null: as it is proposed. */
export interface Asked {
  months: number;
  ownMonths: MonthsChosen;
  day: string | null;
  chosen: ReadonlySet<string> | null;
  /** How many of the household have paid as household this year. */
  paid: number | null;
}

interface Props {
  people: readonly Standing[];
  chosen: ReadonlySet<string>;
  day: string;
  paid: number;
  months: number;
  change: (next: Partial<Asked>) => void;
}

const MOST_PAID = 4;
const WHOLE_DAY = /^\d{4}-\d{2}-\d{2}$/;

export function Options({ people, chosen, day, paid, months, change }: Props) {
  const words = lawWords().price;
  const inLadder = people.some(
    (one) => chosen.has(one.member.id) && groupOf(one)?.choices.includes(HOUSEHOLD),
  );
  return (
    <>
      <Chips
        label={words.months}
        quiet
        options={MONTHS.map((count) => [String(count), words.month(count)])}
        value={String(months)}
        onChange={(choice) => choice !== null && change({ months: Number(choice) })}
      />
      <details class="card fold" open={chosen.size === 0}>
        <summary>
          {words.joining(chosen.size, showDate(day))}
          <Icon name="down" />
        </summary>
        <div class="stack stack--wide">
          <Who people={people} chosen={chosen} change={change} />
          {inLadder && (
            <Chips
              label={words.already}
              hint={words.alreadyHint}
              options={paidChoices(words.alreadyMost)}
              value={String(Math.min(paid, MOST_PAID))}
              onChange={(choice) => choice !== null && change({ paid: Number(choice) })}
            />
          )}
          <Day day={day} change={change} />
        </div>
      </details>
    </>
  );
}

function paidChoices(most: string): [string, string][] {
  return Array.from({ length: MOST_PAID + 1 }, (_, count) => [
    String(count),
    count === MOST_PAID ? most : String(count),
  ]);
}

function Who({ people, chosen, change }: Pick<Props, 'people' | 'chosen' | 'change'>) {
  const words = lawWords().price;
  const turn = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    change({ chosen: next });
  };
  return (
    <PeopleChips label={words.who} people={people} isChosen={(id) => chosen.has(id)} turn={turn} />
  );
}

/** Half a date is no payment day: until it is whole, the day before it stands. */
function Day({ day, change }: Pick<Props, 'day' | 'change'>) {
  const words = lawWords().price;
  const today = useStore().today();
  const [typed, setTyped] = useState<string | null>(day);
  return (
    <DateField
      label={words.paidOn}
      hint={t().birth.dayHint}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        if (next === null) change({ day: null });
        else if (WHOLE_DAY.test(next)) change({ day: next === today ? null : next });
      }}
    />
  );
}
