import { NotKnown } from '../../domain/legal/tables';
import { Chips } from '../../parts/chips';
import { showDate } from '../../parts/dates';
import { NumberField, TextField } from '../../parts/fields';
import { Icon } from '../../parts/icon';
import { showNumber } from '../../parts/numbers';
import { enrolWords } from '../../words/enrol';
import { groupName, lawWords, notKnownWords } from '../../words/law';
import { money } from '../price/money';
import type { Ground } from '../rights/ground';
import { OwnMonths, withMonths } from '../rights/own_months';
import { SponsorWords } from '../rights/sponsor_words';
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
        usual={line.usualMonths}
        onChange={(picked) =>
          change({ ownMonths: withMonths(body.ownMonths, id, picked, line.usualMonths) })
        }
      />
      {trouble !== null && (
        <p class="notice notice--warn">
          {trouble instanceof NotKnown ? notKnownWords(trouble) : words.notAllowed}
        </p>
      )}
      {standing.sponsored !== null && amounts !== null && (
        <Promised line={line} body={body} change={change} />
      )}
      {amounts !== null && <Shares amounts={amounts} line={line} />}
      {amounts?.at_most === true && <p class="muted small">{words.atMost}</p>}
      {card !== null && <p>{words.card(showDate(card.validFrom), showDate(card.validTo))}</p>}
      {amounts !== null && <Different line={line} body={body} change={change} />}
      {amounts !== null && <Support line={line} body={body} change={change} />}
    </section>
  );
}

function Shares({ amounts, line }: { amounts: NonNullable<Line['amounts']>; line: Line }) {
  const words = enrolWords();
  const { name } = line.standing;
  const more = Math.min(line.support.amount, line.support.most);
  const sponsor = line.sponsored === null ? 0 : amounts.other_support - more;
  const rows: [string, number][] = [
    [words.total, amounts.total],
    [words.state, amounts.state_support],
    [words.local, amounts.local_support],
    [lawWords().sponsor.pays(line.sponsored?.sponsor ?? ''), sponsor],
    [words.other, amounts.other_support - sponsor],
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

/** What a sponsor promised for this person; who does not want it leaves it out this time. */
function Promised({ line, body, change }: Omit<Props, 'ground'>) {
  const words = lawWords().sponsor;
  const { member, sponsored } = line.standing;
  if (sponsored === null) return null;
  const out = body.unsponsored.includes(member.id);
  const others = body.unsponsored.filter((id) => id !== member.id);
  return (
    <div class="notice notice--accent">
      <SponsorWords sponsored={sponsored} />
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
function Support({ line, body, change }: Omit<Props, 'ground'>) {
  const words = enrolWords();
  const { amount, most, reason } = line.support;
  const { id } = line.standing.member;
  const typed = body.support[id] ?? { amount: null, reason: '' };
  const set = (next: Partial<typeof typed>) =>
    change({ support: { ...body.support, [id]: { ...typed, ...next } } });
  if (most === 0 && amount === 0) return null;
  return (
    <details class="fold" open={amount > 0}>
      <summary>
        {words.support}
        <Icon name="down" />
      </summary>
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
    </details>
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
