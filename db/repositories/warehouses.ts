import type { Sql } from '../store.ts';

/** What is asked before a warehouse is closed or given to somebody. */

export async function holdsStock(sql: Sql, warehouseId: string): Promise<boolean> {
  const text = 'SELECT part_id FROM stock_balances WHERE warehouse_id = ? AND quantity > 0 LIMIT 1';
  return (await sql.first(text, [warehouseId])) !== undefined;
}

/** The code of the open warehouse, other than `ownId`, in which the technician's stock lies. */
export async function warehouseOfHolder(sql: Sql, holderId: string, ownId: string): Promise<string | undefined> {
  const row = await sql.first<{ code: string }>(
    'SELECT code FROM warehouses WHERE holder_id = ? AND id <> ? AND is_active = 1',
    [holderId, ownId],
  );
  return row?.code;
}
