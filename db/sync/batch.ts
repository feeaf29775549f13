import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DomainError } from '#domain/errors.ts';
import type { ColumnInfo } from './columns.ts';
import type { WireRow } from './write.ts';

/**
 * Rows travel as the content of a SQLite file, a table for those of each table: on SQLite they go from file to file without
 * becoming values of JavaScript on the way. Who takes one in trusts nothing in it: it is looked through whole, has to have
 * exactly the tables a batch has and nothing that runs (no trigger, view or index), and is only ever read.
 */

/** The table in which the rows of a table travel, with untyped columns in the order of `columnsOf`. */
export const batchTable = (name: string): string => `put_${name}`;

export type Batch = Readonly<{
  /** Where it lies, to be read `beside` a database; null: it has no rows. */
  file: string | null;
  /** How many rows there are of each table. */
  counts: ReadonlyMap<string, number>;
  hasColumns(table: string, columns: readonly ColumnInfo[]): boolean;
  /** @throws DomainError `sync.bad-body`: a value that no row can have */
  rows(table: string, after?: number): WireRow[];
}>;

const EMPTY: Batch = { file: null, counts: new Map(), hasColumns: () => false, rows: () => [] };

/** Where rows lie while they are on their way: a file that is not there yet, in a folder of its own that goes afterwards. */
export async function withRowsFile<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mendway-rows-')); // only this user may look into it
  try {
    return await work(path.join(folder, 'rows.db'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Looks at what somebody sent for as long as `work` runs. @throws DomainError `sync.bad-body`: not such a file */
export async function withBatch<T>(file: string, work: (batch: Batch) => Promise<T>): Promise<T> {
  if (sizeOfRows(file) === 0) return work(EMPTY);
  const database = opened(file);
  try {
    return await work(batchIn(database, file));
  } finally {
    database.close();
  }
}

/** Bytes; 0: there are none. */
export const sizeOfRows = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const badBody = (): DomainError => new DomainError('sync.bad-body');

/** As SQLite's authors advise for files of strangers (sqlite.org/security.html). */
function opened(file: string): Database.Database {
  const database = new Database(file, { readonly: true });
  try {
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    database.pragma('cache_size = -2048');
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw badBody();
    return database;
  } catch {
    database.close();
    throw badBody();
  }
}

const CREATED = /^CREATE TABLE put_([a-z_]{1,60}) \(([a-z0-9_]+(?:, [a-z0-9_]+)*)\)$/;

function batchIn(database: Database.Database, file: string): Batch {
  const parts = database.prepare('SELECT sql FROM sqlite_master').pluck().all();
  const columns = new Map<string, string>();
  for (const part of parts) {
    const [, table = '', names = ''] = CREATED.exec(String(part)) ?? [];
    if (table === '') throw badBody();
    columns.set(table, names);
  }
  const countOf = (table: string) =>
    database
      .prepare(`SELECT COUNT(*) FROM ${batchTable(table)}`)
      .pluck()
      .get() as number;
  return {
    file,
    counts: new Map([...columns.keys()].map((table) => [table, countOf(table)])),
    hasColumns: (table, wanted) => columns.get(table) === wanted.map(({ name }) => name).join(', '),
    rows: (table, after = 0) => {
      const some = `SELECT * FROM ${batchTable(table)} ORDER BY rowid LIMIT -1 OFFSET ?`;
      const rows = database.prepare(some).raw().all(after) as unknown[][];
      if (!rows.every((row) => row.every(isValue))) throw badBody();
      return rows as WireRow[];
    },
  };
}

const isValue = (value: unknown): boolean =>
  typeof value === 'string' || value === null || (typeof value === 'number' && Number.isSafeInteger(value));
