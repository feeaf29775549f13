import type { Sql } from './store.ts';

/** Held by every transaction that writes on PostgreSQL, so that those of this very database can be told from all others. */
export const WRITERS_LOCK = 7_240_003;

const UNDER_WAY = `WITH held AS MATERIALIZED (
    SELECT locktype, virtualtransaction, transactionid::text::bigint AS xid, objid::bigint AS key,
      database = (SELECT oid FROM pg_database WHERE datname = current_database()) AS is_here
    FROM pg_locks WHERE granted AND locktype IN ('advisory', 'transactionid') AND mode IN ('ShareLock', 'ExclusiveLock'))
  SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next,
    (SELECT array_to_json(array_agg(x.xid))::text FROM held w
       JOIN held x ON x.virtualtransaction = w.virtualtransaction AND x.locktype = 'transactionid'
     WHERE w.locktype = 'advisory' AND w.is_here AND w.key = ${WRITERS_LOCK}) AS xids`;

const EPOCH = 2 ** 32;

/**
 * Transactions from this turn on may still be under way; those before have ended, and a view of the data taken AFTERWARDS shows
 * all they did: so nothing is passed over that commits late. To be asked before the transaction that reads, or by a statement
 * before it in one that writes. On SQLite, where one comes after the other, every turn is 0.
 *
 * The oldest transaction of the whole server (pg_snapshot_xmin) would do as well, but other databases would hold us up.
 */
export async function settledTurn(sql: Sql): Promise<number> {
  if (sql.dialect === 'sqlite') return 1;
  const row = await sql.first<{ next: number; xids: string | null }>(UNDER_WAY);
  if (!row) throw new Error('no answer about transactions');
  const xids = (JSON.parse(row.xids ?? '[]') as number[]).map((xid) => inFull(xid, row.next));
  return Math.min(row.next, ...xids);
}

/** pg_locks shows the lower half of a transaction's number. */
function inFull(xid: number, next: number): number {
  const full = next - (next % EPOCH) + xid;
  return full > next + EPOCH / 2 ? full - EPOCH : full;
}
