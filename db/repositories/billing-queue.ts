import type { WorkOrderState } from '#domain/work-orders/states.ts';
import { listRows, type Listed, type Listing, type ListPage } from '../listing.ts';
import type { Sql } from '../store.ts';
import { containing } from './dictionaries.ts';

export type BillingQueueRow = Readonly<{
  id: string;
  version: number;
  number: string;
  state: WorkOrderState;
  mode: 'carry-in' | 'on-site';
  warrantyClass: 'in' | 'out' | 'vendor';
  customerName: string | null;
  customerPhone: string | null;
  category: string;
  brand: string;
  model: string;
  serial: string;
  auditedOn: string | null;
  received: number;
}>;

const RECEIVED = '(SELECT COALESCE(SUM(x.amount), 0) FROM customer_entries x WHERE x.work_order_id = o.id)';

const LISTING: Listing = {
  from: `work_orders o LEFT JOIN devices d ON d.id = o.device_id LEFT JOIN customers c ON c.id = o.customer_id`,
  columns: {
    id: { sql: 'o.id', type: 'text' },
    version: { sql: 'o.version', type: 'number' },
    number: { sql: 'o.number', type: 'text' },
    state: { sql: 'o.state', type: 'text' },
    mode: { sql: 'o.mode', type: 'text' },
    warrantyClass: { sql: 'o.warranty_class', type: 'text' },
    customerName: { sql: 'c.name', type: 'text' },
    customerPhone: { sql: 'c.phone', type: 'text' },
    category: { sql: 'd.category', type: 'text' },
    brand: { sql: 'd.brand', type: 'text' },
    model: { sql: 'd.model', type: 'text' },
    serial: { sql: 'd.serial', type: 'text' },
    auditedOn: { sql: 'o.audited_on', type: 'date' },
    received: {
      sql: RECEIVED,
      type: 'number',
    },
  },
  order: [
    ['auditedOn', 'asc'],
    ['id', 'asc'],
  ],
  emptyLast: ' NULLS LAST',
};

/** What lies at the counter; a search also finds work still under way, for which a deposit may be taken or given back. */
const AT_THE_COUNTER = `o.state IN ('audited', 'ready-for-pick-up', 'settled')`;
const UNDER_WAY = `(o.state NOT IN ('picked-up', 'closed') AND (o.state <> 'cancelled' OR ${RECEIVED} <> 0))`;

export function billingQueueRows(
  sql: Sql,
  page: ListPage & Readonly<{ search: string }>,
  timeZone: string,
): Promise<Listed<BillingQueueRow>> {
  return listRows<BillingQueueRow>(sql, LISTING, page, timeZone, (query) => {
    if (page.search === '') return void query.whereRaw(AT_THE_COUNTER);
    const sought = containing(page.search);
    query.whereRaw(UNDER_WAY);
    query.whereRaw(
      `(LOWER(o.number) LIKE ? ESCAPE '!' OR c.search_text LIKE ? ESCAPE '!' OR d.search_text LIKE ? ESCAPE '!')`,
      [sought, sought, sought],
    );
  });
}
