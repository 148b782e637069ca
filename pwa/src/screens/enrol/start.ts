/* What the price screen hands on to the receipt: what was chosen there is not chosen twice. Pure. */
import type { MonthsChosen } from '../rights/own_months';
import { EMPTY, type Body } from './model';

/** What was turned on the price screen; null: as it was proposed. */
export interface Chosen {
  readonly months: number;
  readonly ownMonths: MonthsChosen;
  readonly day: string | null;
  readonly chosen: ReadonlySet<string> | null;
  readonly paid: number | null;
}

const WHOLE_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The address's part after the question mark. */
export function handedOn({ months, ownMonths, day, chosen, paid }: Chosen): string {
  const told = new URLSearchParams({ months: String(months) });
  if (chosen !== null) told.set('who', [...chosen].join());
  if (day !== null) told.set('day', day);
  if (paid !== null) told.set('before', String(paid));
  for (const [member, count] of Object.entries(ownMonths)) told.append('own', `${member}:${count}`);
  return told.toString();
}

/** The form as it begins: what was handed on, the rest as it is proposed. */
export function startOf(query: URLSearchParams): Body {
  const own = query.getAll('own').map((one): [string, number] => {
    const [member = '', count = ''] = one.split(':');
    return [member, Number(count)];
  });
  const day = query.get('day') ?? '';
  return {
    ...EMPTY,
    months: whole(query.get('months')) ?? EMPTY.months,
    ownMonths: Object.fromEntries(own.filter(([, count]) => count > 0)),
    chosen: query.get('who')?.split(',') ?? null,
    day: WHOLE_DAY.test(day) ? day : null,
    before: whole(query.get('before')),
  };
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,2}$/.test(text) ? Number(text) : null;
}
