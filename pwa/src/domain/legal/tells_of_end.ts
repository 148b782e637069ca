/**
 * Which records tell of an end of support, beside age and place: only whom they concern is worth
 * asking the rule. Apart from the rule, which the first screen does without.
 */

export const LAST_GRADE = 12;
/** Rights that run for months of the law, whatever their paper says. */
const LIMITED: readonly unknown[] = ['left_region', 'trafficking_victim'];

type Data = Readonly<Record<string, unknown>>;

export function tellsOfAnEnd(household: Data, member: Data, rights: readonly Data[]): boolean {
  const { average_farm_to: farm, living_class_to: living } = household;
  const { unemployment_benefit_to: benefit, school_class: schoolClass } = member;
  if (farm != null || living != null || benefit != null) return true;
  if (typeof schoolClass === 'string' && gradeOf(schoolClass) === LAST_GRADE) return true;
  return rights.some(({ kind, valid_to }) => valid_to != null || LIMITED.includes(kind));
}

/** The grade that a class as people write it tells: 12 of `12A1` or `Lớp 12`. */
export function gradeOf(schoolClass: string | null): number | null {
  const found = /[0-9]{1,2}/.exec(schoolClass ?? '');
  return found ? Number(found[0]) : null;
}
