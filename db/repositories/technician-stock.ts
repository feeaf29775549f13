import type { Sql } from '../store.ts';

/** The warehouse in which a technician keeps the parts he carries; undefined: he keeps none. */
export async function stockOfTechnician(sql: Sql, employeeId: string): Promise<string | undefined> {
  const row = await sql.first<{ id: string }>(
    "SELECT id FROM warehouses WHERE kind = 'technician' AND holder_id = ? AND is_active = 1 ORDER BY code LIMIT 1",
    [employeeId],
  );
  return row?.id;
}

/** What a technician of the unit carries is worth, fen at cost: a warehouse of his with its code. */
export type CarriedGoods = Readonly<{ id: string; number: string; technicianId: string; amount: number }>;

/** @param technicianId null: of everybody */
export async function carriedGoods(sql: Sql, unitId: string, technicianId: string | null): Promise<CarriedGoods[]> {
  return sql.all<CarriedGoods>(
    `SELECT w.id, w.code AS number, w.holder_id AS technician_id, SUM(b.value) AS amount
     FROM warehouses w JOIN stock_balances b ON b.warehouse_id = w.id
     WHERE w.unit_id = ? AND w.holder_id IS NOT NULL AND (? = '' OR w.holder_id = ?)
     GROUP BY w.id, w.code, w.holder_id HAVING SUM(b.value) > 0 ORDER BY w.code`,
    [unitId, technicianId ?? '', technicianId ?? ''],
  );
}
