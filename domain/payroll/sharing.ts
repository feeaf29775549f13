import { split } from '../money.ts';
import type { OtherEntry, PayOrder, PayShare } from './types.ts';

/** Splits an amount among technicians; exactly, so that the parts add up to it. By employee number. */
export function splitAmong(amount: number, technicians: readonly PayShare[]): ReadonlyMap<string, number> {
  const [only] = technicians;
  if (only && technicians.length === 1 && only.shareBp === 10_000) return new Map([[only.employee, amount]]);
  const parts = split(
    amount,
    technicians.map(({ employee, shareBp }) => ({ key: employee, shareBp })),
  );
  return new Map(parts.map((part) => [part.key, part.amount]));
}

type Reason = Pick<OtherEntry, 'kind' | 'ruleId' | 'rateBp'>;

/** An amount of an order, shared by its technicians: an entry for each, by employee number. */
export function shared(order: PayOrder, amount: number, reason: Reason): OtherEntry[] {
  const { id: orderId, technicians } = order;
  if (amount === 0 || technicians.length === 0) return [];
  const parts = splitAmong(amount, technicians);
  return technicians
    .toSorted((a, b) => (a.employee < b.employee ? -1 : 1))
    .map(({ employee, shareBp }) => {
      const share = parts.get(employee) ?? 0;
      return { ...reason, employee, orderId, base: amount, shareBp, share, amount: share };
    });
}
