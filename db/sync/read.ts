import type { Sql } from '../store.ts';
import { columnsOf } from './columns.ts';
import { columnsSeen, seenBy, type StationScope } from './scope.ts';
import { SYNCED_TABLES, syncedTable, type SyncedTable } from './tables.ts';

/** Rows as they stand, for those named by entries of the change log. */

export type LogEntry = Readonly<{ table: string; rowId: string; kind: 'insert' | 'update' | 'delete' }>;

/** `upserts` is JSON already: `[[table, [[value, …], …]], …]`; it goes into a body as it is. */
export type Changes = Readonly<{
  deletes: readonly (readonly [table: string, ids: readonly string[]])[];
  upserts: string;
}>;

/**
 * What has become of the rows: those that stand (and are seen) whole, the others as deleted. Parents stand before their children.
 * @param scope of the station that asks; null: everything of this database
 */
export async function changesOf(sql: Sql, entries: readonly LogEntry[], scope: StationScope | null): Promise<Changes> {
  const byTable = new Map<string, Map<string, boolean>>();
  for (const { table, rowId, kind } of entries) {
    let rows = byTable.get(table);
    if (!rows) byTable.set(table, (rows = new Map()));
    // In the order in which they first came; whether they are gone, the last entry says.
    rows.set(rowId, kind === 'delete');
  }
  const upserts: string[] = [];
  const deletes: [string, string[]][] = [];
  for (const { name } of SYNCED_TABLES) {
    const rows = byTable.get(name);
    if (!rows) continue;
    const { text, gone } = await standing(sql, name, [...rows.keys()], scope);
    if (text !== '[]') upserts.push(`["${name}",${text}]`);
    if (gone.length > 0) deletes.unshift([name, gone]); // children before their parents
  }
  return { deletes, upserts: `[${upserts.join(',')}]` };
}

async function standing(sql: Sql, name: string, ids: readonly string[], scope: StationScope | null) {
  const table = syncedTable(name);
  if (!table) throw new Error(`${name} is not synchronised`);
  const { text, count } = await rowsAsJson(sql, table, ids, scope);
  if (count === ids.length) return { text, gone: [] };
  const there = new Set((JSON.parse(text) as string[][]).map(([id]) => id));
  return { text, gone: ids.filter((id) => !there.has(id)) };
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
