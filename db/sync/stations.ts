import type { Sql, SqlRow, Transaction } from '../store.ts';
import { snakeCase } from '../rows.ts';
import type { Cursor } from './cursor.ts';
import { audiencesOf, type StationScope } from './scope.ts';

/** At the server: a station as the protocol sees it. */
export type StationRow = Readonly<{
  id: string;
  unitId: string;
  name: string;
  tokenHash: string;
  databaseId: string;
  state: 'active' | 'suspended' | 'revoked' | 'replaced';
  pushedSeq: number;
  pushedDigest: string;
  pullCursor: string;
  announced: string;
  problem: string;
  pendingSince: number | null;
  lastSeenAt: number | null;
}>;

export async function stationById(sql: Sql, id: string): Promise<StationRow | undefined> {
  return sql.first<StationRow>('SELECT * FROM stations WHERE id = ?', [id]);
}

/** For the rest of the transaction nobody else takes in what this station sends. */
export async function lockStation(trx: Transaction, id: string): Promise<StationRow | undefined> {
  return trx.first<StationRow>(`SELECT * FROM stations WHERE id = ?${trx.forUpdate}`, [id]);
}

/** What stations are just sending is there, and what they send next waits for this transaction. */
export async function holdStations(trx: Transaction): Promise<void> {
  await trx.all(`SELECT id FROM stations ORDER BY id${trx.forUpdate}`);
}

export async function noteStation(trx: Transaction, id: string, changes: SqlRow): Promise<void> {
  const keys = Object.keys(changes);
  const sets = keys.map((key) => `${snakeCase(key)} = ?`).join(', ');
  await trx.run(`UPDATE stations SET ${sets} WHERE id = ?`, [...keys.map((key) => changes[key] ?? null), id]);
}

/** The station that serves a unit now, if there is one. */
export async function stationOfUnit(trx: Transaction, unitId: string): Promise<StationRow | undefined> {
  return trx.first<StationRow>(
    `SELECT * FROM stations WHERE unit_id = ? AND state <> 'replaced' ORDER BY enrolled_at DESC LIMIT 1${trx.forUpdate}`,
    [unitId],
  );
}

/** The last one that served the unit before. */
export async function stationBefore(sql: Sql, unitId: string, stationId: string): Promise<StationRow | undefined> {
  return sql.first<StationRow>(
    'SELECT * FROM stations WHERE unit_id = ? AND id <> ? ORDER BY enrolled_at DESC, id DESC LIMIT 1',
    [unitId, stationId],
  );
}

export type EnrolmentCode = Readonly<{
  id: string;
  unitId: string;
  expiresAt: number;
  usedAt: number | null;
  stationId: string | null;
}>;

export async function codeByHash(trx: Transaction, codeHash: string): Promise<EnrolmentCode | undefined> {
  return trx.first<EnrolmentCode>(
    `SELECT id, unit_id, expires_at, used_at, station_id FROM enrolment_codes WHERE code_hash = ?${trx.forUpdate}`,
    [codeHash],
  );
}

export async function markCodeUsed(trx: Transaction, id: string, stationId: string, at: number): Promise<void> {
  await trx.run('UPDATE enrolment_codes SET used_at = ?, station_id = ? WHERE id = ?', [at, stationId, id]);
}

/** Whether a station of the unit, this one or one before it, has sent something since. */
export async function hasSentSince(
  sql: Sql,
  unitId: string,
  { turn, seq }: Cursor,
  scope: StationScope,
): Promise<boolean> {
  for (const audience of audiencesOf(scope)) {
    const sent = await sql.first(
      `SELECT seq FROM change_log WHERE audience = ? AND (turn, seq) > (?, ?)
         AND origin IN (SELECT id FROM stations WHERE unit_id = ?) LIMIT 1`,
      [audience, turn, seq, unitId],
    );
    if (sent) return true;
  }
  return false;
}

/** Units that a code is out for, of which no PC has made use yet. @param now ms UTC */
export async function unitsAwaited(sql: Sql, now: number): Promise<string[]> {
  const rows = await sql.all<{ unitId: string }>(
    'SELECT DISTINCT unit_id FROM enrolment_codes WHERE used_at IS NULL AND expires_at > ? ORDER BY unit_id',
    [now],
  );
  return rows.map(({ unitId }) => unitId);
}
