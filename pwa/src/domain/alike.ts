/** Whether two records look like one person, and what makes two people of them for certain. Twin: server/domain/alike.py. */
import { fold, foldTight } from './text';

/** How a newborn without a registered name is written down, besides the box for it on the form. */
const NAMELESS = [
  'be trai',
  'be gai',
  'em be',
  'tre so sinh',
  'so sinh',
  'chua co ten',
  'chua dat ten',
  'con chi',
  'con anh',
  'con co',
  'con ba',
  'con ong',
];
const TITLES = new Set('ong ba anh chi co chu bac em cu me thim di cau u bo mu'.split(' '));
const GUESSED_YEARS = 10;
const MARK = /[\u0300-\u036f]/g;
// eslint-disable-next-line no-control-regex -- what a plain keyboard writes
const PLAIN = /^[\u0000-\u007f]*$/;

export type NameLikeness =
  'unnamed' | 'same' | 'accents' | 'other_tone' | 'called' | 'shortened' | 'slip' | 'other';
export type BirthLikeness = 'unknown' | 'same' | 'swapped' | 'part' | 'year' | 'near' | 'other';

/** What people are told apart by. */
export interface Person {
  fullName: string;
  knownAs: string | null;
  unnamed: boolean;
  birthDate: string | null;
  birthIsEstimate: boolean;
  sex: string | null;
  personalId: string | null;
  bhxhNumber: string | null;
  household: string | null;
}

/** The person that a member's data describes. */
export function personOf(data: Readonly<Record<string, unknown>>): Person {
  const text = (name: string) => (data[name] as string | null | undefined) ?? null;
  const fullName = text('full_name') ?? '';
  return {
    fullName,
    knownAs: text('known_as'),
    unnamed: data['name_is_provisional'] === true || isNameless(fullName),
    birthDate: text('birth_date'),
    birthIsEstimate: data['birth_is_estimate'] === true,
    sex: text('sex'),
    personalId: text('personal_id'),
    bhxhNumber: text('bhxh_number'),
    household: text('household'),
  };
}

/** True for what stands in the place of a name: `Bé gái`, `Cháu A con chị B`. */
export function isNameless(name: string): boolean {
  const folded = fold(name);
  if (NAMELESS.some((start) => folded.startsWith(start))) return true;
  return folded.startsWith('chau ') && ` ${folded} `.includes(' con ');
}

/** A name with its accents, whichever vowel they are put on: `Hoà` and `Hòa` are alike. */
function spelled(name: string): string[] {
  return words(name.toLowerCase()).map((word) => {
    const letters = word.normalize('NFD');
    const marks = (letters.match(MARK) ?? []).sort();
    return letters.replace(MARK, '') + marks.join('');
  });
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** What somebody is called, folded, without the title before it: `Ông Tư Rèn` is `turen`. */
export function called(name: string | null): string {
  const parts = words(fold(name ?? ''));
  const titled = parts.length > 1 && TITLES.has(parts[0] ?? '');
  return (titled ? parts.slice(1) : parts).join('');
}

export function compareNames(one: Person, other: Person): NameLikeness {
  if (one.unnamed || other.unnamed) return 'unnamed';
  if (foldTight(one.fullName) === foldTight(other.fullName)) {
    return compareAccents(spelled(one.fullName), spelled(other.fullName));
  }
  if (calledAlike(one, other)) return 'called';
  const parts = words(fold(one.fullName));
  const others = words(fold(other.fullName));
  const [fewer, more] = others.length < parts.length ? [others, parts] : [parts, others];
  if (shortened(fewer, more)) return 'shortened';
  return oneWrongKey(fewer, more) ? 'slip' : 'other';
}

/**
 * Other given names, unless one was written without accents throughout: that shows only where
 * there were accents to lose before the given name (`Lê Minh Ánh`, not `Mai Minh Ánh`).
 */
function compareAccents(one: string[], other: string[]): NameLikeness {
  if (one.join(' ') === other.join(' ')) return 'same';
  const lost = (whole: string[], from: string[]) =>
    PLAIN.test(whole.join('')) && !PLAIN.test(from.slice(0, -1).join(''));
  const sameGiven = one[one.length - 1] === other[other.length - 1];
  return sameGiven || lost(one, other) || lost(other, one) ? 'accents' : 'other_tone';
}

/** One's name is what the other is called, or both are called the same. */
function calledAlike(one: Person, other: Person): boolean {
  const names = [called(one.fullName), called(one.knownAs)];
  const others = [called(other.fullName), called(other.knownAs)];
  return names.some((name) => name !== '' && others.includes(name));
}

/** Family name and given name are there, something between them is left out. */
function shortened(fewer: string[], more: string[]): boolean {
  if (fewer.length < 2 || fewer.length === more.length) return false;
  const ends = fewer[0] === more[0] && fewer[fewer.length - 1] === more[more.length - 1];
  return ends && fewer.every((word) => more.includes(word));
}

/** One key went wrong in a word before the given name. Short words are too easily another one: `Thu` is no `Thị`. */
function oneWrongKey(one: string[], other: string[]): boolean {
  const last = one.length - 1;
  if (one.length !== other.length || one[last] !== other[last]) return false;
  const wrong = one.flatMap((word, at) => (word === other[at] ? [] : [[word, other[at] ?? '']]));
  const longest = Math.max(...(wrong[0] ?? ['']).map((word) => word.length));
  return wrong.length === 1 && longest > 3 && oneSlip(one.join(''), other.join(''));
}

/** True when one key went wrong: a letter more, less, another, or two in the wrong order. */
export function oneSlip(a: string, b: string): boolean {
  const [one, other] = a.length > b.length ? [b, a] : [a, b];
  if (other.length - one.length > 1 || one.length < 6) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  if (one.length < other.length) return one.slice(start) === other.slice(start + 1);
  const [rest, more] = [one.slice(start), other.slice(start)];
  if (rest.slice(1) === more.slice(1)) return true;
  return rest[0] === more[1] && rest[1] === more[0] && rest.slice(2) === more.slice(2);
}

export function compareBirths(one: Person, other: Person): BirthLikeness {
  const [born, otherBorn] = [one.birthDate, other.birthDate];
  if (born === null || otherBorn === null) return 'unknown';
  if (born.length === 10 && otherBorn.length === 10) return compareDays(born, otherBorn);
  const shared = Math.min(born.length, otherBorn.length);
  if (born.slice(0, shared) === otherBorn.slice(0, shared)) {
    return born === otherBorn && shared === 7 ? 'same' : 'year';
  }
  const told = one.birthIsEstimate || other.birthIsEstimate;
  return yearsBetween(born, otherBorn) <= (told ? 2 : 1) && shared === 4 ? 'near' : 'other';
}

function compareDays(one: string, other: string): BirthLikeness {
  if (one === other) return 'same';
  const [year, month, day] = one.split('-');
  const [otherYear, otherMonth, otherDay] = other.split('-');
  if (year === otherYear && month === otherDay && day === otherMonth) return 'swapped';
  if (year === otherYear) return (month === otherMonth) !== (day === otherDay) ? 'part' : 'other';
  const wrong = [0, 1, 2, 3].filter((at) => one[at] !== other[at]).length;
  return wrong === 1 && one.slice(4) === other.slice(4) ? 'part' : 'other';
}

function yearsBetween(one: string, other: string): number {
  return Math.abs(Number(one.slice(0, 4)) - Number(other.slice(0, 4)));
}

/** The number both carry, or null. */
export function sameNumber(one: Person, other: Person): 'personal_id' | 'bhxh_number' | null {
  if (one.personalId !== null && one.personalId === other.personalId) return 'personal_id';
  if (one.bhxhNumber !== null && one.bhxhNumber === other.bhxhNumber) return 'bhxh_number';
  return null;
}

/**
 * True when the two cannot be one person, however alike they look: other numbers, other names,
 * births too far apart, other birthdays under one roof; and twins, whose given names may differ in
 * an accent alone.
 */
export function surelyTwo(one: Person, other: Person): boolean {
  if (sameNumber(one, other) !== null) return false;
  if (otherNumber(one.personalId, other.personalId)) return true;
  const together = one.household !== null && one.household === other.household;
  const apart = yearsBetween(one.birthDate ?? '', other.birthDate ?? '') > GUESSED_YEARS;
  if (compareBirths(one, other) === 'other' && (together || apart)) return true;
  const name = compareNames(one, other);
  if (name === 'unnamed') return together && one.unnamed && other.unnamed;
  return name === 'other' || name === 'other_tone';
}

function otherNumber(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other && !oneSlip(one, other);
}

const SURE_BIRTHS: readonly BirthLikeness[] = ['same', 'swapped', 'year', 'part'];

/**
 * Why whoever is being typed may be somebody known: a number, `name`, or null. A warning while
 * typing: it asks for name and birth, a number alone is enough.
 */
export function looksLike(
  typed: Person,
  known: Person,
): 'personal_id' | 'bhxh_number' | 'name' | null {
  const number = sameNumber(typed, known);
  if (number !== null || surelyTwo(typed, known)) return number;
  if (typed.sex !== null && known.sex !== null && typed.sex !== known.sex) return null;
  const name = compareNames(typed, known);
  const birth = compareBirths(typed, known);
  const sure = SURE_BIRTHS.includes(birth);
  if ((name === 'same' || name === 'accents') && (sure || birth === 'near')) return 'name';
  if ((name === 'called' || name === 'shortened') && sure) return 'name';
  // A newborn written down before it had a name, now entered anew with it.
  const together = typed.household !== null && typed.household === known.household;
  return name === 'unnamed' && birth === 'same' && together ? 'name' : null;
}
