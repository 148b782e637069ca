import { NotKnown } from '../../domain/legal/tables';
import { Chips } from '../../parts/chips';
import { showDate } from '../../parts/dates';
import { Fold } from '../../parts/fold';
import { showNumber } from '../../parts/numbers';
import { enrolWords } from '../../words/enrol';
import { groupName, lawWords, notKnownWords } from '../../words/law';
import { money } from '../price/money';
import type { Ground } from '../rights/ground';
import { PUPILS, schoolMonthsOf } from '../rights/price';
import { SchoolYear } from '../rights/school_year';
import { OwnMonths, withMonths } from '../rights/own_months';
import { Different, Promised, Support } from './line_folds';
import type { Body, Line } from './model';

interface Props {
  ground: Ground;
  line: Line;
  body: Body;
  change: (next: Partial<Body>) => void;
  /** It stands open from the start. */
  open: boolean;
}

/** One person of the receipt: the group, who pays how much, and from when the card counts. */
export function LineCard(props: Props) {
  const { ground, line, open } = props;
  const { standing, amounts, months } = line;
  const words = enrolWords();
  const group = groupName(ground.tables, ground.day, line.group);
  const own = amounts === null ? '–' : money(amounts.own_share);
  return (
    <section aria-label={standing.name}>
      <Fold
        card
        open={open || wrong(line)}
        title={
          <span class="grow stack stack--tight">
            <b>{standing.name}</b>
            <small class="muted">
              {words.month(months)}: {own} · {group}
              {line.sponsored !== null && ` · ${lawWords().sponsor.has.toLowerCase()}`}
            </small>
          </span>
        }
      >
        <div class="stack">
          <Terms {...props} />
          {amounts !== null && <Promised {...props} />}
          {amounts !== null && <Shares amounts={amounts} line={line} />}
          {amounts !== null && <p>{cardWords(line)}</p>}
          {PUPILS.includes(line.group) && (
            <SchoolYear standing={standing} school={schoolMonthsOf(ground, standing, line.group)} />
          )}
          {amounts !== null && <Different {...props} />}
          {amounts !== null && <Support {...props} />}
        </div>
      </Fold>
    </section>
  );
}

function cardWords({ card }: Line): string {
  if (card instanceof NotKnown) return notKnownWords(card);
  return enrolWords().card(showDate(card?.validFrom), showDate(card?.validTo));
}

/** Something of this person keeps the receipt from being saved: it stands open. */
function wrong({ trouble, overridden, reason, support }: Line): boolean {
  const unsaid = overridden && reason.trim() === '';
  const more = support.amount > support.most;
  return trouble !== null || unsaid || more || (support.amount > 0 && support.reason.trim() === '');
}

function Terms({ ground, line, body, change }: Props) {
  const words = enrolWords();
  const { standing, group, choices: groups, ladderPlace, trouble } = line;
  const { id } = standing.member;
  const name = (code: string) => groupName(ground.tables, ground.day, code);
  return (
    <>
      {groups.length > 1 && (
        <Chips
          label={words.group}
          options={groups.map((code) => [code, name(code)])}
          value={group}
          onChange={(code) => code !== null && change({ groups: { ...body.groups, [id]: code } })}
        />
      )}
      {ladderPlace !== null && <p class="muted small">{words.place(ladderPlace)}</p>}
      <OwnMonths
        allowed={line.allowed}
        months={line.months}
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
    </>
  );
}

function Shares({ amounts, line }: { amounts: NonNullable<Line['amounts']>; line: Line }) {
  const words = enrolWords();
  const { sponsored, standing } = line;
  const others = sponsored === null ? words.other : lawWords().sponsor.pays(sponsored.sponsor);
  const rows: [string, number][] = [
    [words.total, amounts.total],
    [words.state, amounts.state_support],
    [words.local, amounts.local_support],
    [others, amounts.other_support],
  ];
  return (
    <table class="costs">
      <caption class="visually-hidden">{standing.name}</caption>
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
