/* Who pays what of an enrolment, in words: on its screen and on its receipt. */
import type { HouseholdFile, Rec } from '../../store/face';
import { enrolWords } from '../../words/enrol';
import { lawWords } from '../../words/law';

type Told = readonly [label: string, amount: number];

/** The whole contribution and who pays of it, in the order of the receipt, the person last. */
export function sharesTold(file: HouseholdFile, { data }: Rec<'enrolment'>): Told[] {
  const words = enrolWords();
  const shares: Told[] = [
    [words.state, data.state_support ?? 0],
    [words.local, data.local_support ?? 0],
    ...othersTold(file, data.sponsorship ?? null, data.other_support ?? 0),
  ];
  return [
    [words.total, data.total ?? 0],
    ...shares.filter(([, amount]) => amount !== 0),
    [words.own, data.own_share ?? 0],
  ];
}

/** The sponsor by name; what goes beyond the promise is another source's. */
function othersTold(file: HouseholdFile, sponsorship: string | null, amount: number): Told[] {
  const promise = file.sponsorships.find(({ id }) => id === sponsorship)?.data;
  if (promise === undefined) return [[enrolWords().other, amount]];
  const promised = Math.min(amount, promise.amount ?? 0);
  return [
    [lawWords().sponsor.pays(promise.sponsor_name ?? ''), promised],
    [enrolWords().other, amount - promised],
  ];
}
