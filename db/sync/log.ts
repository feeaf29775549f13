import { hash } from 'node:crypto';
import type { Sql, Transaction } from '../store.ts';
import { audiencesOf, type StationScope } from './scope.ts';
import { leftOutUpTo } from '../repositories/change-log.ts';
import type { Cursor } from './cursor.ts';
import type { LogEntry } from './read.ts';

/** Reading the change log: at a station what it did itself, at the server what a station may see. */

export type OwnEntry = LogEntry & Readonly<{ seq: number }>;

/** Of a station's own changes, those after `seq`, in order. */
export async function ownEntries(sql: Sql, after: number, limit: number, upTo?: number): Promise<OwnEntry[]> {
  return sql.all<OwnEntry>(
    `SELECT seq, table_name AS "table", row_id, kind FROM change_log
     WHERE seq > ? AND seq <= ? AND origin = '' ORDER BY seq LIMIT ?`,
    [after, upTo ?? Number.MAX_SAFE_INTEGER, limit],
  );
}

/** What tells whether two databases with the same past have gone on alike: what the entries were, in their order. */
export function digestOf(before: string, entries: readonly OwnEntry[]): string {
  return hash('sha256', `${before} ${entries.map(({ seq, rowId }) => `${seq}:${rowId}`).join(' ')}`, 'hex');
}

/** `origin`: the station that did it; '' head office. */
export type SeenEntry = LogEntry & Cursor & Readonly<{ origin: string }>;

/** After the cursor, what a station sees of what is settled (see settledTurn), in order. */
export async function seenEntries(
  sql: Sql,
  after: Cursor,
  scope: StationScope,
  settled: number,
  limit: number,
): Promise<SeenEntry[]> {
  const some: SeenEntry[] = [];
  // One short walk along the index for each audience, rather than one long one through everybody's changes.
  for (const audience of audiencesOf(scope))
    some.push(
      ...(await sql.all<SeenEntry>(
        `SELECT turn, seq, table_name AS "table", row_id, kind, origin FROM change_log
         WHERE audience = ? AND (turn, seq) > (?, ?) AND turn < ? ORDER BY turn, seq LIMIT ?`,
        [audience, after.turn, after.seq, settled, limit],
      )),
    );
  return some.toSorted((a, b) => a.turn - b.turn || a.seq - b.seq).slice(0, limit);
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
