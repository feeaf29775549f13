import type { Sql } from '../store.ts';

/** Warehouses of the whole company, to send parts to, and what is on its way. */

export type TransferWarehouse = Readonly<{
  id: string;
  unitId: string;
  unit: string;
  code: string;
  name: string;
  kind: string;
}>;

const WAREHOUSES = `SELECT w.id, w.unit_id, u.name AS unit, w.code, w.name, w.kind
  FROM warehouses w JOIN units u ON u.id = w.unit_id`;

/** Those of units at work, the unit's own first. */
export async function warehousesOfCompany(sql: Sql, unitId: string): Promise<TransferWarehouse[]> {
  return sql.all<TransferWarehouse>(
    `${WAREHOUSES} WHERE u.is_active = 1 AND w.is_active = 1 ORDER BY CASE WHEN w.unit_id = ? THEN 0 ELSE 1 END, u.code, w.code LIMIT 5000`,
    [unitId],
  );
}

export async function warehouseOfCompany(sql: Sql, id: string): Promise<TransferWarehouse | undefined> {
  return sql.first<TransferWarehouse>(`${WAREHOUSES} WHERE w.id = ?`, [id]);
}

export type ShippedPart = Readonly<{ id: string; number: string; name: string; measure: string }>;

export async function partsToShip(sql: Sql, ids: readonly string[]): Promise<Map<string, ShippedPart>> {
  const found = await sql.all<ShippedPart>(
    `SELECT id, number, name, measure FROM parts WHERE id IN (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  return new Map(found.map((part) => [part.id, part]));
}
