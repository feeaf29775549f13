import { build, allRows } from '../builder.ts';
import { selection } from '../listing.ts';
import type { Sql } from '../store.ts';
import { narrow, WORK_ORDER_LISTING, type Narrowing, type WorkOrderListRow } from './work-order-list.ts';

/** What waits for somebody: how much of it, and the first few. */
export type Waiting<Row> = Readonly<{ count: number; rows: Row[] }>;

/** Urgent first, then by appointment or promise, then first come. */
const MOST_PRESSING = `CASE w.urgency WHEN 'urgent' THEN 0 ELSE 1 END,
  CASE WHEN COALESCE(w.appointed_at, w.promised_at) IS NULL THEN 1 ELSE 0 END, COALESCE(w.appointed_at, w.promised_at),
  w.received_on, w.number`;

export async function waitingOrders(
  sql: Sql,
  wanted: readonly Narrowing[],
  limit: number,
): Promise<Waiting<WorkOrderListRow>> {
  const query = build.queryBuilder().fromRaw(WORK_ORDER_LISTING.from);
  for (const narrowing of wanted) narrow(query, narrowing);
  const [count] = await allRows<{ count: number }>(sql, query.clone().count({ count: '*' }));
  const rows = query.clone().select(selection(WORK_ORDER_LISTING)).orderByRaw(MOST_PRESSING).limit(limit);
  return { count: count?.count ?? 0, rows: count?.count ? await allRows<WorkOrderListRow>(sql, rows) : [] };
}

export type PartOutOfStock = Readonly<{ id: string; number: string; name: string; measure: string }>;

/** Parts in use of which no warehouse has any left. */
export async function partsOutOfStock(sql: Sql, limit: number): Promise<Waiting<PartOutOfStock>> {
  const condition = `p.is_active = 1 AND EXISTS (SELECT 1 FROM stock_balances b WHERE b.part_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM stock_balances b WHERE b.part_id = p.id AND b.quantity > 0)`;
  const count = await sql.first<{ count: number }>(`SELECT COUNT(*) AS count FROM parts p WHERE ${condition}`);
  const rows = await sql.all<PartOutOfStock>(
    `SELECT p.id, p.number, p.name, p.measure FROM parts p WHERE ${condition} ORDER BY p.number LIMIT ?`,
    [limit],
  );
  return { count: count?.count ?? 0, rows };
}

export type UnpaidPeriod = Readonly<{ id: string; fromOn: string; toOn: string; state: string }>;

/** Pay periods that are over but not paid. @param today business date */
export async function periodsToClose(sql: Sql, today: string, limit: number): Promise<Waiting<UnpaidPeriod>> {
  const rows = await sql.all<UnpaidPeriod>(
    "SELECT id, from_on, to_on, state FROM pay_periods WHERE state <> 'paid' AND to_on < ? ORDER BY from_on LIMIT 100",
    [today],
  );
  return { count: rows.length, rows: rows.slice(0, limit) };
}
