import { NotKnown } from '../../domain/legal/tables';
import { Chips } from '../../parts/chips';
import { showDate } from '../../parts/dates';
import { NumberField, TextField } from '../../parts/fields';
import { Icon } from '../../parts/icon';
import { showNumber } from '../../parts/numbers';
import { enrolWords } from '../../words/enrol';
import { groupName, notKnownWords } from '../../words/law';
import type { Ground } from '../rights/ground';
import { OwnMonths, withMonths } from '../rights/own_months';
import type { Body, Line } from './model';

interface Props {
  ground: Ground;
  line: Line;
  body: Body;
  change: (next: Partial<Body>) => void;
}

/** One person of the receipt: the group, who pays how much, and from when the card counts. */
export function LineCard({ ground, line, body, change }: Props) {
  const words = enrolWords();
  const { standing, group, choices: groups, ladderPlace, amounts, trouble, card, months } = line;
  const { id } = standing.member;
  const name = (code: string) => groupName(ground.tables, ground.day, code);
  return (
    <section class="card" aria-label={standing.name}>
      <h2>{standing.name}</h2>
      {groups.length > 1 ? (
        <Chips
          label={words.group}
          options={groups.map((code) => [code, name(code)])}
          value={group}
          onChange={(code) => code !== null && change({ groups: { ...body.groups, [id]: code } })}
        />
      ) : (
        <p>{name(group)}</p>
      )}
      {ladderPlace !== null && <p class="muted small">{words.place(ladderPlace)}</p>}
      <OwnMonths
        allowed={line.allowed}
        months={months}
        usual={body.months}
        onChange={(picked) =>
          change({ ownMonths: withMonths(body.ownMonths, id, picked, body.months) })
        }
      />
      {trouble !== null && (
        <p class="notice notice--warn">
          {trouble instanceof NotKnown ? notKnownWords(trouble) : words.notAllowed}
        </p>
      )}
      {amounts !== null && <Shares amounts={amounts} name={standing.name} />}
      {amounts?.at_most === true && <p class="muted small">{words.atMost}</p>}
      {card !== null && <p>{words.card(showDate(card.validFrom), showDate(card.validTo))}</p>}
      {amounts !== null && <Different line={line} body={body} change={change} />}
    </section>
  );
}

function Shares({ amounts, name }: { amounts: NonNullable<Line['amounts']>; name: string }) {
  const words = enrolWords();
  const rows: [string, number][] = [
    [words.total, amounts.total],
    [words.state, amounts.state_support],
    [words.local, amounts.local_support],
    [words.other, amounts.other_support],
  ];
  return (
    <table class="costs">
      <caption class="visually-hidden">{name}</caption>
      <tbody>
        {rows
          .filter(([, amount], at) => at === 0 || amount > 0)
          .map(([label, amount]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{showNumber(amount)}</td>
            </tr>
          ))}
        <tr class="costs-own">
          <th scope="row">{words.own}</th>
          <td>{showNumber(amounts.own_share)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** Where the receipt says another amount than the rule: the amount, and why. */
function Different({ line, body, change }: Omit<Props, 'ground'>) {
  const words = enrolWords();
  const { id } = line.standing.member;
  const other = body.other[id] ?? { own: null, reason: '' };
  const set = (next: Partial<typeof other>) =>
    change({ other: { ...body.other, [id]: { ...other, ...next } } });
  return (
    <details class="fold" open={line.overridden}>
      <summary>
        {words.different}
        <Icon name="down" />
      </summary>
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
    </details>
  );
}
