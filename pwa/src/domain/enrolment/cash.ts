/** One collector's cash of one day. Twin: server/domain/enrolment/cash.py. */

import { STANDING } from './states';

/** Whole đồng. `difference` is the cash still to be handed over; negative: too much was. */
export interface CashSheet {
  readonly people: number;
  readonly receipts: number;
  readonly cash: number;
  readonly transfer: number;
  readonly handed_over: number;
  readonly difference: number;
}

type Data = Readonly<Record<string, unknown>>;

/** Add up a day: the enrolments one collector took on it, and what was handed over for it. */
export function cashSheet(enrolments: readonly Data[], handedOver: readonly number[]): CashSheet {
  const paid = enrolments.filter(({ state }) => STANDING.includes(String(state)));
  const receipts = new Set(paid.flatMap(({ receipt }) => (receipt ? [receipt] : [])));
  const transfer = sum(paid.filter(({ payment }) => payment === 'transfer').map(own));
  const cash = sum(paid.map(own)) - transfer;
  const over = sum(handedOver);
  return {
    people: paid.length,
    receipts: receipts.size,
    cash,
    transfer,
    handed_over: over,
    difference: cash - over,
  };
}

function own(data: Data): number {
  const share = data['own_share'];
  return typeof share === 'number' ? share : 0;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
