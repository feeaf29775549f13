import type { Extract, Sql } from '../store.ts';
import { batchTable } from './batch.ts';
import { columnsOf } from './columns.ts';
import { columnsSeen, seenBy, type StationScope } from './scope.ts';
import { SYNCED_TABLES, syncedTable, type SyncedTable } from './tables.ts';

/** Rows as they stand, for those named by entries of the change log. */

export type LogEntry = Readonly<{ table: string; rowId: string; kind: 'insert' | 'update' | 'delete' }>;

/** Of each table the keys of rows, in the order in which they came; some more than once. */
export type ChangedRows = ReadonlyMap<string, readonly string[]>;

/** Of each table the keys of rows that are gone. */
export type Deletes = [table: string, ids: string[]][];

/**
 * Puts what has become of the rows into an extract: those that stand (and are seen) whole. Returns the others as deleted, children
 * before their parents.
 * @param scope of the station that asks; null: everything of this database
 */
export async function changesOf(extract: Extract, rows: ChangedRows, scope: StationScope | null): Promise<Deletes> {
  for (const name of rows.keys()) if (!syncedTable(name)) throw new Error(`${name} is not synchronised`);
  const deletes: [string, string[]][] = [];
  for (const table of SYNCED_TABLES) {
    const ids = rows.get(table.name);
    if (!ids) continue;
    const gone = await putStanding(extract, table, [...new Set(ids)], scope);
    if (gone.length > 0) deletes.unshift([table.name, gone]);
  }
  return deletes;
}

/** Returns those that don't stand. */
async function putStanding(
  extract: Extract,
  table: SyncedTable,
  ids: readonly string[],
  scope: StationScope | null,
): Promise<string[]> {
  const { sql } = extract;
  const names = (await columnsOf(sql, table)).map(({ name }) => name);
  const seen = columnsSeen(table, names, scope).join(', ');
  const where = scope ? seenBy(scope, table) : '1 = 1';
  const from =
    sql.dialect === 'sqlite'
      ? `json_each(?) j CROSS JOIN ${table.name} t ON t.${table.key} = j.value`
      : `json_array_elements_text(?::json) WITH ORDINALITY j(id, n) JOIN ${table.name} t ON t.${table.key} = j.id COLLATE "C"`;
  const order = sql.dialect === 'sqlite' ? '' : ' ORDER BY j.n';
  const select = `SELECT ${seen} FROM ${from} WHERE ${where}${order}`;
  const count = await extract.put(batchTable(table.name), names, select, [JSON.stringify(ids)]);
  if (count === ids.length) return [];
  const there = new Set(await extract.keys(batchTable(table.name)));
  return ids.filter((id) => !there.has(id));
}

type RowsAsJson = Readonly<{ text: string; count: number }>;

/** The rows with these keys, in their order, as `[[value, …], …]`. */
export async function rowsAsJson(
  sql: Sql,
  table: SyncedTable,
  ids: readonly string[],
  scope: StationScope | null,
): Promise<RowsAsJson> {
  const columns = await columnsOf(sql, table);
  const seen = columnsSeen(
    table,
    columns.map(({ name }) => name),
    scope,
  ).join(', ');
  const where = scope ? seenBy(scope, table) : '1 = 1';
  const text =
    sql.dialect === 'sqlite'
      ? `SELECT json_group_array(json_array(${seen})) AS text, COUNT(*) AS count
         FROM json_each(?) j CROSS JOIN ${table.name} t ON t.${table.key} = j.value WHERE ${where}`
      : `SELECT COALESCE(json_agg(json_build_array(${seen}) ORDER BY j.n), '[]')::text AS text, COUNT(*) AS count
         FROM json_array_elements_text(?::json) WITH ORDINALITY j(id, n) JOIN ${table.name} t ON t.${table.key} = j.id COLLATE "C" WHERE ${where}`;
  const row = await sql.first<RowsAsJson>(text, [JSON.stringify(ids)]);
  return row ?? { text: '[]', count: 0 };
}
