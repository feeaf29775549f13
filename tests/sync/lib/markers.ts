import type { Store } from '#db/store.ts';
import { columnsOf } from '#db/sync/columns.ts';
import { SYNCED_TABLES, type SyncedTable } from '#db/sync/tables.ts';

/** One row of each unit in every table that is synchronised, which can be told by its text wherever it turns up. */

export const markerOf = (table: string, unitCode: string): string => `MARK.${table}.${unitCode}.`;

/** Columns that the database is particular about. */
const PARTICULAR: Readonly<Record<string, string | number | null>> = {
  'departments.kind': 'position',
  'contracts.state': 'active',
  'contract_events.kind': 'reward',
  'commission_rules.component': 'labour',
  'stores.kind': 'store',
  'customers.kind': 'person',
  'customers.clocks': '{}',
  'devices.clocks': '{}',
  'attachments.kind': 'photo',
  'work_orders.mode': 'carry-in',
  'work_orders.urgency': 'normal',
  'work_orders.warranty_class': 'out',
  'work_order_parts.charge': 'customer',
  'requests.kind': 'referral',
  'answers.decision': 'accepted',
  'purchases.state': 'requested',
  'purchase_steps.step': 'requested',
  'stock_documents.kind': 'receipt',
  'stock_moves.quantity': 3000,
  'stock_moves.value': 700,
  'old_part_entries.kind': 'owed',
  'reservations.state': 'open',
  'transfer_closures.kind': 'shortage',
  'transfer_closures.decision': 'written-off',
  'deposit_entries.kind': 'pay-in',
  'stock_counts.scope_kind': 'warehouse',
  'stock_counts.state': 'counting',
  'stock_counts.uncounted': '',
  'customer_entries.kind': 'deposit',
  'customer_entries.method': 'cash',
  'pay_entries.family': 'labour',
  'pay_entries.kind': 'commission',
  'pay_items.kind': 'reward',
  'pay_items.amount': 300,
  'pay_items.rate_bp': null,
  'pay_awards.source': 'hand',
  'pay_awards.state': 'standing',
  'pay_appeals.kind': 'penalty',
  'pay_appeals.state': 'open',
  'pay_periods.state': 'open',
  'payslip_lines.kind': 'commission',
  'payslip_lines.adjusts': 'tier',
};

/** Which table a column names a row of, where the database insists on it. */
const PARENTS: Readonly<Record<string, string>> = {
  employee_id: 'employees',
  contract_id: 'contracts',
  customer_id: 'customers',
  device_id: 'devices',
  store_id: 'stores',
  technician_id: 'employees',
  work_order_id: 'work_orders',
  work_type_id: 'work_types',
  warehouse_id: 'warehouses',
  part_id: 'parts',
  supplier_id: 'suppliers',
  document_id: 'stock_documents',
  move_id: 'stock_moves',
  purchase_id: 'purchases',
  count_id: 'stock_counts',
  old_part_id: 'old_parts',
  rule_id: 'commission_rules',
  period_id: 'pay_periods',
  taken_in_id: 'pay_periods',
  payslip_id: 'payslips',
  item_id: 'pay_items',
  award_id: 'pay_awards',
};

type Marked = Readonly<{ id: string; code: string; to: string }>;

/** @param units with the unit that each sends its requests to */
export async function givenMarkers(store: Store, units: readonly Marked[]): Promise<void> {
  await store.replicate({ origin: 'markers', log: 'relay' }, async (trx) => {
    for (const table of SYNCED_TABLES.filter(({ name }) => name !== 'units'))
      for (const unit of units) {
        const columns = await columnsOf(trx, table);
        await trx.run(
          `INSERT INTO ${table.name} (${columns.map(({ name }) => name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
          columns.map(({ name, type }) => valueOf(table, name, type, unit)),
        );
      }
  });
}

function valueOf({ name: table, key }: SyncedTable, column: string, type: string, { id, code, to }: Marked) {
  if (column === 'unit_id') return id;
  if (column === 'to_unit_id') return to;
  const particular = PARTICULAR[`${table}.${column}`];
  if (particular !== undefined) return particular;
  const parent = PARENTS[column];
  if (parent !== undefined) return markerOf(parent, code);
  if (column === key) return markerOf(table, code);
  if (column === 'parent_id' || column === 'reverses_id' || column === 'replaces_id') return null;
  return type.startsWith('int') || type === 'bigint' ? 1 : `${markerOf(table, code)}${column}`;
}
