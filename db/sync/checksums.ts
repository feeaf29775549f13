import { hash } from 'node:crypto';
import type { Sql } from '../store.ts';
import { columnsOf } from './columns.ts';
import { columnsSeen, seenBy, type StationScope } from './scope.ts';
import type { SyncedTable } from './tables.ts';
import type { WireRow } from './write.ts';

/** What two databases compare instead of their rows: per table and range of keys, how many rows there are and one hash of them all. */

/** Keys above `after`, up to `upTo` inclusive; null: to the end. */
export type KeyRange = Readonly<{ after: string; upTo: string | null }>;
export type Checksum = KeyRange & Readonly<{ count: number; hash: string }>;
export type RowHash = readonly [key: string, hash: string];

const ROWS_IN_RANGE = 5000;

const hashOfRow = (row: WireRow): string => hash('md5', JSON.stringify(row), 'base64');

/** The checksums of a table in ranges of some thousand rows, the last open to the end. */
export async function checksumsOf(sql: Sql, table: SyncedTable, scope: StationScope | null): Promise<Checksum[]> {
  const checksums: Checksum[] = [];
  let after = '';
  for (;;) {
    const hashes = await rowHashes(sql, table, { after, upTo: null }, scope, ROWS_IN_RANGE);
    const isLast = hashes.length < ROWS_IN_RANGE;
    const upTo = isLast ? null : (hashes.at(-1)?.[0] ?? null);
    checksums.push({ after, upTo, count: hashes.length, hash: hashOfAll(hashes) });
    if (upTo === null) return checksums;
    after = upTo;
  }
}

/** The checksum of the rows in one range. */
export async function checksumOf(sql: Sql, table: SyncedTable, range: KeyRange, scope: StationScope | null) {
  const hashes = await rowHashes(sql, table, range, scope, Number.MAX_SAFE_INTEGER);
  return { count: hashes.length, hash: hashOfAll(hashes) };
}

function hashOfAll(hashes: readonly RowHash[]): string {
  return hash('sha256', hashes.map(([key, one]) => `${key} ${one}`).join('\n'), 'hex');
}

/** Each row of a range by key, with a hash of all its columns as they travel. */
export async function rowHashes(
  sql: Sql,
  table: SyncedTable,
  { after, upTo }: KeyRange,
  scope: StationScope | null,
  limit: number,
): Promise<RowHash[]> {
  const columns = (await columnsOf(sql, table)).map(({ name }) => name);
  const seen = columnsSeen(table, columns, scope);
  const where = scope ? seenBy(scope, table) : '1 = 1';
  const bound = upTo === null ? '' : ` AND t.${table.key} <= ?`;
  const row =
    sql.dialect === 'sqlite' ? `json_array(${seen.join(', ')})` : `json_build_array(${seen.join(', ')})::text`;
  const rows = await sql.all<{ row: string }>(
    `SELECT ${row} AS row FROM ${table.name} t WHERE t.${table.key} > ?${bound} AND ${where} ORDER BY t.${table.key} LIMIT ?`,
    [after, ...(upTo === null ? [] : [upTo]), limit],
  );
  return rows.map((one) => {
    const values = JSON.parse(one.row) as WireRow;
    return [String(values[0]), hashOfRow(values)] as const;
  });
}
