import { settledTurn } from '../settled.ts';
import { cursorOf, type Cursor } from '../sync/cursor.ts';
import type { Sql, Transaction } from '../store.ts';

/** The change log for those who read all of it, and how much of it can be left out. */

export type LoggedChange = Cursor &
  Readonly<{
    tableName: string;
    /** Of several rows that came together, see db/sync/log. */
    rowId: string;
    rowCount: number;
    kind: 'insert' | 'update' | 'delete';
    audience: string;
  }>;

/**
 * After a place, in the order in which changes became visible; what may still be added before others is not among them. On
 * PostgreSQL in a transaction that writes, since the question what is settled has to come before the look at the data.
 */
export async function changesAfter(sql: Sql, { turn, seq }: Cursor, limit: number): Promise<LoggedChange[]> {
  const columns = 'turn, seq, table_name, row_id, row_count, kind, audience';
  if (sql.dialect === 'sqlite')
    return sql.all(`SELECT ${columns} FROM change_log WHERE seq > ? ORDER BY seq LIMIT ?`, [seq, limit]);
  const settled = await settledTurn(sql);
  return sql.all(
    `SELECT ${columns} FROM change_log WHERE (turn, seq) > (?, ?) AND turn < ? ORDER BY turn, seq LIMIT ?`,
    [turn, seq, settled, limit],
  );
}

const LAST = Number.MAX_SAFE_INTEGER;

/** A place that everything settled lies before, and everything that comes lies after. */
async function endOfSettled(sql: Sql): Promise<Cursor> {
  if (sql.dialect === 'postgres') return { turn: (await settledTurn(sql)) - 1, seq: LAST };
  const text = `SELECT 0 AS turn, COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'change_log'), 0) AS seq`;
  return (await sql.first<Cursor>(text)) ?? { turn: 0, seq: 0 };
}

export async function readerPosition(sql: Sql, name: string): Promise<Cursor | undefined> {
  return sql.first<Cursor>('SELECT turn, seq FROM log_readers WHERE name = ?', [name]);
}

/** From here on everything is for this reader; one that reads already goes on where it is. */
export async function beginReading(trx: Transaction, name: string): Promise<void> {
  const { turn, seq } = await endOfSettled(trx);
  await trx.run('INSERT INTO log_readers (name, turn, seq) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING', [
    name,
    turn,
    seq,
  ]);
}

export async function moveReader(trx: Transaction, name: string, { turn, seq }: Cursor): Promise<void> {
  await trx.run('UPDATE log_readers SET turn = ?, seq = ? WHERE name = ?', [turn, seq, name]);
}

export async function endReading(trx: Transaction, name: string): Promise<void> {
  await trx.run('DELETE FROM log_readers WHERE name = ?', [name]);
}

/** How far the log had come at a time, ms UTC. */
export type LogMark = Cursor & Readonly<{ at: number }>;

/** The mark that says up to where the log has been left out. */
const LEFT_OUT_AT = 0;

export async function logMarks(sql: Sql): Promise<LogMark[]> {
  return sql.all<LogMark>('SELECT at, turn, seq FROM log_marks WHERE at > ? ORDER BY at', [LEFT_OUT_AT]);
}

/** @param at ms UTC */
export async function markLog(trx: Transaction, at: number): Promise<void> {
  await trx.insert('log_marks', { at, ...(await endOfSettled(trx)) });
}

/** Up to where the log has been left out: who has come less far needs a new snapshot. */
export async function leftOutUpTo(sql: Sql): Promise<Cursor> {
  const row = await sql.first<Cursor>('SELECT turn, seq FROM log_marks WHERE at = ?', [LEFT_OUT_AT]);
  return row ?? { turn: 0, seq: 0 };
}

/** Places that somebody has still to go on from: stations heard of since `since` (ms UTC), readers, and this station's own pushing. */
export async function placesNeeded(sql: Sql, since: number): Promise<Cursor[]> {
  const stations = await sql.all<{ pullCursor: string }>(
    `SELECT pull_cursor FROM stations WHERE state IN ('active', 'suspended') AND last_seen_at >= ? AND pull_cursor <> ''`,
    [since],
  );
  const readers = await sql.all<Cursor>('SELECT turn, seq FROM log_readers');
  const pushed = await sql.all<Cursor>('SELECT 0 AS turn, pushed_seq AS seq FROM server_link');
  return [...stations.map(({ pullCursor }) => cursorOf(pullCursor)), ...readers, ...pushed];
}

/** Whether anybody takes what this log has to tell: not at a station that stands alone, which tells all of it when it joins. */
export async function isLogShared(sql: Sql): Promise<boolean> {
  const row = await sql.first<{ count: number }>(
    `SELECT (SELECT COUNT(*) FROM server_link) + (SELECT COUNT(*) FROM installation WHERE role = 'central') AS count`,
  );
  return (row?.count ?? 0) > 0;
}

/**
 * Leaves out at most `limit` entries up to a place, and says so first: of the last of them, since who has read that one has
 * missed nothing, however far the place is. Returns how many there were.
 */
export async function leaveOut(trx: Transaction, { turn, seq }: Cursor, limit: number): Promise<number> {
  await trx.run('DELETE FROM log_marks WHERE at > ? AND (turn, seq) < (?, ?)', [LEFT_OUT_AT, turn, seq]);
  // On SQLite every turn is the same, and the key has the order.
  const [upTo, order] = trx.dialect === 'sqlite' ? ['seq <= ?', 'seq'] : ['(turn, seq) <= (?, ?)', 'turn, seq'];
  const place = trx.dialect === 'sqlite' ? [seq] : [turn, seq];
  const entries = await trx.all<Cursor>(`SELECT turn, seq FROM change_log WHERE ${upTo} ORDER BY ${order} LIMIT ?`, [
    ...place,
    limit,
  ]);
  const last = entries.at(-1);
  if (!last) return 0;
  await trx.run(
    `INSERT INTO log_marks (at, turn, seq) VALUES (?, ?, ?)
     ON CONFLICT (at) DO UPDATE SET turn = excluded.turn, seq = excluded.seq`,
    [LEFT_OUT_AT, last.turn, last.seq],
  );
  if (trx.dialect === 'sqlite') return trx.run('DELETE FROM change_log WHERE seq <= ?', [last.seq]);
  return trx.run('DELETE FROM change_log WHERE (turn, seq) <= (?, ?)', [last.turn, last.seq]);
}

export const isBefore = (a: Cursor, b: Cursor): boolean => a.turn < b.turn || (a.turn === b.turn && a.seq < b.seq);

/**
 * Up to where the log may be left out: what was there at `oldest` (ms UTC), but nothing that somebody still goes on from.
 * Undefined: nothing yet.
 */
export function horizonOf(marks: readonly LogMark[], needed: readonly Cursor[], oldest: number): Cursor | undefined {
  const mark = marks.findLast(({ at }) => at <= oldest);
  if (!mark) return undefined;
  const { turn, seq } = needed.reduce<Cursor>((first, place) => (isBefore(place, first) ? place : first), mark);
  return { turn, seq };
}
