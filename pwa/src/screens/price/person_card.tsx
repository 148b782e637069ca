import { HOUSEHOLD } from '../../domain/legal/groups';
import { NotAllowed } from '../../domain/legal/money';
import { type LegalRow, NotKnown } from '../../domain/legal/tables';
import type { GroupAnswer } from '../../domain/legal/groups';
import type { Contribution } from '../../domain/legal/contribution';
import { showDate } from '../../parts/dates';
import { Icon } from '../../parts/icon';
import { showNumber } from '../../parts/numbers';
import { StatusWord } from '../../parts/status';
import { t } from '../../words';
import { groupName, lawWords, notKnownWords, stepWords } from '../../words/law';
import type { Ground } from '../rights/ground';
import { groupOf, pays, type Standing } from '../rights/people';
import { OwnMonths } from '../rights/own_months';
import {
  childCardOf,
  type Cost,
  MONTHS,
  monthsOf,
  type Offer,
  offersOf,
  PUPILS,
  schoolMonthsOf,
  waitingOf,
} from '../rights/price';
import { Basis } from '../rights/basis';
import { SchoolYear } from '../rights/school_year';
import { SponsorWords } from '../rights/sponsor_words';
import { TalkingPoints } from '../talking';
import { money, percent } from './money';
import { WaitingLines } from './waiting_lines';

interface Props {
  ground: Ground;
  standing: Standing;
  ladderPlace: number;
  months: number;
  /** The months of everybody who chose no number of their own. */
  usual: number;
  onMonths: (picked: number | null) => void;
  open: boolean;
}

/** A line breaks between two shares, never inside one. */
const NO_BREAK = '\u00a0';

/** One person: group and why, what it costs and who pays, from when the card counts. */
export function PersonCard(props: Props) {
  const { ground, standing, ladderPlace, months, open } = props;
  const { member, name, status, ending, previousEnd } = standing;
  const group = groupOf(standing);
  const school = schoolMonthsOf(ground, standing, group?.group ?? '');
  const most = school.length === 0 ? Infinity : Math.max(...school);
  const rows = [...new Set<number>([...MONTHS, ...school, months])]
    .filter((count) => count <= most)
    .sort((a, b) => a - b);
  const offers = offersOf(ground, standing, ladderPlace, rows);
  const shown = ending === null ? status : 'ending';
  return (
    <details class="card fold" open={open}>
      <summary>
        <span class="grow stack stack--tight">
          <b>{name}</b>
          <small class="muted">{headline(ground, standing, offers, months)}</small>
        </span>
        <Icon name="down" />
      </summary>
      <div class="stack">
        <StatusWord shown={shown} day={status === 'expired' ? previousEnd : ending} />
        {group === null ? (
          <p class="notice notice--warn">
            {standing.group instanceof NotKnown && notKnownWords(standing.group)}{' '}
            {lawWords().notKnownText}
          </p>
        ) : (
          <Group ground={ground} group={group} />
        )}
        {group !== null && !pays(standing) && (
          <NothingToPay ground={ground} standing={standing} group={group} />
        )}
        {standing.sponsored !== null && pays(standing) && (
          <p class="notice notice--accent">
            <SponsorWords sponsored={standing.sponsored} />
          </p>
        )}
        {offers.map((offer) => (
          <OfferTable key={offer.group} ground={ground} offer={offer} alone={offers.length === 1} />
        ))}
        {offers.length > 0 && (
          <OwnMonths
            allowed={monthsOf(ground, offers[0]?.group ?? '', standing)}
            months={months}
            usual={props.usual}
            onChange={props.onMonths}
          />
        )}
        <AfterPaying ground={ground} standing={standing} offers={offers} />
        {group !== null && PUPILS.includes(group.group) && (
          <SchoolYear standing={standing} school={school} />
        )}
        <TalkingPoints
          reason={member.data.uninsured_reason}
          village={member.village}
          title={t().member.talkOf}
        />
        <Basis rows={rowsOf(group, offers)} />
      </div>
    </details>
  );
}

/** What is known of it while the card is folded: the group and what the chosen months cost. */
function headline(
  { tables, day }: Ground,
  standing: Standing,
  offers: readonly Offer[],
  months: number,
): string {
  const words = lawWords();
  const group = groupOf(standing);
  if (group === null)
    return standing.group instanceof NotKnown ? notKnownWords(standing.group) : '';
  const name = groupName(tables, day, group.group);
  if (!pays(standing)) return group.free ? `${words.price.freeOf} · ${name}` : name;
  const share = offers[0]?.costs.find((cost) => cost.months === months)?.share;
  if (share instanceof NotKnown) return `${name} · ${notKnownWords(share)}`;
  if (share === undefined || share instanceof NotAllowed) return name;
  return `${words.price.ownFor(months, owns(share))} · ${name}`;
}

function Group({ ground, group }: { ground: Ground; group: GroupAnswer }) {
  const words = lawWords();
  const name = (code: string) => groupName(ground.tables, ground.day, code);
  const also = group.applies.filter((code) => code !== group.group);
  const own = group.steps.filter((step) => step.group === group.group);
  const steps = own.length > 0 ? own : group.steps;
  return (
    <>
      <p>
        {words.price.group}: <b>{name(group.group)}</b>
      </p>
      <ul class="said">
        {steps.map(({ code, source }) => (
          <li key={code}>
            {stepWords(ground.tables, ground.day, code)} <small class="muted">{source}</small>
          </li>
        ))}
      </ul>
      {also.length > 0 && <p>{words.price.also(also.map(name).join('; '))}</p>}
      {group.needs.map((need) => (
        <p key={need} class="notice">
          {words.price.needs(words.needs[need] ?? need)}
        </p>
      ))}
      {group.hints.map((hint) => (
        <p key={hint} class="notice notice--accent">
          {words.hints[hint] ?? hint}
        </p>
      ))}
    </>
  );
}

function NothingToPay({
  ground,
  standing,
  group,
}: {
  ground: Ground;
  standing: Standing;
  group: GroupAnswer;
}) {
  const words = lawWords();
  const payer = { 1: 'employer', 2: 'social_insurance', 3: 'budget' }[group.lawGroup] ?? '';
  const child = childCardOf(ground, standing);
  return (
    <>
      <p>{words.paidBy[payer]}</p>
      {group.lawGroup === 1 && <p>{words.price.byEmployer}</p>}
      {group.free && (
        <p>
          {child?.validTo
            ? words.price.childCard(showDate(child.validFrom), showDate(child.validTo))
            : words.price.decided}
        </p>
      )}
    </>
  );
}

interface OfferProps {
  ground: Ground;
  offer: Offer;
  /** The only group: its name stands above already. */
  alone: boolean;
}

function OfferTable({ ground, offer, alone }: OfferProps) {
  const words = lawWords().price;
  const name = groupName(ground.tables, ground.day, offer.group);
  const facts = [
    offer.group === HOUSEHOLD && offer.ladderPlace !== null ? words.ladder(offer.ladderPlace) : '',
    offer.benefit === null ? words.benefitUnknown : words.benefit(percent(offer.benefit)),
  ].filter((fact) => fact !== '');
  const unknown = offer.costs.find(({ share }) => share instanceof NotKnown)?.share;
  return (
    <section class="stack stack--tight" aria-label={name}>
      {!alone && <h3>{name}</h3>}
      <p class="muted small">{facts.join(' · ')}</p>
      {unknown instanceof NotKnown ? (
        <p class="notice notice--warn">{notKnownWords(unknown)}</p>
      ) : (
        <table class="costs">
          <caption class="visually-hidden">{name}</caption>
          <tbody>
            {offer.costs.map((cost) => (
              <CostRow key={cost.months} cost={cost} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** `12 tháng … 956.340 đ`, and under it who pays the rest and until when the card runs. */
function CostRow({ cost: { months, share, card } }: { cost: Cost }) {
  const words = lawWords().price;
  return (
    <tr>
      <th scope="row">
        <b>{words.month(months)}</b>
        {card !== null && !(card instanceof NotKnown) && card.validTo !== null && (
          <small>{words.cardTo(showDate(card.validTo))}</small>
        )}
      </th>
      <td>
        {share instanceof NotKnown || share instanceof NotAllowed ? (
          '–'
        ) : (
          <>
            <b>{owns(share)}</b>
            <small>{sharesWords(share)}</small>
          </>
        )}
      </td>
    </tr>
  );
}

function owns({ own, ownAtMost }: Contribution): string {
  // At most nothing is nothing, whatever the province adds.
  if (own === null && ownAtMost > 0) return lawWords().price.atMost(money(ownAtMost));
  return money(own ?? 0);
}

/** Who pays the rest of the whole contribution; lines of nought are left out. */
function sharesWords({ total, state, local, other }: Contribution): string {
  const words = lawWords().price;
  return [
    `${words.total} ${showNumber(total ?? 0)}`,
    state === 0 ? '' : `${words.state} ${showNumber(state)}`,
    local === 0 ? '' : `${words.local} ${local === null ? words.unknownLocal : showNumber(local)}`,
    other === 0 ? '' : `${lawWords().sponsor.share} ${showNumber(other)}`,
  ]
    .filter((part) => part !== '')
    .map((part) => part.split(' ').join(NO_BREAK))
    .join(`${NO_BREAK}· `);
}

/** From when the card counts, what is not known of the province, what waiting costs. */
function AfterPaying({
  ground,
  standing,
  offers,
}: {
  ground: Ground;
  standing: Standing;
  offers: readonly Offer[];
}) {
  const words = lawWords();
  const first = offers[0]?.costs[0];
  if (first === undefined) return null;
  const { card, share } = first;
  const local = 'localNotKnown' in share ? share.localNotKnown : null;
  return (
    <>
      {card === null ? (
        <p>{words.price.decided}</p>
      ) : card instanceof NotKnown ? (
        <p class="notice notice--warn">{notKnownWords(card)}</p>
      ) : (
        <p>
          {words.price.starts(showDate(card.validFrom), words.cardRules[card.rule] ?? card.rule)}
        </p>
      )}
      {local !== null && <p class="notice notice--warn">{notKnownWords(local)}</p>}
      {card !== null && !atSchool(card) && (
        <WaitingLines ground={ground} waiting={waitingOf(ground, standing)} />
      )}
    </>
  );
}

/** A card that begins with the school year, whenever it is paid: nothing is lost by waiting. */
function atSchool(card: Cost['card']): boolean {
  return card !== null && 'rule' in card && card.rule === 'grade_1';
}

function rowsOf(group: GroupAnswer | null, offers: readonly Offer[]): LegalRow[] {
  const rows = new Set<LegalRow>(group?.rows);
  for (const { costs } of offers) {
    for (const { share, card } of costs) {
      if ('rows' in share) for (const row of share.rows) rows.add(row);
      if (card !== null && 'rows' in card) for (const row of card.rows) rows.add(row);
    }
  }
  return [...rows];
}
