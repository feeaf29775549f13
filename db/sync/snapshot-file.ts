import Database from 'better-sqlite3';
import { NO_CLOCK, type Clock } from '#domain/clock.ts';
import { migrateSqlite } from '../migrate.ts';
import { openPostgresStore } from '../postgres-store.ts';
import { settledTurn } from '../settled.ts';
import { copyFromSqlite } from '../sqlite-store.ts';
import type { DatabaseAddress, Sql } from '../store.ts';
import { columnsOf } from './columns.ts';
import type { Cursor } from './cursor.ts';

import { endOfLog } from './log.ts';
import { sequencesFrom } from './sequences.ts';
import { columnsSeen, scopeOfUnit, seenBy, type StationScope } from './scope.ts';
import { NUMBERED, SYNCED_TABLES, type SyncedTable } from './tables.ts';
import type { WireRow } from './write.ts';

/** Where in the change log whoever has the snapshot goes on, and for whom it was made. */
export type SnapshotContent = Readonly<{
  cursor: Cursor;
  region: string;
  units: readonly string[];
  /** The latest reading in its rows: the clock of whoever has it goes on after. */
  clock: Clock;
}>;

/** Told from 0 to 1. */
type OnProgress = (share: number) => void;

/**
 * Makes a new SQLite file of this schema with all that the station of a unit may see, and nothing else: it is filled from
 * empty, so that no page remembers what was left out. Takes seconds, so it runs in a thread of its own.
 */
export async function makeSnapshotFile(
  address: DatabaseAddress,
  unitId: string,
  file: string,
  onProgress: OnProgress,
): Promise<SnapshotContent> {
  await migrateSqlite(file);
  const putBack = withoutIndexes(file);
  const told = (table: number) => onProgress((FILLING * table) / SYNCED_TABLES.length);
  const content =
    address.kind === 'sqlite'
      ? await fillFromSqlite(address.filename, unitId, file, told)
      : await fillFromPostgres(address.url, unitId, file, told);
  putBack(unitId);
  onProgress(1);
  return { ...content, clock: latestClockIn(file) };
}

/** Filling the tables takes this share of the time. */
const FILLING = 0.6;

type SchemaPart = Readonly<{ type: 'index' | 'trigger'; name: string; sql: string }>;

/** Rows go in faster without indexes to keep, and only unchanged without triggers. Returns what puts both back. */
function withoutIndexes(file: string): (unitId: string) => void {
  const parts = inFile(file, (database) => {
    const all = database
      .prepare(`SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL`)
      .all() as SchemaPart[];
    for (const { type, name } of all) database.exec(`DROP ${type} ${name}`);
    return all;
  });
  return (unitId) =>
    inFile(file, (database) => {
      for (const { sql } of parts.filter(({ type }) => type === 'index')) database.exec(sql);
      database.exec(BALANCES);
      for (const table of NUMBERED) database.prepare(sequencesOf(table)).run(unitId);
      for (const { sql } of parts.filter(({ type }) => type === 'trigger')) database.exec(sql);
    });
}

const BALANCES = `INSERT INTO stock_balances (warehouse_id, part_id, quantity, value, moves)
  SELECT warehouse_id, part_id, SUM(quantity), SUM(value), COUNT(*) FROM stock_moves GROUP BY warehouse_id, part_id`;

/** The unit's numbers go on after the last of its documents. */
const sequencesOf = (table: string): string => sequencesFrom(`SELECT number FROM ${table} WHERE unit_id = ?`);

/** A crash leaves a file that nobody looks at, so nothing is done against it. */
function inFile<T>(file: string, work: (database: Database.Database) => T): T {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = DELETE'); // one file, whole by itself
    database.pragma('synchronous = OFF');
    database.pragma('foreign_keys = OFF');
    database.pragma('cache_size = -65536');
    return database.transaction(() => work(database))();
  } finally {
    database.close();
  }
}

function latestClockIn(file: string): Clock {
  const ofTable = (table: string) => `SELECT MAX(c.value) AS clock FROM ${table} t, json_each(t.clocks) c`;
  const text = `SELECT MAX(clock) FROM (${ofTable('customers')} UNION ALL ${ofTable('devices')})`;
  return inFile(file, (database) => (database.prepare(text).pluck().get() as Clock | null) ?? NO_CLOCK);
}

async function fillFromSqlite(
  filename: string,
  unitId: string,
  file: string,
  onTable: (table: number) => void,
): Promise<Omit<SnapshotContent, 'clock'>> {
  return copyFromSqlite(filename, file, async (sql) => {
    const scope = await scopeOfUnit(sql, unitId);
    const cursor = await endOfLog(sql, await settledTurn(sql));
    for (const [i, table] of SYNCED_TABLES.entries()) {
      const { names, columns, from } = await selectionOf(sql, table, scope);
      await sql.run(`INSERT INTO copy.${table.name} (${names}) SELECT ${columns} FROM main.${from}`);
      onTable(i + 1);
    }
    return { cursor, region: scope.region, units: scope.units };
  });
}

/** Rows on one journey. */
const CHUNK = 2000;

async function fillFromPostgres(
  url: string,
  unitId: string,
  file: string,
  onTable: (table: number) => void,
): Promise<Omit<SnapshotContent, 'clock'>> {
  const store = openPostgresStore(url, 1);
  const copy = new Database(file);
  try {
    copy.pragma('synchronous = OFF');
    copy.pragma('foreign_keys = OFF');
    copy.exec('BEGIN');
    const settled = await store.read(settledTurn);
    const content = await store.read(async (sql) => {
      const scope = await scopeOfUnit(sql, unitId);
      const cursor = await endOfLog(sql, settled);
      for (const [i, table] of SYNCED_TABLES.entries()) {
        await copyTable(sql, table, scope, copy);
        onTable(i + 1);
      }
      return { cursor, region: scope.region, units: scope.units };
    });
    copy.exec('COMMIT');
    return content;
  } finally {
    copy.close();
    await store.close();
  }
}

async function copyTable(sql: Sql, table: SyncedTable, scope: StationScope, copy: Database.Database): Promise<void> {
  const { names, columns, from, marks } = await selectionOf(sql, table, scope);
  const insert = copy.prepare(`INSERT INTO ${table.name} (${names}) VALUES (${marks})`);
  const rows = sql.chunks<{ line: string }>(
    `SELECT json_build_array(${columns})::text AS line FROM ${from}`,
    [],
    CHUNK,
  );
  for await (const chunk of rows) for (const { line } of chunk) insert.run(JSON.parse(line) as WireRow);
}

/** In the order of the key, so that the index behind it grows at its end. */
async function selectionOf(sql: Sql, table: SyncedTable, scope: StationScope) {
  const names = (await columnsOf(sql, table)).map(({ name }) => name);
  return {
    names: names.join(', '),
    columns: columnsSeen(table, names, scope).join(', '),
    from: `${table.name} t WHERE ${seenBy(scope, table)} ORDER BY t.${table.key}`,
    marks: names.map(() => '?').join(', '),
  };
}
