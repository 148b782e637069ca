/** Checks of one person's record. */

import { PERSONAL_ID_PREFIXES } from '../../wire/codes';
import { firstDay, lastDay } from '../partial';
import { fold } from '../text';
import {
  ahead,
  blocks,
  endedProperly,
  type Finding,
  longAgo,
  oneDigit,
  type RecordData,
  text,
  unusualPhone,
  warns,
  yearsBetween,
} from './base';

type Ages = Readonly<Record<string, number>>;

const OLDEST = 115;
const LEAST_AGE_OF_RELATION: Ages = {
  head: 15,
  spouse: 15,
  child_in_law: 15,
  parent: 30,
  parent_in_law: 30,
  grandparent: 45,
};
const LEAST_AGE_OF_WORK: Ages = {
  farm: 10,
  wage_contract: 15,
  wage_no_contract: 12,
  own_business: 15,
  pupil: 5,
  student: 16,
  retired: 40,
};
const GREATEST_AGE_OF_PUPIL = 25;
const LEAST_AGE_OF_SOCIAL_INSURANCE: Ages = { compulsory: 15, voluntary: 15, pension: 40 };
const UNIT_WORDS = [
  'don vi',
  'tieu doan',
  'trung doan',
  'lu doan',
  'su doan',
  'quan doan',
  'dai doi',
];

/** Name, birth, papers, place in the household, insurance and end of a person. */
export function checkMember(data: RecordData, today: string): Finding[] {
  return [
    ...name(data),
    ...ahead(data, today, ['birth_date', 'insurance_asked_on', 'since', 'ended_on']),
    ...personalId(data),
    ...oneDigit(data, ['personal_id', 'old_id_number', 'bhxh_number']),
    ...age(data, today),
    ...away(data),
    ...unusualPhone(data),
    ...insurance(data, today),
    ...life(data),
    ...endedProperly(data),
  ];
}

function name(data: RecordData): Finding[] {
  return /\p{Nd}/u.test(text(data, 'full_name')) ? [warns('name_with_digits', 'full_name')] : [];
}

/** The number tells sex and birth year: a check that warns, for births are registered again. */
function personalId(data: RecordData): Finding[] {
  const number = text(data, 'personal_id');
  if (!number) return [];
  const [sex, birth, century] = [text(data, 'sex'), text(data, 'birth_date'), Number(number[3])];
  const found: Finding[] = [];
  if (number.startsWith('0') && !PERSONAL_ID_PREFIXES.includes(number.slice(0, 3)))
    found.push(warns('personal_id_province', 'personal_id'));
  if (sex && sex !== (century % 2 ? 'female' : 'male'))
    found.push(warns('personal_id_sex', 'personal_id'));
  if (birth && birth.slice(0, 4) !== `${19 + Math.floor(century / 2)}${number.slice(4, 6)}`)
    found.push(warns('personal_id_birth_year', 'personal_id'));
  if (data['personal_id_state'] === 'not_issued')
    found.push(warns('personal_id_not_issued', 'personal_id_state'));
  return found;
}

/** Asked of the living only: whoever has died goes on growing older on paper. */
function age(data: RecordData, today: string): Finding[] {
  const birth = text(data, 'birth_date');
  if (!birth || data['ended_on']) return [];
  const years = yearsBetween(birth, today);
  if (years < 0) return [];
  const younger = (ages: Ages, field: string) => years < (ages[text(data, field)] ?? 0);
  const found: Finding[] = [];
  if (years > OLDEST) found.push(warns('very_old', 'birth_date'));
  if (younger(LEAST_AGE_OF_RELATION, 'relation'))
    found.push(warns('too_young_for_relation', 'relation'));
  if (younger(LEAST_AGE_OF_WORK, 'work')) found.push(warns('too_young_for_work', 'work'));
  if (data['work'] === 'pupil' && years > GREATEST_AGE_OF_PUPIL)
    found.push(warns('too_old_for_school', 'work'));
  if (younger(LEAST_AGE_OF_SOCIAL_INSURANCE, 'social_insurance'))
    found.push(warns('too_young_for_social_insurance', 'social_insurance'));
  return found;
}

function away(data: RecordData): Finding[] {
  const place = text(data, 'away_place');
  if (data['presence'] === 'here' && (data['away_since'] || place))
    return [warns('away_though_here', 'presence')];
  const words = ` ${fold(place)} `;
  // The unit of a soldier is never recorded, not even by mistake.
  return data['presence'] === 'military' && UNIT_WORDS.some((unit) => words.includes(` ${unit} `))
    ? [blocks('military_unit', 'away_place')]
    : [];
}

function insurance(data: RecordData, today: string): Finding[] {
  const answer = text(data, 'insurance_answer');
  const found = longAgo(data, today, ['insurance_asked_on']);
  if (answer && !data['insurance_asked_on'])
    found.push(warns('answer_without_day', 'insurance_asked_on'));
  if (data['uninsured_reason'] && answer === 'has_card')
    found.push(warns('reason_though_insured', 'uninsured_reason'));
  return found;
}

/** The order of a life: born, come, ended. */
function life(data: RecordData): Finding[] {
  const [birth, since, ended] = ['birth_date', 'since', 'ended_on'].map((field) =>
    text(data, field),
  ) as [string, string, string];
  const found: Finding[] = [];
  if (birth && since && lastDay(since) < firstDay(birth))
    found.push(warns('since_before_birth', 'since'));
  if (birth && ended && lastDay(ended) < firstDay(birth))
    found.push(blocks('ended_before_birth', 'ended_on'));
  if (since && ended && lastDay(ended) < firstDay(since))
    found.push(warns('ended_before_since', 'ended_on'));
  return found;
}
