import { DomainError } from '#domain/errors.ts';
import type { WorkOrderMode, WorkOrderState } from '#domain/work-orders/states.ts';
import { DEVICE_SEEN } from './customers.ts';
import type { Sql } from '../store.ts';

/** What was done for an order, by whom and with what: read by audit, billing and pay. */

export type LabourDone = Readonly<{
  lineNo: number;
  workTypeId: string;
  workType: string;
  fee: number;
  labourCost: number;
  units: number;
}>;

export type PartUsed = Readonly<{
  lineNo: number;
  partId: string;
  partNumber: string;
  part: string;
  measure: string;
  quantity: number;
  price: number;
  cost: number;
  charge: 'customer' | 'warranty' | 'vendor' | 'free';
}>;

export type TechnicianShare = Readonly<{ employeeId: string; number: string; name: string; shareBp: number }>;

export type WorkDone = Readonly<{
  labour: readonly LabourDone[];
  parts: readonly PartUsed[];
  technicians: readonly TechnicianShare[];
}>;

export async function workDoneOf(sql: Sql, workOrderId: string): Promise<WorkDone> {
  const labour = await sql.all<LabourDone>(
    `SELECT l.line_no, l.work_type_id, w.name AS work_type, l.fee, l.labour_cost, l.units
     FROM work_order_labour l JOIN work_types w ON w.id = l.work_type_id WHERE l.work_order_id = ? ORDER BY l.line_no`,
    [workOrderId],
  );
  const parts = await sql.all<PartUsed>(
    `SELECT l.line_no, l.part_id, p.number AS part_number, p.name AS part, p.measure, l.quantity, l.price, l.cost, l.charge
     FROM work_order_parts l JOIN parts p ON p.id = l.part_id WHERE l.work_order_id = ? ORDER BY l.line_no`,
    [workOrderId],
  );
  const technicians = await sql.all<TechnicianShare>(
    `SELECT t.employee_id, e.number, e.name, t.share_bp
     FROM work_order_technicians t JOIN people e ON e.id = t.employee_id WHERE t.work_order_id = ? ORDER BY e.number`,
    [workOrderId],
  );
  return { labour, parts, technicians };
}

/** The order with customer and device as they are printed on its papers. */
export type OrderSheet = Readonly<{
  id: string;
  version: number;
  number: string;
  state: WorkOrderState;
  stateReason: string;
  mode: WorkOrderMode;
  kind: string;
  urgency: 'normal' | 'urgent';
  warrantyClass: 'in' | 'out' | 'vendor';
  symptom: string;
  fault: string;
  cause: string;
  action: string;
  accessories: string;
  receivedOn: string;
  promisedAt: number | null;
  startedAt: number | null;
  completedAt: number | null;
  completedOn: string | null;
  estimate: number;
  travelFee: number;
  discount: number;
  auditedOn: string | null;
  auditNote: string;
  auditedByName: string | null;
  settlementId: string | null;
  pickedUpAt: number | null;
  customerId: string | null;
  customerName: string | null;
  customerPhone: string | null;
  category: string;
  brand: string;
  model: string;
  serial: string;
}>;

/** @throws DomainError `not-found` */
export async function requireOrderSheet(sql: Sql, id: string): Promise<OrderSheet> {
  const sheet = await sql.first<OrderSheet>(
    `SELECT o.id, o.version, o.number, o.state, o.state_reason, o.mode, o.kind, o.urgency, o.warranty_class, o.symptom,
       o.fault, o.cause, o.action, o.accessories, o.received_on, o.promised_at, o.started_at, o.completed_at, o.completed_on,
       o.estimate, o.travel_fee, o.discount, o.audited_on, o.audit_note, a.name AS audited_by_name, o.settlement_id,
       o.picked_up_at, o.customer_id, c.name AS customer_name, c.phone AS customer_phone,
       ${DEVICE_SEEN}, COALESCE(d.serial, '') AS serial
     FROM work_orders o LEFT JOIN devices d ON d.id = o.device_id
     LEFT JOIN customers c ON c.id = o.customer_id LEFT JOIN people a ON a.id = o.audited_by_id WHERE o.id = ?`,
    [id],
  );
  if (!sheet) throw new DomainError('not-found', { entity: 'workOrder', id });
  return sheet;
}
