import { Icon } from '../../parts/icon';
import type { HouseholdFile } from '../../store/face';
import { lawWords } from '../../words/law';
import { useStore } from '../phone';
import { sponsoredOn } from './sponsored';
import { SponsorWords } from './sponsor_words';

interface Props {
  file: HouseholdFile;
  /** Only what is promised to this person. */
  member?: string;
}

/** Somebody pays for a card here: the family is told. */
export function SponsorNotice({ file, member }: Props) {
  const day = useStore().today();
  const found = [...sponsoredOn(file, day)].filter(([id]) => member === undefined || id === member);
  if (found.length === 0) return null;
  const words = lawWords().sponsor;
  const base = `#/household/${file.household.id}/price`;
  const name = (id: string) => file.members.find((one) => one.id === id)?.data.full_name ?? '';
  return (
    <section class="notice notice--accent" aria-label={words.has}>
      <h2>{words.has}</h2>
      <ul class="list">
        {found.map(([id, sponsored]) => (
          <li key={id}>
            <a class="item" href={`${base}/${id}`}>
              <span class="grow stack stack--tight">
                {member === undefined && <b>{name(id)}</b>}
                <small>
                  <SponsorWords sponsored={sponsored} />
                </small>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
