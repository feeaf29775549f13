import { monthsOf, type MonthOf, type Months } from '#domain/payroll/monthly.ts';
import { monthOrders } from '#db/repositories/pay-orders.ts';
import type { Sql } from '#db/store.ts';
import { ORDERS_AT_ONCE } from './refresh.ts';

/** What these orders add up to for everybody who worked on them, by employee number. */
export async function monthsOfOrders(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, MonthOf>> {
  const months: Months = new Map();
  for (let from = 0; from < ids.length; from += ORDERS_AT_ONCE)
    monthsOf(await monthOrders(sql, ids.slice(from, from + ORDERS_AT_ONCE)), months);
  return months;
}
