import type { WorkOrderState } from '#domain/work-orders/states.ts';
import { DEVICE_SEEN } from './customers.ts';
import type { Sql } from '../store.ts';
import type { CustomerEntry, PaymentMethod } from './billing.ts';
import type { WarrantyClass, WorkOrderMode } from './work-orders.ts';

/** What belongs to a work order or to a customer's work, for reading. */

export type OrderLine = Readonly<{
  id: string;
  number: string;
  state: WorkOrderState;
  stateReason: string;
  mode: WorkOrderMode;
  kind: string;
  warrantyClass: WarrantyClass;
  receivedOn: string;
  receivedAt: number;
  completedOn: string | null;
  symptom: string;
  fault: string;
  action: string;
  deviceId: string;
  category: string;
  brand: string;
  model: string;
  technicianName: string | null;
  /** Fen, of the settlement in force; null before. */
  total: number | null;
}>;

const ORDER_LINES = `SELECT w.id, w.number, w.state, w.state_reason, w.mode, w.kind, w.warranty_class, w.received_on,
    w.received_at, w.completed_on, w.symptom, w.fault, w.action, w.device_id, ${DEVICE_SEEN}, e.name AS technician_name,
    s.total
  FROM work_orders w LEFT JOIN devices d ON d.id = w.device_id LEFT JOIN people e ON e.id = w.technician_id
    LEFT JOIN settlements s ON s.id = w.settlement_id`;

export async function ordersOfCustomer(sql: Sql, customerId: string, limit: number): Promise<OrderLine[]> {
  return sql.all<OrderLine>(
    `${ORDER_LINES} WHERE w.customer_id = ? ORDER BY w.received_at DESC, w.number DESC LIMIT ?`,
    [customerId, limit],
  );
}

/** Work on a device before a given work order, newest first. */
export async function earlierOrdersOfDevice(
  sql: Sql,
  deviceId: string,
  before: Readonly<{ receivedAt: number; number: string }>,
  limit: number,
): Promise<OrderLine[]> {
  return sql.all<OrderLine>(
    `${ORDER_LINES} WHERE w.device_id = ? AND (w.received_at < ? OR (w.received_at = ? AND w.number < ?))
     ORDER BY w.received_at DESC, w.number DESC LIMIT ?`,
    [deviceId, before.receivedAt, before.receivedAt, before.number, limit],
  );
}

/** The same of its customer, too; of the order's own unit. */
export async function earlierOrdersOfCustomerOrDevice(
  sql: Sql,
  order: Readonly<{ unitId: string; deviceId: string; customerId: string | null; receivedAt: number; number: string }>,
  limit: number,
): Promise<OrderLine[]> {
  const { unitId, deviceId, customerId, receivedAt, number } = order;
  return sql.all<OrderLine>(
    `${ORDER_LINES} WHERE w.unit_id = ? AND (w.device_id = ? OR w.customer_id = ?)
       AND (w.received_at < ? OR (w.received_at = ? AND w.number < ?))
     ORDER BY w.received_at DESC, w.number DESC LIMIT ?`,
    [unitId, deviceId, customerId ?? '', receivedAt, receivedAt, number, limit],
  );
}

export type MoneyEntry = Readonly<{
  id: string;
  workOrderId: string;
  number: string;
  kind: CustomerEntry['kind'];
  method: PaymentMethod;
  amount: number;
  enteredOn: string;
  at: number;
  employeeName: string;
}>;

const MONEY_ENTRIES = `SELECT m.id, m.work_order_id, w.number, m.kind, m.method, m.amount, m.entered_on, m.at,
    COALESCE(e.name, m.employee_id) AS employee_name
  FROM customer_entries m JOIN work_orders w ON w.id = m.work_order_id LEFT JOIN people e ON e.id = m.employee_id`;

export async function moneyEntriesOfCustomer(sql: Sql, customerId: string): Promise<MoneyEntry[]> {
  return sql.all<MoneyEntry>(`${MONEY_ENTRIES} WHERE w.customer_id = ? ORDER BY m.at DESC, m.id DESC LIMIT 500`, [
    customerId,
  ]);
}

export async function moneyEntriesOfOrder(sql: Sql, workOrderId: string): Promise<MoneyEntry[]> {
  return sql.all<MoneyEntry>(`${MONEY_ENTRIES} WHERE m.work_order_id = ? ORDER BY m.at, m.id`, [workOrderId]);
}

export type OrderTechnician = Readonly<{ employeeId: string; number: string; name: string; shareBp: number }>;

export async function techniciansOf(sql: Sql, workOrderId: string): Promise<OrderTechnician[]> {
  return sql.all<OrderTechnician>(
    `SELECT t.employee_id, e.number, e.name, t.share_bp FROM work_order_technicians t JOIN people e ON e.id = t.employee_id
     WHERE t.work_order_id = ? ORDER BY t.share_bp DESC, e.number`,
    [workOrderId],
  );
}

/** Whether somebody is the technician it is dispatched to, or one of those who share in it. */
export async function isWorkOf(sql: Sql, workOrderId: string, employeeId: string): Promise<boolean> {
  const row = await sql.first(
    `SELECT w.id FROM work_orders w WHERE w.id = ? AND (w.technician_id = ? OR EXISTS (
       SELECT 1 FROM work_order_technicians t WHERE t.work_order_id = w.id AND t.employee_id = ?))`,
    [workOrderId, employeeId, employeeId],
  );
  return row !== undefined;
}

export type LabourLine = Readonly<{
  lineNo: number;
  workTypeId: string;
  code: string;
  name: string;
  fee: number;
  /** Thousandths. */
  units: number;
}>;

export async function labourOf(sql: Sql, workOrderId: string): Promise<LabourLine[]> {
  return sql.all<LabourLine>(
    `SELECT l.line_no, l.work_type_id, t.code, t.name, l.fee, l.units FROM work_order_labour l
     JOIN work_types t ON t.id = l.work_type_id WHERE l.work_order_id = ? ORDER BY l.line_no`,
    [workOrderId],
  );
}

export type PartLine = Readonly<{
  id: string;
  lineNo: number;
  partId: string;
  number: string;
  name: string;
  measure: string;
  warehouseId: string;
  warehouseName: string;
  /** Thousandths. */
  quantity: number;
  /** Fen for one. */
  price: number;
  charge: 'customer' | 'warranty' | 'vendor' | 'free';
}>;

export async function partsOf(sql: Sql, workOrderId: string): Promise<PartLine[]> {
  return sql.all<PartLine>(
    `SELECT l.id, l.line_no, l.part_id, p.number, p.name, p.measure, l.warehouse_id,
       COALESCE(h.name, '') AS warehouse_name,
       l.quantity, l.price, l.charge
     FROM work_order_parts l JOIN parts p ON p.id = l.part_id LEFT JOIN warehouses h ON h.id = l.warehouse_id
     WHERE l.work_order_id = ? ORDER BY l.line_no`,
    [workOrderId],
  );
}

export async function hasParts(sql: Sql, workOrderId: string): Promise<boolean> {
  return (
    (await sql.first('SELECT id FROM work_order_parts WHERE work_order_id = ? LIMIT 1', [workOrderId])) !== undefined
  );
}

export type SettlementRow = Readonly<{
  id: string;
  number: string;
  labour: number;
  parts: number;
  travel: number;
  discount: number;
  total: number;
  receivedBefore: number;
  due: number;
  settledOn: string;
  at: number;
}>;

export async function settlementOf(sql: Sql, settlementId: string | null): Promise<SettlementRow | undefined> {
  return sql.first<SettlementRow>(
    `SELECT id, number, labour, parts, travel, discount, total, received_before, due, settled_on, at
     FROM settlements WHERE id = ?`,
    [settlementId],
  );
}

export type OrderNames = Readonly<{
  technicianName: string | null;
  technicianNumber: string | null;
  receivedByName: string;
  auditedByName: string | null;
  storeName: string | null;
  reworkOfNumber: string | null;
}>;

export async function namesOfOrder(sql: Sql, workOrderId: string): Promise<OrderNames | undefined> {
  return sql.first<OrderNames>(
    `SELECT e.name AS technician_name, e.number AS technician_number, COALESCE(r.name, w.received_by_id) AS received_by_name,
       a.name AS audited_by_name, s.name AS store_name, f.number AS rework_of_number
     FROM work_orders w LEFT JOIN people e ON e.id = w.technician_id LEFT JOIN people r ON r.id = w.received_by_id
       LEFT JOIN people a ON a.id = w.audited_by_id LEFT JOIN stores s ON s.id = w.store_id
       LEFT JOIN work_orders f ON f.id = w.rework_of_id
     WHERE w.id = ?`,
    [workOrderId],
  );
}
