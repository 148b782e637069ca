/* Who pays what of an enrolment, in words: on its screen and on its receipt. */
import type { HouseholdFile, Rec } from '../../store/face';
import { enrolWords } from '../../words/enrol';
import { lawWords } from '../../words/law';

type Told = readonly [label: string, amount: number];

/** The whole contribution and who pays of it, in the order of the receipt, the person last. */
export function sharesTold(file: HouseholdFile, { data }: Rec<'enrolment'>): Told[] {
  const words = enrolWords();
  const promise = file.sponsorships.find(({ id }) => id === data.sponsorship)?.data;
  const others =
    promise === undefined ? words.other : lawWords().sponsor.pays(promise.sponsor_name ?? '');
  const shares: Told[] = [
    [words.state, data.state_support ?? 0],
    [words.local, data.local_support ?? 0],
    [others, data.other_support ?? 0],
  ];
  return [
    [words.total, data.total ?? 0],
    ...shares.filter(([, amount]) => amount !== 0),
    [words.own, data.own_share ?? 0],
  ];
}
