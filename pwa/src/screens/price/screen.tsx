import { useMemo, useState } from 'preact/hooks';
import { NotKnown } from '../../domain/legal/tables';
import { Screen } from '../../parts/frame';
import { Empty } from '../../parts/states';
import { lawWords, notKnownWords } from '../../words/law';
import { EnrolLink } from '../enrol/of_household';
import { fileName } from '../household/members';
import type { HouseholdProps } from '../household/routes';
import { useStore } from '../phone';
import { groundOf, type Ground } from '../rights/ground';
import { groupOf, lacksCover, standings, type Standing } from '../rights/people';
import { monthsFor, withMonths } from '../rights/own_months';
import { joinedThisYear, ladderPlaces, monthsOf, proposedMonths } from '../rights/price';
import { t } from '../../words';
import { TrustPill } from '../trust';
import { Options, type Asked } from './options';
import { PersonCard } from './person_card';
import { WaysCard } from './ways_card';
import '../../styles/rights.css';

const YEAR = 12;

/** What joining costs the people of a household, who pays, and from when it counts. */
export function PriceScreen({ file, rest }: HouseholdProps) {
  const store = useStore();
  const words = lawWords();
  const [, person = null] = rest;
  const [asked, setAsked] = useState<Asked>({
    months: YEAR,
    ownMonths: {},
    day: null,
    chosen: null,
    paid: null,
  });
  const change = (next: Partial<Asked>) => setAsked((now) => ({ ...now, ...next }));
  const day = asked.day ?? store.today();
  // The price may be asked of a day to come; no money is taken on one.
  const taken = day < store.today() ? day : null;
  const changed = store.changed.value;
  const ground = useMemo(() => groundOf(store, file.household.village, day), [day, changed, file]);
  const people = useMemo(() => standings(file, ground), [file, ground]);
  const chosen = asked.chosen ?? new Set(firstChosen(people, person));
  const paid = asked.paid ?? joinedThisYear(people);
  const joining = people.filter(({ member }) => chosen.has(member.id));
  return (
    <Screen
      title={words.price.title}
      back={`#/household/${file.household.id}`}
      aside={<TrustPill />}
    >
      <p class="muted">{t().household.title(fileName(file))}</p>
      {ground.tables.rows.length === 0 ? (
        <p class="notice notice--warn">{words.noTables}</p>
      ) : (
        <>
          <Options
            people={people}
            chosen={chosen}
            day={day}
            paid={paid}
            months={asked.months}
            change={change}
          />
          {joining.length === 0 ? (
            <Empty title={words.price.nobody}>
              <p>{words.price.whoHint}</p>
            </Empty>
          ) : (
            <>
              <Answer
                ground={ground}
                joining={joining}
                ladderFrom={paid + 1}
                asked={asked}
                change={change}
                open={joining.length === 1 ? (joining[0]?.member.id ?? null) : person}
              />
              <EnrolLink household={file.household.id} chosen={{ ...asked, chosen, day: taken }} />
            </>
          )}
        </>
      )}
    </Screen>
  );
}

interface AnswerProps {
  ground: Ground;
  joining: readonly Standing[];
  ladderFrom: number;
  asked: Asked;
  change: (next: Partial<Asked>) => void;
  /** Whose card stands open from the start. */
  open: string | null;
}

function Answer({ ground, joining, ladderFrom, asked, change, open }: AnswerProps) {
  const words = lawWords().price;
  const { months: usual, ownMonths } = asked;
  const allowed = (standing: Standing) =>
    monthsOf(ground, groupOf(standing)?.group ?? '', standing);
  const proposed = (standing: Standing) => proposedMonths(standing, allowed(standing), usual);
  const months = (standing: Standing) =>
    monthsFor(ownMonths, standing.member.id, allowed(standing), proposed(standing));
  const places = ladderPlaces(joining, ladderFrom);
  const unknown = joining.filter((standing) => groupOf(standing) === null);
  return (
    <>
      <WaysCard ground={ground} joining={joining} ladderFrom={ladderFrom} months={months} />
      {unknown.map(({ member, name, group }) => (
        <p key={member.id} class="notice notice--warn">
          {words.withheld(name)} {group instanceof NotKnown && notKnownWords(group)}
        </p>
      ))}
      <section class="stack">
        <h2>{words.each}</h2>
        {joining.map((standing) => (
          <PersonCard
            key={standing.member.id}
            ground={ground}
            standing={standing}
            ladderPlace={places.get(standing.member.id) ?? ladderFrom}
            months={months(standing)}
            usual={proposed(standing)}
            onMonths={(picked) => {
              const { id } = standing.member;
              change({ ownMonths: withMonths(ownMonths, id, picked, proposed(standing)) });
            }}
            open={open === standing.member.id}
          />
        ))}
      </section>
    </>
  );
}

/** Whoever was asked about, else everybody without a card or soon without. */
function firstChosen(people: readonly Standing[], person: string | null): string[] {
  const lacking = people.filter(lacksCover).map(({ member }) => member.id);
  return person === null || lacking.includes(person) ? lacking : [person, ...lacking];
}
