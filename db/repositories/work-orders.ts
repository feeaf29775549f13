import type { WorkOrderState } from '#domain/work-orders/states.ts';
import type { Sql, Transaction } from '../store.ts';
import { requireRow, updateVersioned } from './documents.ts';
import { noteOutcome } from './handshakes.ts';

export type WorkOrderMode = 'carry-in' | 'on-site';
export type WarrantyClass = 'in' | 'out' | 'vendor';

export type WorkOrder = Readonly<{
  id: string;
  unitId: string;
  number: string;
  customerId: string | null;
  deviceId: string;
  storeId: string | null;
  originKey: string | null;
  mode: WorkOrderMode;
  kind: string;
  channel: string;
  urgency: 'normal' | 'urgent';
  warrantyClass: WarrantyClass;
  symptom: string;
  appearance: string;
  accessories: string;
  visitAddress: string;
  estimate: number;
  promisedAt: number | null;
  state: WorkOrderState;
  stateReason: string;
  receivedOn: string;
  receivedAt: number;
  receivedById: string;
  technicianId: string | null;
  appointedAt: number | null;
  startedAt: number | null;
  completedAt: number | null;
  completedOn: string | null;
  fault: string;
  cause: string;
  action: string;
  travelFee: number;
  discount: number;
  auditedOn: string | null;
  auditedById: string | null;
  auditNote: string;
  settlementId: string | null;
  pickedUpAt: number | null;
  /** What the customer said of it. */
  followUp: 'very_satisfied' | 'satisfied' | 'dissatisfied' | null;
  /** The order whose work is done again. */
  reworkOfId: string | null;
  /** Of another unit, that this work came of. */
  requestId: string | null;
  version: number;
  createdAt: number;
}>;

/** What an order has before anybody worked on it. */
export const UNTOUCHED = {
  technicianId: null,
  appointedAt: null,
  startedAt: null,
  completedAt: null,
  completedOn: null,
  fault: '',
  cause: '',
  action: '',
  travelFee: 0,
  discount: 0,
  auditedOn: null,
  auditedById: null,
  auditNote: '',
  settlementId: null,
  pickedUpAt: null,
  followUp: null,
  reworkOfId: null,
} as const satisfies Partial<WorkOrder>;

/** @throws DomainError `not-found` */
export async function requireWorkOrder(trx: Transaction, id: string): Promise<WorkOrder> {
  return requireRow<WorkOrder>(trx, 'work_orders', id, 'workOrder', trx.forUpdate);
}

export type WorkOrderChanges = Partial<
  Omit<WorkOrder, 'id' | 'unitId' | 'number' | 'requestId' | 'version' | 'state' | 'createdAt'>
>;

/** @throws DomainError `document.changed` */
export async function updateWorkOrder(
  trx: Transaction,
  id: string,
  version: number,
  changes: WorkOrderChanges,
): Promise<void> {
  await updateVersioned(trx, 'work_orders', id, version, changes);
}

export type StateStep = Readonly<{ id: string; to: WorkOrderState; reason: string; employeeId: string; at: number }>;

/**
 * Moves the order to another state, with a step in its history; a unit that asked for the work learns how it came out.
 * Whether it may is the domain's to say.
 * @throws DomainError `document.changed`
 */
export async function moveWorkOrder(
  trx: Transaction,
  order: Pick<WorkOrder, 'id' | 'unitId' | 'state'>,
  version: number,
  step: StateStep,
  changes: WorkOrderChanges = {},
): Promise<void> {
  await updateVersioned(trx, 'work_orders', order.id, version, {
    ...changes,
    state: step.to,
    stateReason: step.reason,
  });
  const last = await trx.first<{ step: number }>(
    'SELECT MAX(step) AS step FROM work_order_states WHERE work_order_id = ?',
    [order.id],
  );
  await insertStateStep(trx, order, (last?.step ?? 0) + 1, order.state, step);
  const note = changes.action ?? step.reason;
  await noteOutcome(trx, order.id, { from: order.state, to: step.to, note, at: step.at });
}

export async function insertStateStep(
  trx: Transaction,
  order: Pick<WorkOrder, 'id' | 'unitId'>,
  step: number,
  from: WorkOrderState | '',
  to: StateStep,
): Promise<void> {
  await trx.insert('work_order_states', {
    id: to.id,
    unitId: order.unitId,
    workOrderId: order.id,
    step,
    fromState: from,
    toState: to.to,
    reason: to.reason,
    employeeId: to.employeeId,
    at: to.at,
  });
}

export type StateStepRow = Readonly<{
  step: number;
  fromState: string;
  toState: WorkOrderState;
  reason: string;
  at: number;
  employeeName: string;
}>;

export async function historyOf(sql: Sql, workOrderId: string): Promise<StateStepRow[]> {
  return sql.all<StateStepRow>(
    `SELECT s.step, s.from_state, s.to_state, s.reason, s.at, COALESCE(e.name, s.employee_id) AS employee_name
     FROM work_order_states s LEFT JOIN people e ON e.id = s.employee_id WHERE s.work_order_id = ? ORDER BY s.step`,
    [workOrderId],
  );
}

/** Where the audit in force came from: the work was done, or given up as unrepairable. */
export async function stateBeforeAudit(sql: Sql, workOrderId: string): Promise<'done' | 'unrepairable'> {
  const step = await sql.first<{ fromState: 'done' | 'unrepairable' }>(
    `SELECT from_state FROM work_order_states
     WHERE work_order_id = ? AND to_state = 'audited' AND from_state IN ('done', 'unrepairable') ORDER BY step DESC LIMIT 1`,
    [workOrderId],
  );
  return step?.fromState ?? 'done';
}
