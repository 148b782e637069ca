import { useMemo, useState } from 'preact/hooks';
import { NotAllowed } from '../../domain/legal/money';
import { NotKnown } from '../../domain/legal/tables';
import type { VoluntaryCost } from '../../domain/legal/voluntary';
import { Chips } from '../../parts/chips';
import { NumberField } from '../../parts/fields';
import { Screen } from '../../parts/frame';
import { showNumber } from '../../parts/numbers';
import { lawWords, notKnownWords } from '../../words/law';
import { voluntaryWords } from '../../words/voluntary';
import type { PersonProps } from '../person/routes';
import { useStore } from '../phone';
import { money } from '../price/money';
import { Basis } from '../rights/basis';
import { groundOf } from '../rights/ground';
import { TrustPill } from '../trust';
import { type Bounds, boundsOf, type Choice, costOf, mayJoin } from './model';
import '../../styles/rights.css';

const YEAR = 12;

/** What voluntary social insurance costs one person, who pays, and what it gives. */
export function VoluntaryScreen({ file, member }: PersonProps) {
  const store = useStore();
  const words = voluntaryWords();
  const changed = store.changed.value;
  const day = store.today();
  const ground = useMemo(() => groundOf(store, member.village, day), [day, changed, member]);
  const bounds = boundsOf(ground);
  const eligible = mayJoin(ground, file, member);
  return (
    <Screen title={words.title} back={`#/person/${member.id}`} aside={<TrustPill />}>
      <p class="muted">{member.data.full_name}</p>
      {bounds instanceof NotKnown || eligible instanceof NotKnown ? (
        <p class="notice notice--warn">
          {notKnownWords(bounds instanceof NotKnown ? bounds : (eligible as NotKnown))}{' '}
          {lawWords().notKnownText}
        </p>
      ) : (
        <>
          {eligible.mayJoin === false && <p>{words.mayNot}</p>}
          {eligible.codes.map((code) => (
            <p key={code} class="notice">
              {words.reasons[code] ?? code}
            </p>
          ))}
          {eligible.mayJoin !== false && <Price {...{ file, member, ground, bounds }} />}
        </>
      )}
    </Screen>
  );
}

interface PriceProps extends Pick<PersonProps, 'file' | 'member'> {
  ground: ReturnType<typeof groundOf>;
  bounds: Bounds;
}

function Price({ file, member, ground, bounds }: PriceProps) {
  const words = voluntaryWords();
  const [choice, setChoice] = useState<Choice>({
    income: bounds.least,
    months: YEAR,
    monthsSupported: 0,
  });
  const change = (next: Partial<Choice>) => setChoice((now) => ({ ...now, ...next }));
  const cost = costOf(ground, file, member, choice);
  const [least, most] = [money(bounds.least), money(bounds.most)];
  const wrong = {
    income_below_least: words.incomeBelow(least),
    income_above_most: words.incomeAbove(most),
  } as Record<string, string>;
  return (
    <>
      <p>{words.intro}</p>
      <section class="card stack stack--wide">
        <NumberField
          label={words.income}
          hint={words.incomeRange(least, most)}
          money
          value={choice.income}
          onChange={(income) => change({ income })}
          error={cost instanceof NotAllowed ? wrong[cost.code] : undefined}
        />
        <Chips
          label={words.months}
          options={bounds.months.map((count) => [String(count), words.month(count)])}
          value={String(choice.months)}
          onChange={(months) => months !== null && change({ months: Number(months) })}
        />
        <NumberField
          label={words.had}
          hint={words.hadHint(bounds.supportedMonths)}
          value={choice.monthsSupported}
          onChange={(had) => change({ monthsSupported: had ?? 0 })}
        />
      </section>
      {cost instanceof NotKnown && <p class="notice notice--warn">{notKnownWords(cost)}</p>}
      {!(cost instanceof NotKnown) && !(cost instanceof NotAllowed) && (
        <Answer {...{ cost, choice, bounds }} />
      )}
      <Gains bounds={bounds} />
      {'rows' in cost && <Basis rows={cost.rows} />}
    </>
  );
}

function Answer({ cost, choice, bounds }: { cost: VoluntaryCost; choice: Choice; bounds: Bounds }) {
  const words = voluntaryWords();
  const left = Math.max(0, bounds.supportedMonths - choice.monthsSupported);
  const rows: [string, string][] = [
    [words.monthDue, showNumber(cost.monthDue)],
    [words.due, showNumber(cost.due)],
    [words.state, showNumber(cost.state)],
    [words.local, cost.local === null ? words.unknownLocal : showNumber(cost.local)],
  ];
  return (
    <section class="card stack" aria-label={words.cost(choice.months)}>
      <h2>{words.cost(choice.months)}</h2>
      <table class="costs">
        <tbody>
          {rows.map(([label, amount]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{amount}</td>
            </tr>
          ))}
          <tr class="costs-own">
            <th scope="row">{words.own}</th>
            <td>
              <b>{cost.own === null ? words.atMost(money(cost.ownAtMost)) : money(cost.own)}</b>
            </td>
          </tr>
        </tbody>
      </table>
      <p class="muted small">{words.as[cost.supportedAs] ?? cost.supportedAs}</p>
      {left === 0 && <p class="notice notice--warn">{words.usedUp}</p>}
      {left > 0 && left < choice.months && <p class="notice">{words.partly(left)}</p>}
      {cost.localNotKnown !== null && (
        <p class="notice notice--warn">{notKnownWords(cost.localNotKnown)}</p>
      )}
    </section>
  );
}

function Gains({ bounds }: { bounds: Bounds }) {
  const words = voluntaryWords();
  const { pensionYears, maternity } = bounds;
  if (pensionYears === null && maternity === null) return null;
  return (
    <section class="card stack">
      <h2>{words.gains}</h2>
      <ul class="said">
        {pensionYears !== null && <li>{words.pension(pensionYears)}</li>}
        {maternity !== null && <li>{words.maternity(money(maternity))}</li>}
      </ul>
    </section>
  );
}
