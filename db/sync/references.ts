import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';
import { columnsOf } from './columns.ts';
import type { SyncedTable } from './tables.ts';
import type { WireRow } from './write.ts';

type Reference = Readonly<{ column: string; parent: string; key: string }>;

const known = new Map<string, readonly Reference[]>();

async function referencesOf(sql: Sql, table: SyncedTable): Promise<readonly Reference[]> {
  const before = known.get(table.name);
  if (before) return before;
  const found = await sql.all<Reference>(
    `SELECT "from" AS "column", "table" AS parent, "to" AS key FROM pragma_foreign_key_list(?)`,
    [table.name],
  );
  known.set(table.name, found);
  return found;
}

/** On SQLite: rows that refer to what is not there, by index, with the column. PostgreSQL looks for itself. */
export async function danglingRows(
  sql: Sql,
  table: SyncedTable,
  rows: readonly WireRow[],
): Promise<Map<number, string>> {
  const dangling = new Map<number, string>();
  if (sql.dialect === 'postgres') return dangling;
  const columns = await columnsOf(sql, table);
  for (const { column, parent, key } of await referencesOf(sql, table)) {
    const at = columns.findIndex(({ name }) => name === column);
    const values = new Set(rows.map((row) => row[at] ?? null));
    values.delete(null);
    // A row may refer to one that comes with it.
    if (parent === table.name) for (const row of rows) values.delete(row[0] ?? null);
    if (values.size === 0) continue;
    const missing = await sql.all<{ value: string }>(
      `SELECT j.value FROM json_each(?) j WHERE NOT EXISTS (SELECT 1 FROM ${parent} p WHERE p.${key} = j.value)`,
      [JSON.stringify([...values])],
    );
    if (missing.length === 0) continue;
    const gone = new Set<WireRow[number]>(missing.map(({ value }) => value));
    for (const [index, row] of rows.entries()) if (gone.has(row[at] ?? null)) dangling.set(index, column);
  }
  return dangling;
}

/** The same as a condition on a row `p` of a batch that lies beside; one that refers to a row it came with is told, too. */
export async function danglingWhen(sql: Sql, table: SyncedTable): Promise<string[]> {
  return (await referencesOf(sql, table)).map(
    ({ column, parent, key }) =>
      `(p.${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM main.${parent} x WHERE x.${key} = p.${column}))`,
  );
}

/** What must belong to the unit that the row belongs to: nobody adds a line to another's document or a password to another's people. */
const OF_THE_SAME_UNIT: Readonly<Record<string, readonly (readonly [column: string, parent: string])[]>> = {
  credentials: [['employee_id', 'employees']],
  work_order_states: [['work_order_id', 'work_orders']],
  work_order_technicians: [['work_order_id', 'work_orders']],
  work_order_labour: [['work_order_id', 'work_orders']],
  work_order_parts: [['work_order_id', 'work_orders']],
  purchases: [['warehouse_id', 'warehouses']],
  purchase_lines: [['purchase_id', 'purchases']],
  purchase_steps: [['purchase_id', 'purchases']],
  part_models: [['part_id', 'parts']],
  part_barcodes: [['part_id', 'parts']],
  part_suppliers: [['part_id', 'parts']],
  part_prices: [['part_id', 'parts']],
  stock_places: [['warehouse_id', 'warehouses']],
  reservations: [['warehouse_id', 'warehouses']],
  stock_documents: [['warehouse_id', 'warehouses']],
  stock_moves: [
    ['document_id', 'stock_documents'],
    ['warehouse_id', 'warehouses'],
  ],
  transfer_closures: [['request_id', 'requests']],
  old_part_entries: [['old_part_id', 'old_parts']],
  settlements: [['work_order_id', 'work_orders']],
  customer_entries: [['work_order_id', 'work_orders']],
  pay_awards: [['work_order_id', 'work_orders']],
  pay_appeals: [
    ['work_order_id', 'work_orders'],
    ['award_id', 'pay_awards'],
  ],
  pay_entries: [['work_order_id', 'work_orders']],
  late_changes: [
    ['period_id', 'pay_periods'],
    ['taken_in_id', 'pay_periods'],
  ],
  payslips: [['period_id', 'pay_periods']],
  payslip_lines: [['payslip_id', 'payslips']],
};

/** Rows that hang on what belongs to another unit, by index, with the column. */
export async function misplacedRows(
  sql: Sql,
  table: SyncedTable,
  rows: readonly WireRow[],
  unitId: string,
): Promise<Map<number, string>> {
  if (table.name === 'answers') return strangersAnswers(sql, table, rows);
  const misplaced = new Map<number, string>();
  const columns = await columnsOf(sql, table);
  for (const [column, parent] of OF_THE_SAME_UNIT[table.name] ?? []) {
    const at = columns.findIndex(({ name }) => name === column);
    const parents = [...new Set(rows.map((row) => row[at] ?? null))].filter((value) => value !== null);
    const found = await selectIn<{ id: string; unitId: string }>(
      sql,
      `SELECT id, unit_id FROM ${parent} WHERE id IN`,
      parents,
    );
    const others = new Set<WireRow[number]>(found.filter((one) => one.unitId !== unitId).map(({ id }) => id));
    if (others.size === 0) continue;
    for (const [index, row] of rows.entries()) if (others.has(row[at] ?? null)) misplaced.set(index, column);
  }
  return misplaced;
}

/** The same as a condition on a row `p` of a batch that lies beside, and belongs to the unit that sends it. */
export function misplacedWhen(table: SyncedTable): string[] {
  return (OF_THE_SAME_UNIT[table.name] ?? []).map(
    ([column, parent]) => `EXISTS (SELECT 1 FROM main.${parent} x WHERE x.id = p.${column} AND x.unit_id <> p.unit_id)`,
  );
}

type Asked = Readonly<{ id: string; unitId: string; toUnitId: string }>;

/** Only the unit that was asked answers, and to the unit that asked. */
async function strangersAnswers(sql: Sql, table: SyncedTable, rows: readonly WireRow[]): Promise<Map<number, string>> {
  const names = (await columnsOf(sql, table)).map(({ name }) => name);
  const value = (row: WireRow, name: string) => row[names.indexOf(name)] ?? null;
  const ids = rows.map((row) => value(row, 'request_id'));
  const asked = await selectIn<Asked>(sql, 'SELECT id, unit_id, to_unit_id FROM requests WHERE id IN', ids);
  const byId = new Map<WireRow[number], Asked>(asked.map((one) => [one.id, one]));
  const strangers = new Map<number, string>();
  for (const [index, row] of rows.entries()) {
    const request = byId.get(value(row, 'request_id'));
    const fits = request?.toUnitId === value(row, 'unit_id') && request?.unitId === value(row, 'to_unit_id');
    if (!fits) strangers.set(index, 'request_id');
  }
  return strangers;
}
