import type { Sql, Transaction } from '../store.ts';

/** Rows that could not be taken in, on either side; gone when they are. */
export type Refusal = Readonly<{
  id: string;
  stationId: string;
  direction: 'in' | 'out';
  tableName: string;
  rowId: string;
  code: string;
  detail: string; // JSON
  content: string; // JSON, or empty
  at: number;
}>;

export async function keepRefusal(trx: Transaction, refusal: Refusal): Promise<void> {
  const { id, stationId, direction, tableName, rowId, code, detail, content, at } = refusal;
  await trx.run(
    `INSERT INTO sync_refusals (id, station_id, direction, table_name, row_id, code, detail, content, at, attempts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (station_id, direction, table_name, row_id) DO UPDATE SET code = excluded.code, detail = excluded.detail,
       content = excluded.content, at = excluded.at, attempts = sync_refusals.attempts + 1`,
    [id, stationId, direction, tableName, rowId, code, detail, content, at],
  );
}

export type RefusedPlace = Readonly<{ id: string; tableName: string; rowId: string; attempts: number }>;

export async function refusalsOf(sql: Sql, stationId: string, direction: 'in' | 'out'): Promise<RefusedPlace[]> {
  return sql.all<RefusedPlace>(
    'SELECT id, table_name, row_id, attempts FROM sync_refusals WHERE station_id = ? AND direction = ? ORDER BY at, id',
    [stationId, direction],
  );
}

export async function dropRefusal(trx: Transaction, id: string): Promise<void> {
  await trx.run('DELETE FROM sync_refusals WHERE id = ?', [id]);
}

/** At a station: rows that are seen no more are not tried again either. */
export async function dropIncoming(
  trx: Transaction,
  stationId: string,
  tableName: string,
  rowIds: readonly string[],
): Promise<void> {
  await trx.runEach(
    "DELETE FROM sync_refusals WHERE station_id = ? AND direction = 'in' AND table_name = ? AND row_id = ?",
    rowIds.map((rowId) => [stationId, tableName, rowId]),
  );
}

export type RefusedContent = Readonly<{ id: string; tableName: string; content: string }>;

/** At a station: rows the server sent that could not be put in, as they came. */
export async function refusedContents(sql: Sql, stationId: string): Promise<RefusedContent[]> {
  return sql.all<RefusedContent>(
    "SELECT id, table_name, content FROM sync_refusals WHERE station_id = ? AND direction = 'in' ORDER BY at, id",
    [stationId],
  );
}
