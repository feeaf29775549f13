import type { Knex } from 'knex';
import type { WorkOrderState } from '#domain/work-orders/states.ts';
import { build } from '../builder.ts';
import { listRows, type Listed, type Listing, type ListPage } from '../listing.ts';
import type { Sql } from '../store.ts';
import type { WarrantyClass, WorkOrderMode } from './work-orders.ts';

export type WorkOrderListRow = Readonly<{
  id: string;
  number: string;
  state: WorkOrderState;
  receivedOn: string;
  receivedAt: number;
  customerName: string | null;
  phone: string | null;
  category: string;
  brand: string;
  model: string;
  serial: string;
  symptom: string;
  mode: WorkOrderMode;
  kind: string;
  urgency: 'normal' | 'urgent';
  warrantyClass: WarrantyClass;
  technicianName: string | null;
  promisedAt: number | null;
  appointedAt: number | null;
  completedOn: string | null;
  storeName: string | null;
  stateReason: string;
  visitAddress: string;
  estimate: number;
  version: number;
}>;

const text = (sql: string) => ({ sql, type: 'text' }) as const;

// Joins from the one side: the database leaves out those that neither filter nor page needs.
export const WORK_ORDER_LISTING: Listing = {
  from: `work_orders w LEFT JOIN devices d ON d.id = w.device_id LEFT JOIN customers c ON c.id = w.customer_id
    LEFT JOIN people e ON e.id = w.technician_id LEFT JOIN stores s ON s.id = w.store_id`,
  columns: {
    id: text('w.id'),
    number: text('w.number'),
    state: text('w.state'),
    receivedOn: { sql: 'w.received_on', type: 'date' },
    receivedAt: { sql: 'w.received_at', type: 'instant' },
    customerName: text('c.name'),
    phone: text('c.phone'),
    category: text('d.category'),
    brand: text('d.brand'),
    model: text('d.model'),
    serial: text('d.serial'),
    symptom: text('w.symptom'),
    mode: text('w.mode'),
    kind: text('w.kind'),
    urgency: text('w.urgency'),
    warrantyClass: text('w.warranty_class'),
    technicianName: text('e.name'),
    promisedAt: { sql: 'w.promised_at', type: 'instant' },
    appointedAt: { sql: 'w.appointed_at', type: 'instant' },
    completedOn: { sql: 'w.completed_on', type: 'date' },
    storeName: text('s.name'),
    stateReason: text('w.state_reason'),
    visitAddress: text('w.visit_address'),
    estimate: { sql: 'w.estimate', type: 'number' },
    version: { sql: 'w.version', type: 'number' },
  },
  order: [
    ['receivedOn', 'desc'],
    ['number', 'desc'],
  ],
};

/** Which orders, before the user's filters; undefined: all of them. */
export type Narrowing = Readonly<{
  states?: readonly WorkOrderState[] | undefined;
  mode?: WorkOrderMode | undefined;
  /** Promised before this instant. */
  promisedBefore?: number | undefined;
  /** Promised from this instant on. */
  promisedFrom?: number | undefined;
  /** Dispatched to this employee, or shared in by him. */
  technicianId?: string | undefined;
}>;

export function narrow(query: Knex.QueryBuilder, wanted: Narrowing): void {
  if (wanted.states) void query.whereIn('w.state', wanted.states);
  if (wanted.mode) void query.where('w.mode', wanted.mode);
  if (wanted.promisedBefore !== undefined) void query.where('w.promised_at', '<', wanted.promisedBefore);
  if (wanted.promisedFrom !== undefined) void query.where('w.promised_at', '>=', wanted.promisedFrom);
  if (wanted.technicianId !== undefined) {
    const shared = build
      .select('t.work_order_id')
      .from('work_order_technicians as t')
      .where('t.employee_id', wanted.technicianId);
    const { technicianId } = wanted;
    void query.where((own) => own.where('w.technician_id', technicianId).orWhereIn('w.id', shared));
  }
}

export async function listWorkOrders(
  sql: Sql,
  page: ListPage,
  timeZone: string,
  wanted: readonly Narrowing[],
): Promise<Listed<WorkOrderListRow>> {
  return listRows<WorkOrderListRow>(sql, WORK_ORDER_LISTING, page, timeZone, (query) => {
    for (const narrowing of wanted) narrow(query, narrowing);
  });
}
