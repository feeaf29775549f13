import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';

/** Where a part lies, and what is on its way. */

export type Shipment = Readonly<{ number: string; content: string }>;

/** Transfers to these units that nobody has answered. */
export async function shipmentsTo(sql: Sql, unitIds: readonly string[]): Promise<Shipment[]> {
  const text = `SELECT r.number, r.content FROM requests r LEFT JOIN answers a ON a.request_id = r.id
    WHERE r.kind = 'transfer' AND r.withdrawn_at IS NULL AND a.id IS NULL AND r.to_unit_id IN`;
  return selectIn<Shipment>(sql, text, [...new Set(unitIds)]);
}

export type PartInWarehouse = Readonly<{
  partId: string;
  warehouseId: string;
  unitId: string;
  unit: string;
  warehouse: string;
  kind: string;
  bin: string;
  onHand: number;
}>;

/** Where these parts lie, by unit and warehouse. */
export async function partsInWarehouses(sql: Sql, partIds: readonly string[]): Promise<PartInWarehouse[]> {
  const text = `SELECT b.part_id, b.warehouse_id, w.unit_id, u.name AS unit, w.name AS warehouse, w.kind,
      COALESCE(s.bin, '') AS bin, b.quantity AS on_hand
    FROM stock_balances b JOIN warehouses w ON w.id = b.warehouse_id JOIN units u ON u.id = w.unit_id
      LEFT JOIN stock_places s ON s.warehouse_id = b.warehouse_id AND s.part_id = b.part_id
    WHERE b.quantity > 0 AND b.part_id IN`;
  const rows = await selectIn<PartInWarehouse>(sql, text, [...new Set(partIds)]);
  return rows.toSorted((a, b) => (a.unit + a.warehouse < b.unit + b.warehouse ? -1 : 1));
}
