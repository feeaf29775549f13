import { monthsOf, type MonthOf, type Months } from '#domain/payroll/monthly.ts';
import { addDays } from '#domain/dates.ts';
import { auditedWithin, monthOrders } from '#db/repositories/pay-orders.ts';
import type { PayPeriod } from '#db/repositories/payslips.ts';
import type { Sql } from '#db/store.ts';
import type { CommandContext } from '../operation.ts';
import { ORDERS_AT_ONCE } from './refresh.ts';

/** Between two lots of orders: others may have their turn. */
type Between = () => Promise<void>;

/** What these orders add up to for everybody who worked on them, by employee number. */
export async function monthsOfOrders(
  sql: Sql,
  ids: readonly string[],
  between?: Between,
): Promise<ReadonlyMap<string, MonthOf>> {
  const months: Months = new Map();
  for (let from = 0; from < ids.length; from += ORDERS_AT_ONCE) {
    if (from > 0) await between?.();
    monthsOf(await monthOrders(sql, ids.slice(from, from + ORDERS_AT_ONCE)), months);
  }
  return months;
}

/** The ids of all orders of a period, day by day: of a large month they are too many to be read in one go. */
export async function ordersOfPeriod(ctx: CommandContext, { unitId, fromOn, toOn }: PayPeriod): Promise<string[]> {
  const ids: string[] = [];
  for (let day = fromOn; day <= toOn; day = addDays(day, 1)) {
    await ctx.tell(0);
    for (const id of await auditedWithin(ctx.trx, unitId, { from: day, to: day })) ids.push(id);
  }
  return ids;
}
