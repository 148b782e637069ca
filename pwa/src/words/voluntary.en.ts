/* English words of voluntary social insurance. */
import type { VoluntaryWords } from './voluntary.vi';

const numbers = new Intl.NumberFormat('vi-VN');
const num = (value: number): string => numbers.format(value);
const months = (count: number) => (count === 1 ? '1 month' : `${num(count)} months`);

export const en: VoluntaryWords = {
  title: 'Voluntary social insurance',
  intro: 'What it costs, what the state pays, what one gets later.',
  income: 'Income chosen for the contribution, a month',
  incomeRange: (least, most) => `From ${least} to ${most}, as the family chooses.`,
  incomeBelow: (least) => `The least is ${least}.`,
  incomeAbove: (most) => `The most is ${most}.`,
  months: 'Paid for how many months at once?',
  month: months,
  had: 'Months for which the state has supported this person before',
  hadHint: (most) => `At most ${months(most)} in a lifetime.`,
  cost: (count) => `For ${months(count)}`,
  monthDue: 'A month',
  due: 'In all',
  state: 'State',
  local: 'Province',
  own: 'Own share',
  unknownLocal: 'not known',
  atMost: (amount) => `at most ${amount}`,
  as: {
    poor: 'Supported as a poor household, or of an island commune.',
    near_poor: 'Supported as a near-poor household.',
    ethnic_minority: 'Supported as of an ethnic minority.',
    other: 'Supported as everybody.',
  },
  usedUp: 'The months of support by the state are used up.',
  partly: (count) => `The state pays its part for only ${months(count)} more.`,
  gains: 'What one gets later',
  pension: (years) =>
    `${num(years)} years of contributions and retirement age give a monthly pension, with a health card.`,
  maternity: (amount) => `A birth gives ${amount} for each child.`,
  mayNot: 'This person may not join voluntary social insurance.',
  reasons: {
    too_young: 'Not yet 15 years old.',
    under_compulsory: 'Pays compulsory social insurance.',
    has_pension: 'Draws a pension.',
    has_monthly_allowance: 'Draws a monthly allowance of social insurance.',
    village_officer: 'Village officers pay compulsory social insurance since 01/07/2025.',
    employee: 'Has an employment contract: the employer must pay compulsory insurance.',
    birth_date: 'The birth date is needed to be certain of 15 years.',
    sex: 'Male or female is not recorded, so the retirement age is not known.',
    past_retirement: 'Past retirement age: may go on paying while years are missing.',
    not_known: 'The retirement age of this day is not known: table “Working age”.',
  },
};
