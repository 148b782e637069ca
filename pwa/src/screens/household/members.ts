/* The people of one household file, as screens list them. */
import type { HouseholdFile, Rec } from '../../store/face';
import type { Choice } from '../../words';

const ORDER = ['head', 'spouse', 'parent', 'parent_in_law', 'grandparent', 'child', 'child_in_law'];

export function livingMembers(file: HouseholdFile): Rec<'member'>[] {
  return file.members
    .filter(({ data }) => data.ended_on == null && data.merged_into == null)
    .sort((one, other) => rank(one) - rank(other) || birth(one).localeCompare(birth(other)));
}

export function endedMembers(file: HouseholdFile): Rec<'member'>[] {
  return file.members.filter(({ data }) => data.ended_on != null && data.merged_into == null);
}

export function headOf(file: HouseholdFile): Rec<'member'> | undefined {
  return livingMembers(file).find(({ data }) => data.relation === 'head');
}

export function fileName(file: HouseholdFile): string {
  const someone = headOf(file) ?? livingMembers(file)[0];
  return someone?.data.full_name ?? '';
}

export function memberChoices(file: HouseholdFile, except?: string): Choice[] {
  return livingMembers(file)
    .filter(({ id }) => id !== except)
    .map(({ id, data }) => [id, data.full_name ?? ''] as const);
}

function rank({ data }: Rec<'member'>): number {
  const at = ORDER.indexOf(data.relation ?? '');
  return at === -1 ? ORDER.length : at;
}

function birth({ data }: Rec<'member'>): string {
  return data.birth_date ?? '9999';
}
