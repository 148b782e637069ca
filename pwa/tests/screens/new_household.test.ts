import { describe, expect, it } from 'vitest';
import {
  cardToCopy,
  editsOf,
  farmCandidate,
  findingsOf,
  named,
  newHousehold,
  withAnswer,
  withHead,
  withName,
  withPerson,
  type NewHousehold,
  type Person,
} from '../../src/screens/new_household/model';

const TODAY = '2026-11-22';
const ASKED = { today: TODAY, noticeVersion: '1' };

function ids(): () => string {
  let next = 0;
  return () => `00000000-0000-7000-8000-${String((next += 1)).padStart(12, '0')}`;
}

const VILLAGE = '00000000-0000-7000-8000-00000000aaaa';

function withPeople(...names: string[]): NewHousehold {
  const makeId = ids();
  let household = newHousehold(makeId(), VILLAGE, makeId);
  names.forEach((name, index) => {
    household = withName(household, household.people[index]?.id ?? '', name, makeId);
  });
  return household;
}

function change(household: NewHousehold, index: number, step: (now: Person) => Partial<Person>) {
  return withPerson(household, household.people[index]?.id ?? '', step);
}

const cards = (household: NewHousehold) =>
  editsOf(household, ASKED).filter(({ entity }) => entity === 'card');

describe('a new household', () => {
  it('becomes household, people and visit in one list for one save', () => {
    const household = withPeople('Hà Văn Cường', 'Lò Thị Xuân');
    const entities = editsOf(household, ASKED).map(({ entity }) => entity);
    expect(entities).toEqual(['household', 'member', 'member', 'visit']);
  });

  it('always has an empty row after the last name, which is nobody', () => {
    const household = withPeople('A', 'Y', 'H’Blim');
    expect(household.people).toHaveLength(4);
    expect(named(household)).toHaveLength(3);
  });

  it('says nothing that was not told', () => {
    const [, member] = editsOf(withPeople('Hà Văn Cường'), ASKED);
    expect(Object.keys(member?.set ?? {}).sort()).toEqual([
      'full_name',
      'household',
      'presence',
      'registration',
      'relation',
    ]);
  });

  it('dates the answer about the card on the day it was given', () => {
    const household = change(withPeople('Hà Văn Cường'), 0, (now) => withAnswer(now, 'never_had'));
    const [, member] = editsOf(household, ASKED);
    expect(member?.set).toMatchObject({ insurance_answer: 'never_had', insurance_asked_on: TODAY });
  });

  it('records a card only when there is something to record of it', () => {
    const told = change(withPeople('Hà Văn Cường'), 0, (now) => withAnswer(now, 'has_card'));
    expect(cards(told)).toEqual([]);
    const seen = change(told, 0, (now) => ({
      card: { ...now.card, until: '2027-12-31', evidence: 'card_seen' },
    }));
    expect(cards(seen)[0]?.set).toMatchObject({ evidence: 'card_seen', valid_to: '2027-12-31' });
  });

  it('takes a card whose proof was not named as told only', () => {
    const household = change(withPeople('Hà Văn Cường'), 0, (now) => ({
      ...withAnswer(now, 'has_card'),
      card: { ...now.card, until: '2027-12-31' },
    }));
    expect(cards(household)[0]?.set).toMatchObject({ evidence: 'told' });
  });

  it('marks a card looked up in the app with the day of looking', () => {
    const household = change(withPeople('Hà Văn Cường'), 0, (now) => ({
      ...withAnswer(now, 'has_card'),
      card: { ...now.card, noEnd: true, evidence: 'app' },
    }));
    expect(cards(household)[0]?.set).toMatchObject({ evidence: 'app', checked_on: TODAY });
  });

  it('forgets the reasons when the answer turns out to be a card', () => {
    const asked = change(withPeople('Hà Văn Cường'), 0, (now) => ({
      ...withAnswer(now, 'never_had'),
      uninsured_reason: 'cannot_afford',
    }));
    const corrected = change(asked, 0, (now) => withAnswer(now, 'has_card'));
    expect(corrected.people[0]?.uninsured_reason).toBeNull();
  });

  it('has one head, whoever is chosen last', () => {
    const household = withPeople('Hà Văn Cường', 'Lò Thị Xuân');
    const changed = withHead(household, household.people[1]?.id ?? '');
    expect(named(changed).map(({ relation }) => relation)).toEqual([null, 'head']);
  });

  it('was met in part while somebody has not been asked', () => {
    const visit = editsOf(withPeople('Hà Văn Cường'), ASKED).find(
      ({ entity }) => entity === 'visit',
    );
    expect(visit?.set).toMatchObject({ outcome: 'partly', on: TODAY });
  });

  it('is stopped by a date that is none, and says where to mend it', () => {
    const household = change(withPeople('Hà Văn Cường'), 0, () => ({ birth_date: '31/2/1980' }));
    const found = findingsOf(household, ASKED).filter(({ weight }) => weight === 'blocks');
    expect(found).toMatchObject([{ code: 'not_a_date', field: 'birth_date', step: 'people' }]);
  });
});

describe('the income worksheet', () => {
  const farm = newHousehold('h', VILLAGE, ids()).farm;

  it('is offered to farming households of neither poor class', () => {
    expect(farmCandidate({ ...farm, works: true, main: true, living: 'neither' })).toBe(true);
  });

  it('is not offered to poor, near-poor or other households', () => {
    expect(farmCandidate({ ...farm, works: true, main: true, living: 'near_poor' })).toBe(false);
    expect(farmCandidate({ ...farm, works: false })).toBe(false);
  });

  it('waits while the questions are not answered', () => {
    expect(farmCandidate({ ...farm, works: true })).toBeNull();
  });
});

describe('a card like that of somebody before', () => {
  const family = () => {
    const household = newHousehold('h', 'v', crypto.randomUUID.bind(crypto));
    const [head, spouse] = household.people;
    if (head === undefined || spouse === undefined) throw new Error('two rows to begin with');
    Object.assign(head, { full_name: 'Lò Văn Đông', insurance_answer: 'has_card' });
    Object.assign(spouse, { full_name: 'Quàng Thị Tây', insurance_answer: 'has_card' });
    return { household, head, spouse };
  };

  it('is offered once somebody before has told of theirs, and not afterwards', () => {
    const { household, head, spouse } = family();
    expect(cardToCopy(household, spouse)).toBe(null);
    head.card.until = '2026-12-31';
    expect(cardToCopy(household, spouse)?.id).toBe(head.id);
    spouse.card.evidence = 'app';
    expect(cardToCopy(household, spouse)).toBe(null);
  });

  it('is never offered to the first', () => {
    const { household, head, spouse } = family();
    spouse.card.until = '2026-12-31';
    expect(cardToCopy(household, head)).toBe(null);
  });
});
