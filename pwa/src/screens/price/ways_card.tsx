import { HOUSEHOLD } from '../../domain/legal/groups';
import { NotAllowed } from '../../domain/legal/money';
import { NotKnown } from '../../domain/legal/tables';
import type { Way, Ways } from '../../domain/legal/ways';
import { showNumber } from '../../parts/numbers';
import { lawWords, notKnownWords } from '../../words/law';
import type { Ground } from '../rights/ground';
import { groupOf, pays, type Standing } from '../rights/people';
import { benefitOf, type MonthsOf, waysOf } from '../rights/price';
import { money, percent } from './money';

interface Props {
  ground: Ground;
  joining: readonly Standing[];
  ladderFrom: number;
  months: MonthsOf;
}

/** The lawful ways for all who join, side by side. It says the difference and decides nothing. */
export function WaysCard({ ground, joining, ladderFrom, months }: Props) {
  const words = lawWords();
  if (joining.every((standing) => groupOf(standing) === null)) return null;
  if (!joining.some(pays)) return <p class="notice">{words.price.nobodyPays}</p>;
  const found = waysOf(ground, joining, months, ladderFrom);
  return (
    <section class="card" aria-label={words.price.ways}>
      <h2>{words.price.ways}</h2>
      {found instanceof NotKnown ? (
        <p class="notice notice--warn">{notKnownWords(found)}</p>
      ) : found instanceof NotAllowed ? (
        <p class="notice notice--warn">{words.notAllowed}</p>
      ) : (
        <Found ways={found} ground={ground} choosing={joining.filter(choosesBetween)} />
      )}
    </section>
  );
}

function choosesBetween(standing: Standing): boolean {
  const group = groupOf(standing);
  return group !== null && group.group !== HOUSEHOLD && group.choices.includes(HOUSEHOLD);
}

interface FoundProps {
  ways: Ways;
  ground: Ground;
  choosing: readonly Standing[];
}

function Found({ ways, ground, choosing }: FoundProps) {
  const words = lawWords().price;
  const shown = choosing.length === 0 ? ways.ways.slice(0, 1) : ways.ways;
  const unknown = ways.ways[0]?.shares.find(({ localNotKnown }) => localNotKnown)?.localNotKnown;
  return (
    <>
      <WaysTable ways={shown} cheapest={choosing.length === 0 ? [] : ways.cheapest} />
      {choosing.length > 0 && <Difference ways={ways} />}
      {unknown != null && (
        <p class="notice notice--warn">
          {notKnownWords(unknown)} {choosing.length > 0 ? words.localMayTurn : words.localLeftOut}
        </p>
      )}
      {choosing.length > 0 && <Choice ground={ground} choosing={choosing} />}
    </>
  );
}

function WaysTable({ ways, cheapest }: { ways: readonly Way[]; cheapest: readonly string[] }) {
  const words = lawWords().price;
  const alone = ways.length === 1;
  const sponsored = ways.some(({ other }) => other > 0);
  const others = (way: Way) => showNumber(way.other);
  const lines: [string, (way: Way) => string][] = [
    [words.total, ({ total }) => showNumber(total)],
    [words.state, ({ state }) => showNumber(state)],
    [words.local, ({ local }) => (local === null ? words.unknownLocal : showNumber(local))],
    ...(sponsored ? [[lawWords().sponsor.share, others] as [string, typeof others]] : []),
  ];
  return (
    <table class="costs">
      <caption class="visually-hidden">{words.ways}</caption>
      {!alone && (
        <thead>
          <tr>
            <td />
            {ways.map(({ name }) => (
              <th key={name} scope="col">
                {words.way[name] ?? name}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {lines.map(([line, amount]) => (
          <tr key={line}>
            <th scope="row">{line}</th>
            {ways.map((way) => (
              <td key={way.name}>{amount(way)}</td>
            ))}
          </tr>
        ))}
        <tr class="costs-own">
          <th scope="row">{words.own}</th>
          {ways.map((way) => (
            <td key={way.name} class={cheapest.includes(way.name) ? 'costs-least' : undefined}>
              {showNumber(way.own ?? way.ownAtMost)}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function Difference({ ways }: { ways: Ways }) {
  const words = lawWords().price;
  const difference = ways.difference ?? ways.differenceAtMost;
  const mixed = ways.ways.find(({ name }) => name === 'mixed');
  const said =
    difference === 0
      ? words.same
      : difference < 0
        ? words.supportedDearer(money(-difference))
        : words.householdDearer(money(difference));
  return (
    <>
      <p>
        <b>{said}</b>
        {ways.difference === null && ` (${words.withoutLocal})`}
      </p>
      {mixed !== undefined && <p>{words.mixedCheapest(money(mixed.own ?? mixed.ownAtMost))}</p>}
    </>
  );
}

/** Whether the rights differ, and that the law leaves the choice to the person. */
function Choice({ ground, choosing }: Omit<FoundProps, 'ways'>) {
  const words = lawWords().price;
  const groups = new Set(choosing.flatMap((standing) => groupOf(standing)?.choices ?? []));
  const benefits = new Set([...groups].map((group) => benefitOf(ground, group)));
  const [benefit = null] = benefits;
  const unknown = benefits.has(null);
  const law = ground.tables.inForce(ground.day, 'group_order', 'e');
  return (
    <>
      {benefits.size === 1 && benefit !== null && <p>{words.sameBenefit(percent(benefit))}</p>}
      {benefits.size > 1 && !unknown && <p>{words.otherBenefit}</p>}
      {unknown && <p>{words.benefitUnknown}</p>}
      <p>
        {words.decide} <small class="muted">{law?.source}</small>
      </p>
    </>
  );
}
