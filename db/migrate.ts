import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import type { Knex } from 'knex';
import { postgresKnex, sqliteKnex } from './dialects.ts';
import { migrations } from './migrations/index.ts';
import type { SchemaTools } from './migrations/migration.ts';
import { createPostgresFunctions, postgresTools, sqliteTools } from './schema-tools.ts';

export const LATEST_VERSION = migrations.at(-1)?.[0] ?? 0;

/** The database was made by a newer version of the product: nothing in it may be touched. */
export class DatabaseFromFutureError extends Error {
  override readonly name = 'DatabaseFromFutureError';
  constructor(found: number) {
    super(`The database has schema ${found}, this program knows schemas up to ${LATEST_VERSION}. Update the program.`);
  }
}

/** A migration failed and was undone whole; `backup` is the copy made before (none for PostgreSQL or a new database). */
export class MigrationFailedError extends Error {
  override readonly name = 'MigrationFailedError';
  readonly backup: string | null;
  constructor(version: number, cause: unknown, backup: string | null) {
    const copy = backup ? ` The database as it was before: ${backup}` : '';
    super(
      `Migration ${version} failed and was undone: ${cause instanceof Error ? cause.message : String(cause)}.${copy}`,
      { cause },
    );
    this.backup = backup;
  }
}

/**
 * Brings a SQLite file to `target`, making it if need be. A copy is taken first.
 * @throws DatabaseFromFutureError, MigrationFailedError
 */
export async function migrateSqlite(filename: string, target = LATEST_VERSION): Promise<void> {
  const current = existsSync(filename) ? sqliteVersion(filename) : 0;
  if (!isBehind(current, target)) return;
  const backup = current > 0 ? await backupSqlite(filename, current) : null;
  const knex = sqliteKnex(filename);
  try {
    await knex.raw('PRAGMA journal_mode = WAL');
    await apply(knex, {
      current,
      target,
      backup,
      tools: sqliteTools,
      record: (trx, version) => trx.raw(`PRAGMA user_version = ${version}`),
    });
  } finally {
    await knex.destroy();
  }
}

const MIGRATION_LOCK = 7_240_002;

/** Processes that start together migrate one after the other. @throws DatabaseFromFutureError, MigrationFailedError */
export async function migratePostgres(url: string, target = LATEST_VERSION): Promise<void> {
  const knex = postgresKnex(url);
  try {
    await knex.raw(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`); // of the one connection there is; ends with it
    await knex.raw('CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)');
    const row = await knex('schema_version').max({ version: 'version' }).first();
    const current = Number(row?.version ?? 0);
    if (!isBehind(current, target)) return;
    await createPostgresFunctions(knex);
    const record = (trx: Knex, version: number) => trx('schema_version').insert({ version });
    await apply(knex, { current, target, backup: null, tools: postgresTools, record });
  } finally {
    await knex.destroy();
  }
}

type Plan = Readonly<{
  current: number;
  target: number;
  backup: string | null;
  tools(knex: Knex): SchemaTools;
  record(trx: Knex, version: number): PromiseLike<unknown>;
}>;

async function apply(knex: Knex, plan: Plan): Promise<void> {
  for (const [version, migration] of migrations) {
    if (version <= plan.current || version > plan.target) continue;
    try {
      await knex.transaction(async (trx) => {
        await migration.up(trx, plan.tools(trx));
        await plan.record(trx, version);
      });
    } catch (error) {
      throw new MigrationFailedError(version, error, plan.backup);
    }
  }
}

function isBehind(current: number, target: number): boolean {
  if (current > LATEST_VERSION) throw new DatabaseFromFutureError(current);
  return current < target;
}

function sqliteVersion(filename: string): number {
  const database = new Database(filename, { readonly: true });
  try {
    return database.pragma('user_version', { simple: true }) as number;
  } finally {
    database.close();
  }
}

async function backupSqlite(filename: string, version: number): Promise<string> {
  const backup = `${filename}.before-schema-${version + 1}`;
  const database = new Database(filename, { readonly: true });
  try {
    await database.backup(backup);
  } finally {
    database.close();
  }
  return backup;
}
