import type { LinkState } from '#domain/sync/link-state.ts';
import type { Sql, Transaction } from '../store.ts';

/** At a linked station: its server, and how far it has come with it. Instants are ms UTC. */
export type ServerLink = Readonly<{
  /** `https://host:port` */
  address: string;
  /** SHA-256 of the pinned certificate; null: vouched for by a public authority. */
  fingerprint: string | null;
  certificate: string | null;
  stationId: string;
  token: string;
  serverDatabaseId: string;
  state: LinkState;
  pushedSeq: number;
  pushedDigest: string;
  /** Where the last batch began that was sent before the one before it was answered. */
  sentSeq: number;
  sentDigest: string;
  pullCursor: string;
  scope: string;
  lastAttemptAt: number | null;
  lastSuccessAt: number | null;
  /** Code of a failure; '' when the last attempt went well. */
  lastError: string;
  lastErrorDetail: string;
  wantedAt: number | null;
  /** ms by which the server's clock is ahead of ours. */
  clockOffset: number;
  enrolledAt: number;
}>;

/** Undefined where the database belongs to no company's server. */
export async function serverLink(sql: Sql): Promise<ServerLink | undefined> {
  return sql.first<ServerLink>('SELECT * FROM server_link');
}

/** The agent looks for this every second. */
export async function askForSync(trx: Transaction, now: number): Promise<void> {
  await trx.run('UPDATE server_link SET wanted_at = ?', [now]);
}

/** Rows that one of the two sides could not take in. */
export async function refusalCount(sql: Sql): Promise<number> {
  const row = await sql.first<{ count: number }>('SELECT COUNT(*) AS count FROM sync_refusals');
  return row?.count ?? 0;
}
