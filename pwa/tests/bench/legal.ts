/** Every rule of the law for one household, as a phone asks them at the door: for the bench. */

import { childCard, paidCard } from '../../src/domain/legal/card_dates';
import { contribution, type Payment } from '../../src/domain/legal/contribution';
import { personFacts } from '../../src/domain/legal/facts';
import { farmVerdict } from '../../src/domain/legal/farm_income';
import { fiveYearDate } from '../../src/domain/legal/five_years';
import { insuranceGroup } from '../../src/domain/legal/groups';
import { type LegalRow, NotKnown, Tables } from '../../src/domain/legal/tables';
import { mayJoinVoluntary, voluntaryCost } from '../../src/domain/legal/voluntary';
import { waiting } from '../../src/domain/legal/waiting';
import { householdWays, type Payer } from '../../src/domain/legal/ways';
import { workingAge } from '../../src/domain/legal/working_age';

export { file, price } from './price';

const DAY = '2026-11-22';
const END = '2026-05-31';
const BORN = ['1950-03-01', '1978-07-12', '1981', '2011-10-05', '2022-02-20'];
const WORK = ['none', 'farm', 'farm', 'pupil', null];

/** The tables, built once when the phone is unlocked. */
export function tables(rows: LegalRow[]): Tables {
  return new Tables(rows);
}

/** Groups, prices of 3, 6 and 12 months, cards, ways, voluntary insurance, farm income. */
export function household(law: Tables): number {
  const home = { average_farm: true, living_class: 'average' };
  const payers = BORN.map((birth_date, at) => person(law, { birth_date, work: WORK[at] }, home));
  const ways = householdWays(law, DAY, payers);
  const lines = ['crops', 'livestock', 'wages', 'gifts'].map((line) => ({
    line,
    revenue: 40_000_000,
    cost: 9_000_000,
  }));
  const told = { settlement: 'rural', lines, people: 5, counts: {}, inSector: true };
  farmVerdict(law, DAY, { ...told, deprived: null });
  return 'ways' in ways ? (ways.ways[0]?.total ?? 0) : 0;
}

function person(
  law: Tables,
  member: { birth_date: string; work: string | null | undefined },
  home: Record<string, unknown>,
): Payer {
  const facts = personFacts({ ...member, registration: 'permanent', ethnic_group: '13' }, home);
  const found = insuranceGroup(law, DAY, facts);
  const group = found instanceof NotKnown ? 'GD' : found.group;
  const payment: Payment = {
    group,
    months: 12,
    ladderPlace: 1,
    place: { province: '52', former: null },
    pupil: facts.work === 'pupil',
    minority: true,
    poorCommune: null,
    otherSupport: 0,
  };
  for (const months of [3, 6, 12]) {
    contribution(law, DAY, { ...payment, months });
    paidCard(law, DAY, months, END);
  }
  waiting(law, DAY, END);
  fiveYearDate(law, [{ start: '2021-04-01', end: END, paidOn: null }]);
  childCard(law, DAY, member.birth_date);
  workingAge(law, DAY, member.birth_date, 'male');
  const join = { birthDate: member.birth_date, sex: 'male', socialInsurance: null };
  mayJoinVoluntary(law, DAY, { ...join, work: facts.work, villageOfficer: false });
  const cost = { income: 2_000_000, months: 6, livingClass: 'near_poor', minority: true };
  const place = { province: null, former: null };
  voluntaryCost(law, DAY, { ...cost, island: false, monthsSupported: 0, place });
  return {
    member: member.birth_date,
    payment,
    choices: found instanceof NotKnown ? ['GD'] : found.choices,
  };
}
