import { mergeRows, type Merged, type SharedRow } from '#domain/sync/merge.ts';
import type { Sql, Transaction } from '../store.ts';
import {
  customerSearchText,
  deviceSearchText,
  type CustomerFields,
  type DeviceFields,
} from '../repositories/customers.ts';
import { columnsOf } from './columns.ts';
import { rowsAsJson } from './read.ts';
import type { SyncedTable } from './tables.ts';
import type { WireRow } from './write.ts';

/** Rows that the region shares, as objects by column, to be merged field by field. */

/** The rows that are there, by their key. */
export async function rowsByKey(sql: Sql, table: SyncedTable, ids: readonly string[]): Promise<Map<string, SharedRow>> {
  const { text } = await rowsAsJson(sql, table, ids, null);
  const rows = await Promise.all((JSON.parse(text) as WireRow[]).map((row) => objectOf(sql, table, row)));
  return new Map(rows.map((row) => [String(row[table.key]), row]));
}

export async function objectOf(sql: Sql, table: SyncedTable, row: WireRow): Promise<SharedRow> {
  const columns = await columnsOf(sql, table);
  return Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]));
}

async function arrayOf(sql: Sql, table: SyncedTable, row: SharedRow): Promise<WireRow> {
  const columns = await columnsOf(sql, table);
  return columns.map(({ name }) => row[name] ?? null);
}

/** Merges; what is looked for in the row follows from what it has become. */
export async function merged(
  sql: Sql,
  table: SyncedTable,
  here: SharedRow,
  incoming: SharedRow,
  clock: Readonly<{ now: number; tolerance: number }>,
): Promise<Merged & Readonly<{ wire: WireRow }>> {
  const result = mergeRows(here, incoming, clock);
  const row = { ...result.row, search_text: searchText(table.name, result.row) };
  return { ...result, row, wire: await arrayOf(sql, table, row) };
}

function searchText(table: string, row: SharedRow): string {
  const text = (column: string) => String(row[column] ?? '');
  if (table === 'customers') {
    const [name, phone, secondPhone, address] = ['name', 'phone', 'second_phone', 'address'].map(text);
    return customerSearchText({ name, phone, secondPhone, address } as CustomerFields);
  }
  const [serial, brand, model, placeOfPurchase] = ['serial', 'brand', 'model', 'place_of_purchase'].map(text);
  return deviceSearchText({ serial, brand, model, placeOfPurchase } as DeviceFields);
}

type History = Readonly<{ id: string; unitId: string; table: string; rowId: string; at: number }>;

/** What a merge did not let stand is kept and can be looked up. */
export async function keepOverwritten(
  trx: Transaction,
  { id, unitId, table, rowId, at }: History,
  { field, lost, lostClock, kept, keptClock }: Merged['overwritten'][number],
): Promise<void> {
  const known = await trx.first(
    'SELECT id FROM field_history WHERE row_id = ? AND field = ? AND lost_clock = ? AND lost_value = ?',
    [rowId, field, lostClock, JSON.stringify(lost)],
  );
  if (known) return; // a row that is sent again brings its old value again
  await trx.insert('field_history', {
    id,
    unitId,
    tableName: table,
    rowId,
    field,
    lostValue: JSON.stringify(lost),
    lostClock,
    keptValue: JSON.stringify(kept),
    keptClock,
    at,
  });
}
