import { useEffect, useState } from 'preact/hooks';
import { printed } from '../../domain/enrolment/receipts';
import { showDate } from '../../parts/dates';
import { Screen } from '../../parts/frame';
import { Icon } from '../../parts/icon';
import { showNumber } from '../../parts/numbers';
import { Empty, Loading } from '../../parts/states';
import type { HouseholdFile, ReferenceRow, Rec } from '../../store/face';
import { t, wordFor } from '../../words';
import { enrolWords } from '../../words/enrol';
import { groupName } from '../../words/law';
import type { HouseholdProps } from '../household/routes';
import { useStore } from '../phone';
import { money } from '../price/money';
import { lawOn } from '../rights/ground';
import { TrustPill } from '../trust';
import { sharesTold } from './shares';
import { drawPaper, savePaper, sharePaper, type PaperLine } from './paper';

type Enrolment = Rec<'enrolment'>;

/** A receipt as a picture: shown, sent, kept or printed. */
export function ReceiptScreen({ file, rest }: HouseholdProps) {
  const store = useStore();
  const words = enrolWords();
  const [picture, setPicture] = useState<{ blob: Blob; address: string } | null>(null);
  const people = file.enrolments.filter(({ data }) => data.receipt === rest[1]);
  const first = people[0]?.data;
  const number = first?.receipt_number == null ? words.noNumber : printed(first.receipt_number);
  const books = store.reference('receipt_range');
  const nameOf = (group: string) => groupName(lawOn(store), first?.paid_on ?? store.today(), group);
  const lines = people.length === 0 ? [] : paperLines(file, people, books, nameOf);
  const drawn = JSON.stringify(lines);
  useEffect(() => {
    let address: string | null = null;
    let current = true;
    if (lines.length > 0)
      void drawPaper(lines).then((blob) => {
        if (!current || blob === null) return;
        address = URL.createObjectURL(blob);
        setPicture({ blob, address });
      });
    return () => {
      current = false;
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [drawn]);
  const home = `#/household/${file.household.id}`;
  if (first === undefined) {
    return (
      <Screen title={words.receiptTitle} back={home}>
        <Empty icon="note" title={words.notHere} />
      </Screen>
    );
  }
  const sum = people.reduce((total, { data }) => total + (data.own_share ?? 0), 0);
  const fileName = `bien-lai-${number.replace(/\D/g, '') || 'nhap'}.png`;
  return (
    <Screen
      title={words.receiptOf(number)}
      back={home}
      aside={<TrustPill />}
      dock={
        picture && (
          <button
            type="button"
            class="button button--primary button--big"
            onClick={() => void sharePaper(picture.blob, fileName)}
          >
            <Icon name="note" />
            {words.share}
          </button>
        )
      }
    >
      {picture === null ? (
        <Loading />
      ) : (
        <img class="paper" src={picture.address} alt={words.paperAlt(number, money(sum))} />
      )}
      <div class="row paper-acts">
        <button
          type="button"
          class="button grow"
          disabled={picture === null}
          onClick={() => picture && savePaper(picture.blob, fileName)}
        >
          {words.download}
        </button>
        <button
          type="button"
          class="button grow"
          disabled={picture === null}
          onClick={() => window.print()}
        >
          {words.print}
        </button>
      </div>
      <ul class="list paper-acts">
        {people.map((enrolment) => (
          <li key={enrolment.id}>
            <a class="item" href={`${home}/enrolment/${enrolment.id}`}>
              <span class="grow">
                <b>{memberName(file, enrolment)}</b>
                <small>{wordFor('enrolment_state', enrolment.data.state)}</small>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </Screen>
  );
}

export function memberName(file: HouseholdFile, enrolment: Enrolment): string {
  const id = file.memberOf(enrolment);
  return file.members.find((member) => member.id === id)?.data.full_name ?? '';
}

function paperLines(
  file: HouseholdFile,
  people: readonly Enrolment[],
  books: readonly ReferenceRow[],
  nameOf: (group: string) => string,
): PaperLine[] {
  const words = enrolWords();
  const first: Enrolment['data'] = people[0]?.data ?? ({} as Enrolment['data']);
  const book = books.find(({ data }) => data['book'] === first.receipt_book)?.data ?? {};
  const number = first.receipt_number == null ? words.noNumber : printed(first.receipt_number);
  const series = typeof book['series'] === 'string' ? `${book['series']} ` : '';
  const agency = typeof book['agency'] === 'string' ? book['agency'] : '';
  const sum = people.reduce((total, { data }) => total + (data.own_share ?? 0), 0);
  const collector = [first.state_by, first.collector_code].filter((part) => part != null);
  const { address, hamlet } = file.household.data;
  const place = [hamlet, address].filter((part) => part != null).join(', ');
  return [
    ...(agency === '' ? [] : [{ text: agency, look: 'small' as const }]),
    { text: words.paperTitle, look: 'title' },
    { text: words.paperNumber, amount: `${series}${number}`, look: 'strong' },
    { text: words.paperDay, amount: showDate(first.paid_on) },
    ...(place === '' ? [] : [{ text: place, look: 'small' as const }]),
    ...people.flatMap((enrolment) => personLines(file, enrolment, nameOf)),
    { text: words.paperSum, amount: money(sum), look: 'strong', rule: true },
    { text: `${t().fields['payment']}: ${wordFor('payment_way', first.payment)}` },
    { text: `${words.paperBy}: ${collector.join(', ')}` },
    { text: words.paperNote, look: 'small', rule: true },
  ];
}

function personLines(
  file: HouseholdFile,
  enrolment: Enrolment,
  nameOf: (group: string) => string,
): PaperLine[] {
  const words = enrolWords();
  const { data } = enrolment;
  const group = nameOf(data.insurance_group ?? '');
  return [
    { text: memberName(file, enrolment), look: 'strong', rule: true },
    { text: `${group}, ${words.month(data.months ?? 0)}`, look: 'small' },
    ...sharesTold(file, enrolment).map(([text, amount]): PaperLine => ({
      text,
      amount: showNumber(amount),
    })),
    { text: words.card(showDate(data.card_from), showDate(data.card_to)), look: 'small' },
  ];
}
