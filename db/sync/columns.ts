import type { Sql } from '../store.ts';
import type { SyncedTable } from './tables.ts';

/** A column and its type as PostgreSQL says it; on SQLite values bring their own. */
export type ColumnInfo = Readonly<{ name: string; type: string }>;

const known = new Map<string, readonly ColumnInfo[]>();

/**
 * The columns of a table as they travel: key and unit first, then by name. The same for every database of this schema.
 */
export async function columnsOf(sql: Sql, table: SyncedTable): Promise<readonly ColumnInfo[]> {
  const place = `${sql.dialect} ${table.name}`;
  const before = known.get(place);
  if (before) return before;
  const text =
    sql.dialect === 'sqlite'
      ? 'SELECT name, lower(type) AS type FROM pragma_table_info(?)'
      : 'SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?';
  const found = await sql.all<ColumnInfo>(text, [table.name]);
  const rank = ({ name }: ColumnInfo) => (name === table.key ? 0 : name === 'unit_id' ? 1 : 2);
  const columns = found.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  known.set(place, columns);
  return columns;
}
