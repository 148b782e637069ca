import { printed } from '../../domain/enrolment/receipts';
import { Icon } from '../../parts/icon';
import type { HouseholdFile } from '../../store/face';
import { wordFor } from '../../words';
import { enrolWords } from '../../words/enrol';
import { money } from '../price/money';
import { memberName } from './receipt';
import { handedOn, type Chosen } from './start';

/** On the household's page: taking money, and what was taken. */
export function OfHousehold({ file }: { file: HouseholdFile }) {
  const words = enrolWords();
  const base = `#/household/${file.household.id}`;
  return (
    <section class="stack">
      <EnrolLink household={file.household.id} />
      {file.enrolments.map((enrolment) => (
        <a key={enrolment.id} class="item" href={`${base}/enrolment/${enrolment.id}`}>
          <span class="grow">
            {memberName(file, enrolment)}
            <small>
              {wordFor('enrolment_state', enrolment.data.state ?? 'draft')} ·{' '}
              {money(enrolment.data.own_share ?? 0)} ·{' '}
              {enrolment.data.receipt_number == null
                ? words.noNumber
                : printed(enrolment.data.receipt_number)}
            </small>
          </span>
          <Icon name="next" />
        </a>
      ))}
    </section>
  );
}

/** Whoever knows the price is one step from taking the money. */
export function EnrolLink({ household, chosen }: { household: string; chosen?: Chosen }) {
  const told = chosen === undefined ? '' : `?${handedOn(chosen)}`;
  return (
    <a class="item" href={`#/household/${household}/enrol${told}`}>
      <Icon name="note" />
      <span class="grow">
        <b>{enrolWords().link}</b>
      </span>
      <Icon name="next" />
    </a>
  );
}
