/**
 * What a file still lacks: the facts that a paper asks for and the records do not hold yet, in the
 * order of the form (Mẫu số 01 of QĐ 24/2021/QĐ-TTg with its worksheet; D03-TS and TK1-TS of
 * QĐ 490/QĐ-BHXH). Twin: server/domain/lacking.py.
 */

import { type RecordData, text } from './findings/base';
import { addMonths } from './partial';

/** A record as the papers read it. */
export interface Filed {
  readonly id: string;
  readonly data: RecordData;
}

/** One fact: of which record (null: there is none yet), which field, and why. */
export interface Lack {
  readonly entity: string;
  readonly record: string | null;
  readonly field: string;
  /** `lacks`: nothing is recorded. The other codes say what is wrong with what is. */
  readonly code: string;
}

const SCHOOL_AGE = 6;
const CHILD = 'TE';
const HOUSEHOLD = 'GD';

function lack(entity: string, record: string | null, field: string, code = 'lacks'): Lack {
  return { entity, record, field, code };
}

/**
 * What the request of a farm household lacks: the one who asks, everybody who lives there (in the
 * order of the household, the head first), the reason, the worksheet.
 */
export function requestLacks(
  request: Filed,
  household: string,
  people: readonly Filed[],
  sheet: Filed | null,
): Lack[] {
  const askedOn = text(request.data, 'requested_on');
  const asks = people.find(({ id }) => id === request.data['applicant']) ?? people[0];
  const found = [
    ...(asks
      ? [...identity(asks), ...told(asks, 'ethnic_group'), ...personalId(asks), ...residence(asks)]
      : [lack('household', household, 'people', 'lacks_people')]),
    ...people.flatMap((person) => [
      ...identity(person),
      ...told(person, 'relation'),
      ...work(person, askedOn),
    ]),
    ...(request.data['reason'] ? [] : [lack('farm_request', request.id, 'reason')]),
    ...worksheet(sheet, askedOn),
  ];
  const once = new Map(found.map((one) => [`${one.record} ${one.field} ${one.code}`, one]));
  return [...once.values()];
}

/** What the insurance's list asks of one enrolment. `cards`: those on record of the person. */
export function enrolmentLacks(
  enrolment: Filed,
  member: Filed,
  cards: readonly RecordData[] = [],
): Lack[] {
  const valid = cards.filter((card) => !card['void_reason']);
  const group = enrolment.data['insurance_group'];
  const clinic = member.data['clinic_wanted'] || valid.some((card) => card['first_clinic']);
  const known = valid.length > 0 || member.data['bhxh_number'];
  const guarded = ['guardian_name', 'guardian', 'mother'].some((name) => member.data[name]);
  return [
    ...ofEnrolment(enrolment, ['insurance_group']),
    ...personalId(member),
    ...identity(member),
    ...(clinic ? [] : [lack('member', member.id, 'clinic_wanted')]),
    ...ofEnrolment(enrolment, [
      'paid_on',
      'receipt_number',
      'card_from',
      'months',
      'collector_code',
    ]),
    ...(known ? [] : told(member, 'ethnic_group', 'birth_registered_at')),
    ...(group === CHILD && !guarded ? [lack('member', member.id, 'guardian_name')] : []),
    ...(group === HOUSEHOLD ? told(member, 'relation') : []),
  ];
}

function told(person: Filed, ...names: string[]): Lack[] {
  return names.filter((name) => !person.data[name]).map((name) => lack('member', person.id, name));
}

function ofEnrolment(enrolment: Filed, names: readonly string[]): Lack[] {
  return names
    .filter((name) => !enrolment.data[name])
    .map((name) => lack('enrolment', enrolment.id, name));
}

function identity(person: Filed): Lack[] {
  const provisional = person.data['name_is_provisional']
    ? [lack('member', person.id, 'full_name', 'lacks_registered_name')]
    : [];
  return [...provisional, ...told(person, 'sex', 'birth_date')];
}

function personalId(person: Filed): Lack[] {
  if (person.data['personal_id']) return [];
  const code = person.data['old_id_number'] ? 'lacks_new_number' : 'lacks';
  return [lack('member', person.id, 'personal_id', code)];
}

function residence(person: Filed): Lack[] {
  const registration = text(person.data, 'registration');
  const known = registration !== '' && registration !== 'not_known';
  return known ? [] : [lack('member', person.id, 'registration')];
}

/** Works, does not work, goes to school: of small children the form is left blank. */
function work(person: Filed, day: string): Lack[] {
  const birth = text(person.data, 'birth_date');
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  const small = birth !== '' && day !== '' && years < SCHOOL_AGE;
  return small ? [] : told(person, 'work');
}

function worksheet(sheet: Filed | null, askedOn: string): Lack[] {
  if (sheet === null) return [lack('farm_assessment', null, 'lines', 'lacks_worksheet')];
  const found: Lack[] = [];
  // None of its months is among the twelve before the request.
  if (askedOn && text(sheet.data, 'months_to') < addMonths(askedOn, -12).slice(0, 7))
    found.push(lack('farm_assessment', sheet.id, 'months_to', 'worksheet_old'));
  const lines = (sheet.data['lines'] ?? []) as readonly RecordData[];
  if (lines.length === 0) found.push(lack('farm_assessment', sheet.id, 'lines'));
  else if (lines.some((line) => line['revenue'] == null))
    found.push(lack('farm_assessment', sheet.id, 'lines', 'worksheet_line_half'));
  return [
    ...found,
    ...['people', 'main_activity']
      .filter((name) => !sheet.data[name])
      .map((name) => lack('farm_assessment', sheet.id, name)),
  ];
}
