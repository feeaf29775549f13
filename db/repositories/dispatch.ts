import type { WorkOrderState } from '#domain/work-orders/states.ts';
import { DEVICE_SEEN } from './customers.ts';
import type { Sql } from '../store.ts';
import { containing } from './dictionaries.ts';
import type { WarrantyClass, WorkOrderMode } from './work-orders.ts';

export type QueuedOrder = Readonly<{
  id: string;
  number: string;
  version: number;
  mode: WorkOrderMode;
  kind: string;
  urgency: 'normal' | 'urgent';
  warrantyClass: WarrantyClass;
  symptom: string;
  visitAddress: string;
  promisedAt: number | null;
  receivedAt: number;
  customerName: string | null;
  phone: string | null;
  category: string;
  brand: string;
  model: string;
}>;

const MATCHES = `AND (LOWER(w.number) LIKE ? ESCAPE '!' OR c.search_text LIKE ? ESCAPE '!' OR d.search_text LIKE ? ESCAPE '!'
  OR LOWER(d.category) LIKE ? ESCAPE '!' OR LOWER(w.symptom) LIKE ? ESCAPE '!' OR LOWER(w.visit_address) LIKE ? ESCAPE '!')`;

/**
 * Work nobody has yet: urgent first, then what was promised soonest, then first come.
 * @param search a fragment of number, customer, device, symptom or address; '' for all
 */
export async function dispatchQueue(sql: Sql, search: string, limit: number): Promise<QueuedOrder[]> {
  const sought = search === '' ? [] : Array.from({ length: 6 }, () => containing(search));
  return sql.all<QueuedOrder>(
    `SELECT w.id, w.number, w.version, w.mode, w.kind, w.urgency, w.warranty_class, w.symptom, w.visit_address, w.promised_at,
       w.received_at, c.name AS customer_name, c.phone, ${DEVICE_SEEN}
     FROM work_orders w LEFT JOIN devices d ON d.id = w.device_id LEFT JOIN customers c ON c.id = w.customer_id
     WHERE w.state = 'registered' ${search === '' ? '' : MATCHES}
     ORDER BY CASE w.urgency WHEN 'urgent' THEN 0 ELSE 1 END, CASE WHEN w.promised_at IS NULL THEN 1 ELSE 0 END,
       w.promised_at, w.received_at, w.number LIMIT ?`,
    [...sought, limit],
  );
}

export async function queueLength(sql: Sql): Promise<number> {
  const row = await sql.first<{ count: number }>(
    "SELECT COUNT(*) AS count FROM work_orders WHERE state = 'registered'",
  );
  return row?.count ?? 0;
}

export type AssignedOrder = Readonly<{
  id: string;
  number: string;
  technicianId: string;
  state: WorkOrderState;
  urgency: 'normal' | 'urgent';
  mode: WorkOrderMode;
  appointedAt: number | null;
  promisedAt: number | null;
  customerName: string | null;
  category: string;
  brand: string;
  symptom: string;
  visitAddress: string;
}>;

/** What technicians have to do, by appointment, then by promise. */
export async function assignedOrders(sql: Sql, limit: number): Promise<AssignedOrder[]> {
  return sql.all<AssignedOrder>(
    `SELECT w.id, w.number, w.technician_id, w.state, w.urgency, w.mode, w.appointed_at, w.promised_at,
       c.name AS customer_name, ${DEVICE_SEEN}, w.symptom, w.visit_address
     FROM work_orders w LEFT JOIN devices d ON d.id = w.device_id LEFT JOIN customers c ON c.id = w.customer_id
     WHERE w.technician_id IS NOT NULL
       AND w.state IN ('dispatched', 'accepted', 'appointed', 'in-progress', 'waiting-for-parts', 'escalated')
     ORDER BY CASE WHEN w.appointed_at IS NULL THEN 1 ELSE 0 END, w.appointed_at,
       CASE WHEN w.promised_at IS NULL THEN 1 ELSE 0 END, w.promised_at, w.number LIMIT ?`,
    [limit],
  );
}

export type Experience = Readonly<{ technicianId: string; category: string; count: number }>;

/** Finished work by technician and category since a business date. */
export async function experienceSince(sql: Sql, since: string): Promise<Experience[]> {
  return sql.all<Experience>(
    `SELECT w.technician_id, d.category, COUNT(*) AS count FROM work_orders w JOIN devices d ON d.id = w.device_id
     WHERE w.received_on >= ? AND w.technician_id IS NOT NULL AND w.completed_at IS NOT NULL
     GROUP BY w.technician_id, d.category`,
    [since],
  );
}
