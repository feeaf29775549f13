import type { WorkOrderState } from '#domain/work-orders/states.ts';
import { listRows, type Listed, type Listing, type ListPage } from '../listing.ts';
import type { Sql } from '../store.ts';
import { containing } from './dictionaries.ts';

export type AuditQueueRow = Readonly<{
  id: string;
  version: number;
  number: string;
  state: WorkOrderState;
  mode: 'carry-in' | 'on-site';
  kind: string;
  warrantyClass: 'in' | 'out' | 'vendor';
  urgency: 'normal' | 'urgent';
  customerName: string | null;
  category: string;
  brand: string;
  model: string;
  technicianName: string | null;
  completedAt: number | null;
  completedOn: string | null;
}>;

const LISTING: Listing = {
  from: `work_orders o LEFT JOIN devices d ON d.id = o.device_id LEFT JOIN customers c ON c.id = o.customer_id
    LEFT JOIN people e ON e.id = o.technician_id`,
  columns: {
    id: { sql: 'o.id', type: 'text' },
    version: { sql: 'o.version', type: 'number' },
    number: { sql: 'o.number', type: 'text' },
    state: { sql: 'o.state', type: 'text' },
    mode: { sql: 'o.mode', type: 'text' },
    kind: { sql: 'o.kind', type: 'text' },
    warrantyClass: { sql: 'o.warranty_class', type: 'text' },
    urgency: { sql: 'o.urgency', type: 'text' },
    customerName: { sql: 'c.name', type: 'text' },
    category: { sql: 'd.category', type: 'text' },
    brand: { sql: 'd.brand', type: 'text' },
    model: { sql: 'd.model', type: 'text' },
    technicianName: { sql: 'e.name', type: 'text' },
    completedAt: { sql: 'o.completed_at', type: 'instant' },
    completedOn: { sql: 'o.completed_on', type: 'date' },
  },
  order: [
    ['completedAt', 'asc'],
    ['id', 'asc'],
  ],
  emptyLast: ' NULLS LAST',
};

/** Work that is finished or given up and not yet audited, the oldest first; `search`: a fragment of number, customer, phone, device or technician. */
export function auditQueueRows(
  sql: Sql,
  page: ListPage & Readonly<{ search: string }>,
  timeZone: string,
): Promise<Listed<AuditQueueRow>> {
  return listRows<AuditQueueRow>(sql, LISTING, page, timeZone, (query) => {
    query.whereRaw(`o.state IN ('done', 'unrepairable')`);
    if (page.search === '') return;
    const sought = containing(page.search);
    query.whereRaw(
      `(LOWER(o.number) LIKE ? ESCAPE '!' OR c.search_text LIKE ? ESCAPE '!' OR d.search_text LIKE ? ESCAPE '!'
        OR LOWER(d.category) LIKE ? ESCAPE '!' OR LOWER(e.name) LIKE ? ESCAPE '!')`,
      [sought, sought, sought, sought, sought],
    );
  });
}
