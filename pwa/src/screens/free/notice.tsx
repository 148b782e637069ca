import { useMemo } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import type { HouseholdFile } from '../../store/face';
import { lawWords } from '../../words/law';
import { useStore } from '../phone';
import { freeCards } from '../rights/free';
import { groundOf } from '../rights/ground';
import { standings } from '../rights/people';
import { reasonsOf } from './words';

/** Free cards nobody asked for: said on the household's own page. */
export function FreeNotice({ file }: { file: HouseholdFile }) {
  const store = useStore();
  const changed = store.changed.value;
  const day = store.today();
  const ground = useMemo(() => groundOf(store, file.household.village, day), [day, changed, file]);
  const found = useMemo(() => freeCards(standings(file, ground), ground), [file, ground]);
  if (found.length === 0) return null;
  const words = lawWords().free;
  const base = `#/household/${file.household.id}/price`;
  return (
    <section class="notice notice--accent" aria-label={words.title}>
      <h2>{words.title}</h2>
      <ul class="list">
        {found.map((card) => (
          <li key={card.standing.member.id}>
            <a class="item" href={`${base}/${card.standing.member.id}`}>
              <span class="grow">
                <b>{card.standing.name}</b>
                <small>{reasonsOf(card, ground)}</small>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
