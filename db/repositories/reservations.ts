import { selectIn } from '../bulk.ts';
import type { Listing } from '../listing.ts';
import type { Sql, Transaction } from '../store.ts';
import { updateVersioned } from './documents.ts';

/** What is kept back for a work order, or for somebody in words. It counts until its last day has passed. */

export type Reservation = Readonly<{
  id: string;
  unitId: string;
  warehouseId: string;
  partId: string;
  /** Thousandths that are still kept back. */
  quantity: number;
  workOrderId: string | null;
  reservedFor: string;
  untilOn: string;
  state: 'open' | 'used' | 'released';
  employeeId: string;
  version: number;
  createdAt: number;
}>;

export async function insertReservation(trx: Transaction, reservation: Reservation): Promise<void> {
  await trx.insert('reservations', reservation);
}

/** @throws DomainError `document.changed` */
export async function updateReservation(
  trx: Transaction,
  { id, version }: Pick<Reservation, 'id' | 'version'>,
  changes: Partial<Pick<Reservation, 'quantity' | 'state'>>,
): Promise<void> {
  await updateVersioned(trx, 'reservations', id, version, changes);
}

export async function openReservationsOf(sql: Sql, workOrderId: string): Promise<Reservation[]> {
  return sql.all<Reservation>(
    "SELECT * FROM reservations WHERE work_order_id = ? AND state = 'open' ORDER BY until_on, id",
    [workOrderId],
  );
}

export type Reserved = Readonly<{ partId: string; warehouseId: string; quantity: number }>;

/** What is kept back of these parts, thousandths, by warehouse; not counting what is kept for this very work order. */
export async function reservedOf(
  sql: Sql,
  partIds: readonly string[],
  { today, workOrderId }: Readonly<{ today: string; workOrderId: string }>,
): Promise<Reserved[]> {
  const text = `SELECT part_id, warehouse_id, quantity, work_order_id, until_on FROM reservations
    WHERE state = 'open' AND part_id IN`;
  type Row = Reserved & Readonly<{ workOrderId: string | null; untilOn: string }>;
  const rows = await selectIn<Row>(sql, text, [...new Set(partIds)]);
  const counted = rows.filter((row) => row.untilOn >= today && (row.workOrderId ?? '') !== (workOrderId || '-'));
  const sums = new Map<string, Reserved>();
  for (const { partId, warehouseId, quantity } of counted) {
    const before = sums.get(`${warehouseId} ${partId}`)?.quantity ?? 0;
    sums.set(`${warehouseId} ${partId}`, { partId, warehouseId, quantity: before + quantity });
  }
  return [...sums.values()];
}

export const RESERVATIONS: Listing = {
  from: `reservations r JOIN parts p ON p.id = r.part_id JOIN warehouses w ON w.id = r.warehouse_id
    LEFT JOIN work_orders o ON o.id = r.work_order_id LEFT JOIN people e ON e.id = r.employee_id`,
  columns: {
    id: { sql: 'r.id', type: 'text' },
    partId: { sql: 'r.part_id', type: 'text' },
    warehouseId: { sql: 'r.warehouse_id', type: 'text' },
    number: { sql: 'p.number', type: 'text' },
    name: { sql: 'p.name', type: 'text' },
    measure: { sql: 'p.measure', type: 'text' },
    warehouse: { sql: 'w.name', type: 'text' },
    quantity: { sql: 'r.quantity', type: 'number' },
    workOrder: { sql: 'o.number', type: 'text' },
    reservedFor: { sql: 'r.reserved_for', type: 'text' },
    untilOn: { sql: 'r.until_on', type: 'date' },
    state: { sql: 'r.state', type: 'text' },
    employee: { sql: 'COALESCE(e.name, r.employee_id)', type: 'text' },
    version: { sql: 'r.version', type: 'number' },
  },
  order: [
    ['untilOn', 'asc'],
    ['id', 'asc'],
  ],
};

export type ReservationRow = Readonly<{
  id: string;
  partId: string;
  warehouseId: string;
  number: string;
  name: string;
  measure: string;
  warehouse: string;
  quantity: number;
  workOrder: string | null;
  reservedFor: string;
  untilOn: string;
  state: Reservation['state'];
  employee: string;
  version: number;
}>;
