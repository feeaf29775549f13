import { NUMBERED } from './tables.ts';
import { existsSync } from 'node:fs';
import { NUMBER_KINDS } from '#domain/numbers.ts';
import type { Clock } from '#domain/clock.ts';
import { serverLink } from '../repositories/server-link.ts';
import { openSqliteReader } from '../sqlite-store.ts';
import type { Sql, Transaction } from '../store.ts';

import { scopeOfUnit } from './scope.ts';
import { sequencesFrom } from './sequences.ts';

/** What a data folder holds: `unitId` null while there is no company in it. */
export type FoundDatabase = Readonly<{
  unitId: string | null;
  link: Readonly<{ state: string; stationId: string; serverDatabaseId: string }> | null;
}>;

/** What kind of database a file is; undefined when there is none. */
export async function foundIn(filename: string): Promise<FoundDatabase | undefined> {
  if (!existsSync(filename)) return undefined;
  const reader = openSqliteReader(filename);
  try {
    return await reader.read(async (sql) => {
      const tables = await sql.all<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`);
      const has = (table: string) => tables.some(({ name }) => name === table);
      const installed = has('installation')
        ? await sql.first<{ unitId: string }>('SELECT unit_id FROM installation')
        : undefined;
      const link = has('server_link') ? await serverLink(sql) : undefined;
      return { unitId: installed?.unitId ?? null, link: link ?? null };
    });
  } finally {
    await reader.close();
  }
}

/** Makes a snapshot a station's database. The file is one nobody uses yet; the one it replaces, if any, is `beside`. */

export type NewStation = Readonly<{
  unitId: string;
  unitCode: string;
  databaseId: string;
  clock: Clock;
  /** ms UTC */
  now: number;
  link: Readonly<{
    address: string;
    fingerprint: string | null;
    certificate: string | null;
    stationId: string;
    token: string;
    serverDatabaseId: string;
    pullCursor: string;
  }>;
  /**
   * Days (YYMMDD, in order) on which the PC before this one may have given out numbers that never arrived, and of which there
   * may be paper. Empty: there was none.
   */
  uncertainDays: readonly string[];
  /** Numbers of documents that it said it had. */
  announced: readonly string[];
}>;

export async function installStation(trx: Transaction, station: NewStation): Promise<void> {
  const { unitId, databaseId, clock, now, link } = station;
  await trx.insert('installation', { id: 1, unitId, databaseId, lastClock: clock, role: 'station', createdAt: now });
  const { region, units } = await scopeOfUnit(trx, unitId);
  await trx.insert('server_link', {
    ...link,
    id: 1,
    state: 'active',
    pushedSeq: 0,
    pushedDigest: '',
    scope: JSON.stringify({ region, units }),
    lastError: '',
    lastErrorDetail: '{}',
    clockOffset: 0,
    enrolledAt: now,
  });
  await leaveNumbersFree(trx, station);
}

/** As many numbers of a kind and day as a PC may have given out without anybody hearing of them. */
const LEFT_FREE = 500;

async function leaveNumbersFree(trx: Transaction, { unitCode, uncertainDays, announced }: NewStation): Promise<void> {
  await trx.run(sequencesFrom('SELECT value AS number FROM json_each(?)'), [JSON.stringify(announced)]);
  const [first] = uncertainDays;
  if (first === undefined) return;
  for (const day of uncertainDays)
    for (const kind of NUMBER_KINDS)
      await trx.run('INSERT INTO sequences (key, last) VALUES (?, 0) ON CONFLICT (key) DO NOTHING', [
        `${kind}-${unitCode}-${day}`,
      ]);
  await trx.run(
    `UPDATE sequences SET last = last + ${LEFT_FREE} WHERE substr(key, -6) >= ? AND key LIKE '__-%-______'`,
    [first],
  );
}

/** Of these human numbers, those that no document of the unit carries. */
export async function missingNumbers(sql: Sql, unitId: string, numbers: readonly string[]): Promise<string[]> {
  const there = NUMBERED.map((table) => `SELECT number FROM ${table} WHERE unit_id = ?`).join(' UNION ALL ');
  const rows = await sql.all<{ value: string }>(`SELECT value FROM json_each(?) WHERE value NOT IN (${there})`, [
    JSON.stringify(numbers),
    ...NUMBERED.map(() => unitId),
  ]);
  return rows.map(({ value }) => value);
}

/**
 * Takes from the database before this one what only it knows: how far its numbers had come, and the contents of attachments,
 * which may not have been sent. Returns the numbers of the unit's documents that are in it alone.
 */
export async function takeFromBefore(trx: Transaction, unitId: string): Promise<string[]> {
  await trx.run(
    `INSERT INTO sequences (key, last) SELECT key, last FROM beside.sequences WHERE true
     ON CONFLICT (key) DO UPDATE SET last = MAX(sequences.last, excluded.last)`,
  );
  await trx.run(
    `INSERT INTO attachment_contents (sha256, content) SELECT sha256, content FROM beside.attachment_contents
     WHERE sha256 IN (SELECT sha256 FROM main.attachments) ON CONFLICT (sha256) DO NOTHING`,
  );
  const lost: string[] = [];
  for (const table of NUMBERED) {
    const rows = await trx.all<{ number: string }>(
      `SELECT number FROM beside.${table} WHERE unit_id = ? AND id NOT IN (SELECT id FROM main.${table}) ORDER BY number`,
      [unitId],
    );
    lost.push(...rows.map(({ number }) => number));
  }
  return lost;
}
