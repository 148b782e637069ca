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
import { childCardOf, type Cost, type Offer, offersOf, waitingOf } from '../rights/price';
import { TalkingPoints } from '../talking';
import { money, percent } from './money';
import { WaitingLines } from './waiting_lines';

interface Props {
  ground: Ground;
  standing: Standing;
  ladderPlace: number;
  months: number;
  open: boolean;
}

const PUPILS = ['HS', 'SV'];

/** One person: group and why, what it costs and who pays, from when the card counts. */
export function PersonCard({ ground, standing, ladderPlace, months, open }: Props) {
  const { member, name, status, ending, previousEnd } = standing;
  const group = groupOf(standing);
  const offers = offersOf(ground, standing, ladderPlace);
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
        {offers.map((offer) => (
          <OfferTable key={offer.group} ground={ground} offer={offer} alone={offers.length === 1} />
        ))}
        {offers.length > 0 && (
          <WaitingLines ground={ground} waiting={waitingOf(ground, standing)} />
        )}
        {group !== null && PUPILS.includes(group.group) && <p>{lawWords().price.pupilNote}</p>}
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
  if (!pays(standing)) return `${name} · ${group.free ? words.price.freeOf : ''}`;
  const share = offers[0]?.costs.find((cost) => cost.months === months)?.share;
  if (share instanceof NotKnown) return `${name} · ${notKnownWords(share)}`;
  if (share === undefined || share instanceof NotAllowed) return name;
  const own = share.own === null ? `≤ ${money(share.ownAtMost)}` : money(share.own);
  return `${name} · ${words.price.ownFor(months, own)}`;
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
      {group.choices.length > 1 && <p>{words.price.mayChoose}</p>}
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
  const first = offer.costs[0];
  return (
    <section class="stack stack--tight" aria-label={name}>
      {!alone && <h3>{name}</h3>}
      {facts.length > 0 && <p class="muted small">{facts.join(' · ')}</p>}
      {unknown instanceof NotKnown ? (
        <p class="notice notice--warn">{notKnownWords(unknown)}</p>
      ) : (
        <CostTable offer={offer} name={name} />
      )}
      <LocalUnknown offer={offer} />
      {first !== undefined && <Start card={first.card} />}
    </section>
  );
}

function CostTable({ offer, name }: { offer: Offer; name: string }) {
  const words = lawWords().price;
  const { unknownLocal } = words;
  const lines: [string, (share: Contribution) => string][] = [
    [words.total, ({ total }) => showNumber(total ?? 0)],
    [words.state, ({ state }) => showNumber(state)],
    [words.local, ({ local }) => (local === null ? unknownLocal : showNumber(local))],
  ];
  const own = (share: Contribution) =>
    share.own === null ? words.atMost(showNumber(share.ownAtMost)) : showNumber(share.own);
  return (
    <table class="costs">
      <caption class="visually-hidden">{name}</caption>
      <thead>
        <tr>
          <td />
          {offer.costs.map(({ months }) => (
            <th key={months} scope="col">
              {words.month(months)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(([line, amount]) => (
          <CostLine key={line} line={line} costs={offer.costs} say={amount} />
        ))}
        <CostLine line={words.ownOf} costs={offer.costs} say={own} own />
        <tr>
          <th scope="row">{words.cardTo}</th>
          {offer.costs.map(({ months, card }) => (
            <td key={months}>{card instanceof NotKnown ? '?' : showDate(card.validTo)}</td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

interface LineProps {
  line: string;
  costs: readonly Cost[];
  say: (share: Contribution) => string;
  own?: boolean;
}

function CostLine({ line, costs, say, own }: LineProps) {
  return (
    <tr class={own === true ? 'costs-own' : undefined}>
      <th scope="row">{line}</th>
      {costs.map(({ months, share }) => (
        <td key={months}>
          {share instanceof NotKnown || share instanceof NotAllowed ? '–' : say(share)}
        </td>
      ))}
    </tr>
  );
}

function LocalUnknown({ offer }: { offer: Offer }) {
  const share = offer.costs[0]?.share;
  if (share === undefined || share instanceof NotKnown || share instanceof NotAllowed) return null;
  if (share.localNotKnown === null) return null;
  return (
    <p class="muted small">
      {notKnownWords(share.localNotKnown)} {lawWords().price.withoutLocal}.
    </p>
  );
}

function Start({ card }: { card: Cost['card'] }) {
  const words = lawWords();
  if (card instanceof NotKnown) return <p class="notice notice--warn">{notKnownWords(card)}</p>;
  const rule = words.cardRules[card.rule] ?? card.rule;
  return <p>{words.price.starts(showDate(card.validFrom), rule)}</p>;
}

function rowsOf(group: GroupAnswer | null, offers: readonly Offer[]): LegalRow[] {
  const rows = new Set<LegalRow>(group?.rows);
  for (const { costs } of offers) {
    for (const { share, card } of costs) {
      if ('rows' in share) for (const row of share.rows) rows.add(row);
      if ('rows' in card) for (const row of card.rows) rows.add(row);
    }
  }
  return [...rows];
}

/** The articles behind the answer, each once. */
function Basis({ rows }: { rows: readonly LegalRow[] }) {
  const sources = new Map<string, string[]>();
  for (const { source, name_vi } of rows) {
    const named = sources.get(source);
    if (named === undefined) sources.set(source, [name_vi]);
    else if (!named.includes(name_vi)) named.push(name_vi);
  }
  if (sources.size === 0) return null;
  return (
    <details class="fold">
      <summary>
        {lawWords().price.basis}
        <Icon name="down" />
      </summary>
      <ul class="said small">
        {[...sources].map(([source, names]) => (
          <li key={source}>
            {names.join('; ')} <span class="muted">({source})</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
