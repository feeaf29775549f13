import { daysBetween } from '../dates.ts';
import { applyRate } from '../money.ts';
import type { OtherEntry, PayEntry, PayScenario, PayShare, PeriodOrder } from './types.ts';

// Work that has to be done again: who did it first does it for nothing, or pays some of what he earned by it back.

type Rework = NonNullable<PayScenario['rework']>;

/** The order whose work this one does again within the time; undefined where it is no rework. */
export function reworkedOrder(
  order: PeriodOrder,
  orders: ReadonlyMap<string, PeriodOrder>,
  rework: Rework | null,
): PeriodOrder | undefined {
  const first = order.reworkOf === null ? undefined : orders.get(order.reworkOf);
  if (!rework || !first) return undefined;
  const days = daysBetween(first.completedOn, order.registeredOn);
  return days >= 0 && days <= rework.days ? first : undefined;
}

/** Both have the same primary technician: the largest share, ties to the lower number. */
export function isOwnRework(order: PeriodOrder, first: PeriodOrder): boolean {
  const primary = primaryOf(order.technicians);
  return primary !== undefined && primary === primaryOf(first.technicians);
}

function primaryOf(technicians: readonly PayShare[]): string | undefined {
  const [first] = technicians.toSorted((a, b) => b.shareBp - a.shareBp || (a.employee < b.employee ? -1 : 1));
  return first?.employee;
}

/**
 * What those who did the work first give back of what they earned by its labour.
 * @param earned the commission of the first order
 */
export function clawbackEntries(
  order: PeriodOrder,
  earned: readonly PayEntry[],
  { clawbackBp: rateBp }: Rework,
): OtherEntry[] {
  const byEmployee = new Map<string, number>();
  for (const { family, employee, amount } of earned)
    if (family === 'labour') byEmployee.set(employee, (byEmployee.get(employee) ?? 0) + amount);
  return [...byEmployee]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([employee, own]) => {
      const amount = 0 - applyRate(own, rateBp);
      if (amount === 0) return [];
      const { id: orderId, reworkOf: ruleId } = order;
      return [{ kind: 'clawback', employee, ruleId, orderId, base: own, shareBp: null, share: own, rateBp, amount }];
    });
}
