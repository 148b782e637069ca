import { useState } from 'preact/hooks';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { Empty } from '../../parts/states';
import { t } from '../../words';
import { lawWords } from '../../words/law';
import { placeOf } from '../people';
import { type Finding, useFindings } from '../rights/scan';
import { useListedVillages, useVillageNames, VillageFilter } from '../rights/village_filter';
import { TrustPill } from '../trust';
import { reasonsOf } from './words';

const PAGE = 30;

/** Households in which somebody may have a free card that nobody asked for. */
export function FreeScreen() {
  const words = lawWords().free;
  const { found, done } = useFindings(useListedVillages());
  const names = useVillageNames();
  const [limit, setLimit] = useState(PAGE);
  const homes = found.filter(({ free }) => free.length > 0);
  return (
    <Screen title={words.title} back="#/today" aside={<TrustPill />}>
      <VillageFilter />
      <p class="muted">{words.text}</p>
      {!done && <p role="status">{lawWords().counting}</p>}
      {done && homes.length === 0 && (
        <Empty icon="check" title={words.emptyTitle}>
          <p>{words.emptyText}</p>
        </Empty>
      )}
      {homes.length > 0 && <p role="status">{counted(homes)}</p>}
      <ul class="list">
        {homes.slice(0, limit).map((finding) => (
          <li key={finding.summary.id}>
            <Row finding={finding} village={names.get(finding.summary.village)} />
          </li>
        ))}
      </ul>
      {homes.length > limit && (
        <button type="button" class="button" onClick={() => setLimit(limit + PAGE)}>
          {t().today.showMore(Math.min(PAGE, homes.length - limit))}
        </button>
      )}
    </Screen>
  );
}

function counted(homes: readonly Finding[]): string {
  const words = lawWords().free;
  const people = homes.reduce((count, { free }) => count + free.length, 0);
  return `${words.households(homes.length)} · ${words.people(people)}`;
}

function Row({ finding, village }: { finding: Finding; village: string | undefined }) {
  const { summary, name, free } = finding;
  const place = [placeOf(summary), village ?? ''].filter((part) => part !== '').join(' · ');
  return (
    <a class="item" href={`#/household/${summary.id}`}>
      <span class="grow stack stack--tight">
        <b>{name}</b>
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
