import { Icon } from '../../parts/icon';
import { showDate } from '../../parts/dates';
import type { HouseholdFile, Rec } from '../../store/face';
import { t, wordFor } from '../../words';
import { dayText } from '../people';
import { useStore } from '../phone';
import { Listed } from './listed';

/** The cards of one person, the latest first; those entered in error stay to be seen. */
export function cardsOf(file: HouseholdFile, member: string): Rec<'card'>[] {
  const end = ({ data }: Rec<'card'>) => data.valid_to ?? data.valid_from ?? '9999';
  return file.cards
    .filter((card) => file.memberOf(card) === member)
    .sort((one, other) => end(other).localeCompare(end(one)));
}

export function Cards({ file, member }: { file: HouseholdFile; member: Rec<'member'> }) {
  const words = t().card;
  const cards = cardsOf(file, member.id);
  const base = `#/person/${member.id}/card`;
  return (
    <section class="card">
      <h2>{t().member.groups.cards}</h2>
      {cards.length === 0 && <p class="muted">{words.none}</p>}
      <ul class="stack">
        {cards.map((card) => (
          <CardRow key={card.id} card={card} base={base} />
        ))}
      </ul>
      <Listed file={file} member={member.id} />
      <a class="button button--soft" href={base}>
        <Icon name="plus" />
        {cards.length === 0 ? words.add : words.renew}
      </a>
    </section>
  );
}

function CardRow({ card, base }: { card: Rec<'card'>; base: string }) {
  const words = t().card;
  const { data } = card;
  const today = useStore().today();
  const isVoid = data.void_reason != null;
  return (
    <li class="stack stack--tight">
      <div class="row row--between">
        <span class="grow">
          <b class="number">{period(data.valid_from ?? null, data.valid_to ?? null)}</b>
          <br />
          <small class="muted">
            {wordFor('card_evidence', data.evidence)}
            {data.checked_on != null && ` · ${words.checked(dayText(data.checked_on, today))}`}
            {data.number != null && ` · ${data.number}`}
          </small>
        </span>
        {!isVoid && (
          <a class="button button--quiet" href={`${base}/${card.id}`}>
            {words.edit}
          </a>
        )}
      </div>
      {isVoid && <span class="tag">{words.voided}</span>}
      {(card.pending === 'waiting' || card.waitingFields.length > 0) && (
        <span class="tags">
          <span class="tag tag--warn">{t().app.waiting}</span>
        </span>
      )}
      {!isVoid && data.valid_to == null && <p class="small muted">{words.lookUp}</p>}
    </li>
  );
}

export function period(from: string | null, to: string | null): string {
  const words = t().card;
  if (to === null) return from === null ? words.openEnd : `${showDate(from)} – ${words.openEnd}`;
  return from === null ? words.to(showDate(to)) : words.range(showDate(from), showDate(to));
}
