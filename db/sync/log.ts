import { hash } from 'node:crypto';
import type { Sql, Transaction } from '../store.ts';
import { audiencesOf, type StationScope } from './scope.ts';
import { leftOutUpTo } from '../repositories/change-log.ts';
import { columnsOf } from './columns.ts';
import type { Cursor } from './cursor.ts';
import type { ChangedRows, LogEntry } from './read.ts';
import type { SyncedTable } from './tables.ts';
import type { WireRow } from './write.ts';

/** Reading the change log: at a station what it did itself, at the server what a station may see. */

export type OwnEntries = Readonly<{
  count: number;
  /** Of the last of them. */
  seq: number;
  /** What the entries were, in their order. */
  said: string;
  rows: ChangedRows;
}>;

/** Of a station's own changes, those after `seq`, if there are any. The database counts and joins them: they may be thousands. */
export async function ownEntries(
  sql: Sql,
  after: number,
  limit: number,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<OwnEntries | undefined> {
  const some = `(SELECT seq, table_name, row_id FROM change_log WHERE seq > ? AND seq <= ? AND origin = '' ORDER BY seq LIMIT ?)`;
  const all = await sql.first<{ count: number; seq: number; said: string }>(
    `SELECT COUNT(*) AS count, MAX(seq) AS seq, group_concat(seq || ':' || row_id, ' ') AS said FROM ${some}`,
    [after, upTo, limit],
  );
  if (!all || all.count === 0) return undefined;
  const tables = await sql.all<{ name: string; ids: string }>(
    `SELECT table_name AS name, json_group_array(row_id) AS ids FROM ${some} GROUP BY table_name`,
    [after, all.seq, limit],
  );
  return { ...all, rows: new Map(tables.map(({ name, ids }) => [name, JSON.parse(ids) as string[]])) };
}

/** What tells whether two databases with the same past have gone on alike. */
export function digestOf(before: string, { said }: OwnEntries): string {
  return hash('sha256', `${before} ${said}`, 'hex');
}

/** Where relayed rows come from, and the region of their unit. */
export type Relay = Readonly<{ origin: string; region: string }>;

/** Rows that came together are one entry for each of their audiences: an entry each would cost as much as the rows. */
export async function logTogether(
  trx: Transaction,
  table: SyncedTable,
  kind: LogEntry['kind'],
  rows: readonly WireRow[],
  { origin, region }: Relay,
): Promise<void> {
  if (rows.length === 0) return;
  const toUnit = (await columnsOf(trx, table)).findIndex(({ name }) => name === 'to_unit_id');
  const byAudience = new Map<string, string[]>();
  for (const row of rows)
    for (const audience of audiencesOfRow(table, row, toUnit, region)) {
      const ids = byAudience.get(audience);
      if (ids) ids.push(String(row[0]));
      else byAudience.set(audience, [String(row[0])]);
    }
  for (const [audience, ids] of byAudience) {
    const rowId = ids.length === 1 ? (ids[0] ?? '') : JSON.stringify(ids);
    await trx.run(
      `INSERT INTO change_log (turn, table_name, row_id, row_count, kind, audience, origin)
       VALUES (${turnOf(trx)}, ?, ?, ?, ?, ?, ?)`,
      [table.name, rowId, ids.length, kind, audience, origin],
    );
  }
}

/** Of what this transaction logs. */
export const turnOf = ({ dialect }: Sql): string =>
  dialect === 'postgres' ? 'pg_current_xact_id()::text::bigint' : '0';

/** While `work` runs the triggers log nothing: whoever calls logs it, together. */
export async function unlogged<T>(trx: Transaction, work: () => Promise<T>): Promise<T> {
  await setLogged(trx, false);
  const result = await work();
  await setLogged(trx, true);
  return result;
}

/** On PostgreSQL a setting goes back by itself when what it was set in is taken back. */
async function setLogged(trx: Transaction, isLogged: boolean): Promise<void> {
  if (trx.dialect === 'sqlite') await trx.run('UPDATE sync_session SET is_logged = ?', [isLogged]);
  else await trx.all("SELECT set_config('mendway.is_logged', ?, true)", [isLogged ? 'on' : 'off']);
}

/** As the triggers say it, see schema-tools. */
function audiencesOfRow({ audience }: SyncedTable, row: WireRow, toUnit: number, region: string): string[] {
  if (audience === 'company') return ['*'];
  if (audience === 'region') return [`r:${region}`];
  return audience === 'unit' ? [`u:${row[1]}`] : [`u:${row[1]}`, `u:${row[toUnit]}`];
}

/** The rows an entry is about. */
export function rowIdsOf({ rowId, rowCount }: Readonly<{ rowId: string; rowCount: number }>): string[] {
  return rowCount === 1 ? [rowId] : (JSON.parse(rowId) as string[]);
}

/** `origin`: the station that did it; '' head office. */
export type SeenEntry = LogEntry & Cursor & Readonly<{ origin: string; rowCount: number }>;

/** `last`: where the entries end, if there were any. */
export type Seen = Readonly<{ news: ChangedRows; isMore: boolean; last: Cursor | undefined }>;

export type Wanted = Readonly<{
  after: Cursor;
  scope: StationScope;
  /** Of settledTurn. */
  settled: number;
  /** Of rows, though entries are never cut. */
  limit: number;
  /** What came from there is no news. */
  notFrom: string;
}>;

/** After the cursor, what a station sees of what is settled, in order. */
export async function seenEntries(sql: Sql, { after, scope, settled, limit, notFrom }: Wanted): Promise<Seen> {
  const some: SeenEntry[] = [];
  let isMore = false;
  // One short walk along the index for each audience, rather than one long one through everybody's changes.
  for (const audience of audiencesOf(scope)) {
    const entries = await sql.all<SeenEntry>(
      `SELECT turn, seq, table_name AS "table", row_id, row_count, kind, origin FROM change_log
       WHERE audience = ? AND (turn, seq) > (?, ?) AND turn < ? ORDER BY turn, seq LIMIT ?`,
      [audience, after.turn, after.seq, settled, limit],
    );
    isMore ||= entries.length === limit;
    some.push(...entries);
  }
  const inOrder = some.toSorted((a, b) => a.turn - b.turn || a.seq - b.seq);
  const taken = inOrder.slice(0, howMany(inOrder, limit, notFrom));
  const news = new Map<string, string[]>();
  for (const entry of taken) {
    if (entry.origin === notFrom) continue;
    const ids = news.get(entry.table);
    if (ids) ids.push(...rowIdsOf(entry));
    else news.set(entry.table, rowIdsOf(entry));
  }
  return { news, isMore: isMore || taken.length < inOrder.length, last: taken.at(-1) };
}

/** Of these entries, how many make no more than so many rows, but one at least. */
function howMany(entries: readonly SeenEntry[], limit: number, notFrom: string): number {
  let rows = 0;
  for (const [index, { origin, rowCount }] of entries.entries()) {
    rows += origin === notFrom ? 1 : rowCount;
    if (rows > limit && index > 0) return index;
  }
  return entries.length;
}

/** Where the log ends: what is logged from here on comes after. @param settled of settledTurn */
export async function endOfLog(sql: Sql, settled: number): Promise<Cursor> {
  // Where every turn is the same, only the key has the order at hand.
  const order = sql.dialect === 'sqlite' ? 'seq DESC' : 'turn DESC, seq DESC';
  const row = await sql.first<Cursor>(`SELECT turn, seq FROM change_log WHERE turn < ? ORDER BY ${order} LIMIT 1`, [
    settled,
  ]);
  return row ?? leftOutUpTo(sql); // all of it may have been compacted away
}

/** At a station: logs a row anew, so that it is sent again. */
export async function logAgain(trx: Transaction, table: string, rowId: string): Promise<void> {
  await trx.run(
    `INSERT INTO change_log (turn, table_name, row_id, kind, audience, origin) VALUES (0, ?, ?, 'update', '', '')`,
    [table, rowId],
  );
}
