import { Icon } from '../../parts/icon';
import { t } from '../../words';
import { lawWords } from '../../words/law';
import { householdName, placeOf } from '../people';
import { FindingsList, type Listed } from '../rights/findings_list';
import type { FreeCard } from '../rights/free';
import type { Finding } from '../rights/scan';
import { reasonsOf } from './words';

/** Households in which somebody may have a free card that nobody asked for. */
export function FreeScreen() {
  const words = lawWords().free;
  return (
    <FindingsList
      words={words}
      emptyText={words.emptyText}
      rowsOf={homesOf}
      counted={counted}
      more={t().today.showMore}
      row={({ finding }, village) => <Row finding={finding} village={village} />}
    />
  );
}

function homesOf(found: readonly Finding[]): Listed<readonly FreeCard[]>[] {
  return found.flatMap((finding) =>
    finding.free.length === 0 ? [] : { key: finding.summary.id, one: finding.free, finding },
  );
}

function counted(homes: readonly Listed<readonly FreeCard[]>[]): string {
  const words = lawWords().free;
  const people = homes.reduce((count, { one }) => count + one.length, 0);
  return `${words.households(homes.length)} · ${words.people(people)}`;
}

function Row({ finding, village }: { finding: Finding; village: string | undefined }) {
  const { summary, free } = finding;
  const place = [placeOf(summary), village ?? ''].filter((part) => part !== '').join(' · ');
  return (
    <a class="item" href={`#/household/${summary.id}`}>
      <span class="grow stack stack--tight">
        <b>{householdName(summary)}</b>
        {place !== '' && <small>{place}</small>}
        {free.map((card) => (
          <span key={card.standing.member.id}>
            {card.standing.name}
            <small>{reasonsOf(card, finding.ground)}</small>
          </span>
        ))}
      </span>
      <Icon name="next" />
    </a>
  );
}
