import type { Sql, SqlRow, Transaction } from '../store.ts';
import { snakeCase } from '../rows.ts';
import type { LogEntry } from './read.ts';

/** At a station: what the agent notes about its server, and what it says of itself. */

export async function noteLink(trx: Transaction, changes: SqlRow): Promise<void> {
  const keys = Object.keys(changes);
  const sets = keys.map((key) => `${snakeCase(key)} = ?`).join(', ');
  await trx.run(
    `UPDATE server_link SET ${sets}`,
    keys.map((key) => changes[key] ?? null),
  );
}

/** The last entry of the change log; 0 before the first. */
export async function lastEntry(sql: Sql): Promise<number> {
  const row = await sql.first<{ seq: number | null }>("SELECT MAX(seq) AS seq FROM change_log WHERE origin = ''");
  return row?.seq ?? 0;
}

/** The first that is still in the log. */
export async function firstEntry(sql: Sql): Promise<number> {
  const row = await sql.first<{ seq: number | null }>('SELECT MIN(seq) AS seq FROM change_log');
  return row?.seq ?? 0;
}

/** Documents that carry a human number of the unit's own. */
export const NUMBERED = ['work_orders', 'stock_documents', 'settlements', 'requests', 'old_parts'] as const;

/** Human numbers of documents made here that have not been sent yet, the first 500. */
export async function unsentNumbers(sql: Sql, after: number): Promise<string[]> {
  const numbers: string[] = [];
  for (const table of NUMBERED) {
    const rows = await sql.all<{ number: string }>(
      `SELECT t.number FROM change_log l JOIN ${table} t ON t.id = l.row_id
       WHERE l.seq > ? AND l.origin = '' AND l.table_name = ? AND l.kind = 'insert' ORDER BY l.seq LIMIT 500`,
      [after, table],
    );
    numbers.push(...rows.map(({ number }) => number));
  }
  return numbers.slice(0, 500);
}

export async function countAfter(sql: Sql, seq: number): Promise<number> {
  const row = await sql.first<{ count: number }>(
    "SELECT COUNT(*) AS count FROM change_log WHERE seq > ? AND origin = ''",
    [seq],
  );
  return row?.count ?? 0;
}

/** Bytes. */
export async function databaseSize(sql: Sql): Promise<number> {
  const pages = await sql.first<{ pageCount: number }>('PRAGMA page_count');
  const size = await sql.first<{ pageSize: number }>('PRAGMA page_size');
  return (pages?.pageCount ?? 0) * (size?.pageSize ?? 0);
}

/** Which of the rows were changed here and not sent yet. */
export async function unsentAmong(
  sql: Sql,
  table: string,
  rowIds: readonly string[],
  after: number,
): Promise<Set<string>> {
  const rows = await sql.all<Pick<LogEntry, 'rowId'>>(
    `SELECT DISTINCT row_id FROM change_log WHERE seq > ? AND origin = '' AND table_name = ?
       AND row_id IN (SELECT value FROM json_each(?))`,
    [after, table, JSON.stringify(rowIds)],
  );
  return new Set(rows.map(({ rowId }) => rowId));
}

/** What has arrived is no longer needed, but for the last entries, should the server be set back a little. */
export async function forgetEntries(trx: Transaction, pushedSeq: number, keep: number): Promise<void> {
  await trx.run('DELETE FROM change_log WHERE seq <= ?', [pushedSeq - keep]);
}
