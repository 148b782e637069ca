import { Dot, StatusWord } from '../../parts/status';
import type { PersonHit, Summary, TodayReason } from '../../store/face';
import { t } from '../../words';
import { ageText, householdName, living, placeOf, shownStatus, statusDay } from '../people';

const REASON_TAG: Readonly<Record<TodayReason, string>> = {
  returned: 'tag tag--danger',
  come_back: 'tag tag--warn',
  newborn: 'tag tag--accent',
  ending: 'tag tag--warn',
  never_asked: 'tag',
};

/** One household in a list: who, where, how its people stand, why it is here. */
export function HouseholdRow({ summary, today }: { summary: Summary; today: string }) {
  const people = living(summary);
  const place = placeOf(summary);
  return (
    <a class="item" href={`#/household/${summary.id}`}>
      <span class="grow stack stack--tight">
        <b>{householdName(summary)}</b>
        {place !== '' && <small>{place}</small>}
        <span class="row">
          <span class="dots">
            {people.map((member) => (
              <Dot key={member.id} shown={shownStatus(member, today)} />
            ))}
          </span>
          <small>{statusCounts(summary, today)}</small>
        </span>
        {summary.reasons.length > 0 && <Reasons reasons={summary.reasons} />}
      </span>
    </a>
  );
}

function Reasons({ reasons }: { reasons: readonly TodayReason[] }) {
  return (
    <span class="tags">
      {reasons.map((reason) => (
        <span key={reason} class={REASON_TAG[reason]}>
          {t().today.groups[reason]}
        </span>
      ))}
    </span>
  );
}

/** The dots in words: `3 còn hạn, 1 hết hạn`. */
function statusCounts(summary: Summary, today: string): string {
  const counts = new Map<string, number>();
  for (const member of living(summary)) {
    const word = t().status[shownStatus(member, today)];
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

interface PersonProps {
  hit: PersonHit;
  today: string;
  /** Named when the phone holds more than one: 'Xóm 1' is in each of them. */
  village?: string | undefined;
}

export function PersonRow({ hit, today, village }: PersonProps) {
  const { member, summary } = hit;
  const known = member.knownAs === null ? '' : ` (${member.knownAs})`;
  const facts = [
    ageText(member.birth, today),
    householdName(summary),
    placeOf(summary),
    village ?? '',
  ];
  return (
    <a class="item" href={`#/household/${hit.household}`}>
      <span class="grow stack stack--tight">
        <b>
          {member.name}
          {known}
        </b>
        <small>{facts.filter((fact) => fact !== '').join(' · ')}</small>
        <StatusWord shown={shownStatus(member, today)} day={statusDay(member)} />
      </span>
    </a>
  );
}
