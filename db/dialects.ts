import { createRequire } from 'node:module';
import knexLibrary, { type Knex } from 'knex';

/**
 * knex with the two dialects bent so that one migration gives the same table on both: SQLite tables are STRICT
 * with 64-bit INTEGER, PostgreSQL compares text by bytes as SQLite does, and booleans are 0/1 integers everywhere.
 */

const require = createRequire(import.meta.url);

type Compiler = new (...args: unknown[]) => { sequence: { sql: string }[]; createQuery(...args: unknown[]): void };
type Dialect = new (config: Knex.Config) => {
  columnCompiler(...args: unknown[]): unknown;
  tableCompiler(...args: unknown[]): unknown;
};

const SqliteDialect = require('knex/lib/dialects/better-sqlite3/index.js') as Dialect;
const SqliteColumn = require('knex/lib/dialects/sqlite3/schema/sqlite-columncompiler.js') as Compiler;
const SqliteTable = require('knex/lib/dialects/sqlite3/schema/sqlite-tablecompiler.js') as Compiler;
const PostgresDialect = require('knex/lib/dialects/postgres/index.js') as Dialect;
const PostgresColumn = require('knex/lib/dialects/postgres/schema/pg-columncompiler.js') as Compiler;

class StrictColumn extends SqliteColumn {}
Object.assign(StrictColumn.prototype, { biginteger: 'integer', boolean: 'integer', bool: 'integer', binary: 'blob' });

class StrictTable extends SqliteTable {
  override createQuery(...args: unknown[]): void {
    super.createQuery(...args);
    for (const query of this.sequence) if (query.sql.startsWith('create table')) query.sql += ' strict';
  }
}

class StrictSqliteDialect extends SqliteDialect {
  override columnCompiler(...args: unknown[]): unknown {
    return new StrictColumn(this, ...args);
  }
  override tableCompiler(...args: unknown[]): unknown {
    return new StrictTable(this, ...args);
  }
}

class BytewiseColumn extends PostgresColumn {}
Object.assign(BytewiseColumn.prototype, { text: () => 'text collate "C"', boolean: 'bigint', bool: 'bigint' });

class BytewisePostgresDialect extends PostgresDialect {
  override columnCompiler(...args: unknown[]): unknown {
    return new BytewiseColumn(this, ...args);
  }
}

export function sqliteKnex(filename: string): Knex {
  return knexLibrary.knex({
    client: StrictSqliteDialect as unknown as typeof Knex.Client,
    connection: { filename },
    useNullAsDefault: true,
  });
}

export function postgresKnex(url: string): Knex {
  return knexLibrary.knex({
    client: BytewisePostgresDialect as unknown as typeof Knex.Client,
    connection: url,
    pool: { min: 0, max: 1 },
  });
}
