import { applyRate } from '../money.ts';
import { shared } from './sharing.ts';
import type { OtherEntry, PayEntry, PayItem, PeriodOrder, SatisfactionPay } from './types.ts';

// What an order changes of the pay beside commission: rewards and penalties, and what the customer said.

/**
 * An item with an amount is one person's, or shared by the order's technicians; with a rate it is taken of the own commission
 * on the order of that person, or of each technician.
 * @param earned the order's commission
 * @throws RangeError on an item that isn't among `items`
 */
export function itemEntries(
  order: PeriodOrder,
  items: ReadonlyMap<string, PayItem>,
  earned: readonly PayEntry[],
): OtherEntry[] {
  return order.items.flatMap(({ item: itemId, employee }) => {
    const item = items.get(itemId);
    if (!item) throw new RangeError(`no item ${itemId}`);
    return 'rateBp' in item
      ? byRate(order, item, employee, earned)
      : byAmount(order, signed(item, item.amount), item, employee);
  });
}

const signed = ({ kind }: PayItem, amount: number): number => (kind === 'penalty' ? 0 - amount : amount);

function byAmount(order: PeriodOrder, amount: number, item: PayItem, employee: string | null): OtherEntry[] {
  const reason = { kind: item.kind, ruleId: item.id, rateBp: null };
  if (employee === null) return shared(order, amount, reason);
  return [{ ...reason, employee, orderId: order.id, base: amount, shareBp: null, share: amount, amount }];
}

function byRate(
  order: PeriodOrder,
  item: PayItem & Readonly<{ rateBp: number }>,
  employee: string | null,
  earned: readonly PayEntry[],
): OtherEntry[] {
  const whom = employee === null ? order.technicians.map((one) => one.employee).toSorted() : [employee];
  return whom.flatMap((one) => {
    const own = earned.reduce((sum, entry) => (entry.employee === one ? sum + entry.amount : sum), 0);
    const amount = signed(item, applyRate(own, item.rateBp));
    if (amount === 0) return [];
    const { kind, id: ruleId, rateBp } = item;
    return [{ kind, employee: one, ruleId, orderId: order.id, base: own, shareBp: null, share: own, rateBp, amount }];
  });
}

/** What the customer's word is worth, shared by the order's technicians. */
export function satisfactionEntries(order: PeriodOrder, { perOrder }: SatisfactionPay): OtherEntry[] {
  if (order.followUp === null) return [];
  const amount = perOrder[order.followUp] ?? 0;
  return shared(order, amount, { kind: 'satisfaction', ruleId: order.followUp, rateBp: null });
}
