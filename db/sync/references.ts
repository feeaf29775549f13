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
