import type { TierMeasure } from '#domain/payroll/types.ts';
import { monthsOf, type MonthOf, type Months } from '#domain/payroll/monthly.ts';
import { addDays } from '#domain/dates.ts';
import { auditedWithin, monthOrders } from '#db/repositories/pay-orders.ts';
import type { PayPeriod } from '#db/repositories/payslips.ts';
import type { Sql } from '#db/store.ts';
import type { CommandContext } from '../operation.ts';
import { ORDERS_AT_ONCE } from './refresh.ts';

type Reading = Readonly<{
  /** What is measured: fees are read only where they are. */
  measures?: readonly TierMeasure[];
  /** Between two lots of orders: others may have their turn. */
  between?: () => Promise<void>;
}>;

/** What these orders add up to for everybody who worked on them, by employee number. */
export async function monthsOfOrders(
  sql: Sql,
  ids: readonly string[],
  { measures = ['labour_base', 'orders'], between }: Reading = {},
): Promise<ReadonlyMap<string, MonthOf>> {
  const months: Months = new Map();
  for (let from = 0; from < ids.length; from += ORDERS_AT_ONCE) {
    if (from > 0) await between?.();
    monthsOf(await monthOrders(sql, ids.slice(from, from + ORDERS_AT_ONCE), measures), months);
  }
  return months;
}

/** Read in a few milliseconds. */
const IDS_AT_ONCE = 5000;

/** The ids of all orders of a period, day by day: of a large month they are too many to be read in one go. */
export async function ordersOfPeriod(ctx: CommandContext, { unitId, fromOn, toOn }: PayPeriod): Promise<string[]> {
  const ids: string[] = [];
  let told = 0;
  for (let day = fromOn; day <= toOn; day = addDays(day, 1)) {
    for (const id of await auditedWithin(ctx.trx, unitId, { from: day, to: day })) ids.push(id);
    if (ids.length - told < IDS_AT_ONCE) continue;
    told = ids.length;
    await ctx.tell(0);
  }
  return ids;
}
