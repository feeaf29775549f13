import type { Decision, Difference } from '#domain/stock/transit.ts';
import type { Sql, Transaction } from '../store.ts';

/** Warehouses of the whole company, to send parts to, and what is on its way. */

export type TransferWarehouse = Readonly<{
  id: string;
  unitId: string;
  unit: string;
  code: string;
  name: string;
  kind: string;
}>;

/** With the technician whose stock lies there. */
export type HeldWarehouse = TransferWarehouse & Readonly<{ holderId: string | null }>;

const WAREHOUSE = 'w.id, w.unit_id, u.name AS unit, w.code, w.name, w.kind';
const WAREHOUSES = 'FROM warehouses w JOIN units u ON u.id = w.unit_id';

/** Those of units at work, the unit's own first. */
export async function warehousesOfCompany(sql: Sql, unitId: string): Promise<TransferWarehouse[]> {
  return sql.all<TransferWarehouse>(
    `SELECT ${WAREHOUSE} ${WAREHOUSES} WHERE u.is_active = 1 AND w.is_active = 1
     ORDER BY CASE WHEN w.unit_id = ? THEN 0 ELSE 1 END, u.code, w.code LIMIT 5000`,
    [unitId],
  );
}

export async function warehouseOfCompany(sql: Sql, id: string): Promise<HeldWarehouse | undefined> {
  return sql.first<HeldWarehouse>(`SELECT ${WAREHOUSE}, w.holder_id ${WAREHOUSES} WHERE w.id = ?`, [id]);
}

export type ShippedPart = Readonly<{ id: string; number: string; name: string; measure: string }>;

export async function partsToShip(sql: Sql, ids: readonly string[]): Promise<Map<string, ShippedPart>> {
  const found = await sql.all<ShippedPart>(
    `SELECT id, number, name, measure FROM parts WHERE id IN (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  return new Map(found.map((part) => [part.id, part]));
}

/** A decision of the shipper about what arrived otherwise than it left. */
export type TransferClosure = Readonly<{
  id: string;
  unitId: string;
  toUnitId: string;
  requestId: string;
  lineNo: number;
  kind: Difference;
  decision: Decision;
  quantity: number;
  value: number;
  charge: number;
  /** JSON. */
  lots: string;
  reason: string;
  stockDocumentId: string | null;
  transferId: string | null;
  closedOn: string;
  at: number;
  employeeId: string;
}>;

export async function insertClosure(trx: Transaction, closure: TransferClosure): Promise<void> {
  await trx.insert('transfer_closures', closure);
}

/** Those of a transfer, in the order in which they were decided. */
export async function closuresOf(sql: Sql, requestId: string): Promise<TransferClosure[]> {
  return sql.all<TransferClosure>('SELECT * FROM transfer_closures WHERE request_id = ? ORDER BY at, id', [requestId]);
}

/** With who decided and the numbers of what came of it, for people to read. */
export type ClosureSheet = TransferClosure &
  Readonly<{ employee: string; documentNumber: string | null; transferNumber: string | null }>;

export async function closureSheets(sql: Sql, requestId: string): Promise<ClosureSheet[]> {
  return sql.all<ClosureSheet>(
    `SELECT c.*, COALESCE(e.name, c.employee_id) AS employee, d.number AS document_number, n.number AS transfer_number
     FROM transfer_closures c LEFT JOIN people e ON e.id = c.employee_id
     LEFT JOIN stock_documents d ON d.id = c.stock_document_id LEFT JOIN requests n ON n.id = c.transfer_id
     WHERE c.request_id = ? ORDER BY c.at, c.id`,
    [requestId],
  );
}
