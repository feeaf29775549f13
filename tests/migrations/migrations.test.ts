import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseFromFutureError, LATEST_VERSION, migrateSqlite, MigrationFailedError } from '#db/migrate.ts';
import { migrations } from '#db/migrations/index.ts';
import { openSqliteStore } from '#db/sqlite-store.ts';
import { createDatabase, isAvailable } from '../helpers/databases.ts';
import { temporaryFolder } from '../helpers/station.ts';

let folder: ReturnType<typeof temporaryFolder>;
let filename: string;
beforeEach(() => {
  folder = temporaryFolder();
  filename = path.join(folder.path, 'mendway.db');
});
afterEach(() => folder.remove());

const UNIT = "('u-1', 'SH01', '一站', 'outlet', 'Asia/Shanghai', 'CNY', 1, 0)";

function onFile<T>(work: (database: Database.Database) => T): T {
  const database = new Database(filename);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const versionOf = () => onFile((database) => database.pragma('user_version', { simple: true }));

describe('migrations', () => {
  test('are numbered upwards without a gap', () => {
    expect(migrations.map(([version]) => version)).toEqual(Array.from({ length: LATEST_VERSION }, (_, i) => i + 1));
  });

  test.each(Array.from({ length: LATEST_VERSION - 1 }, (_, i) => i + 2))(
    'to schema %i from the one before keeps what was saved, and a copy of it',
    async (version) => {
      await migrateSqlite(filename, version - 1);
      onFile((database) => {
        database.exec(
          `INSERT INTO units (id, code, name, kind, time_zone, currency, version, created_at) VALUES ${UNIT}`,
        );
      });
      await migrateSqlite(filename, version);

      expect(versionOf()).toBe(version);
      expect(onFile((database) => database.prepare('SELECT code FROM units').all())).toEqual([{ code: 'SH01' }]);
      expect(existsSync(`${filename}.before-schema-${version}`)).toBe(true);
    },
  );

  test('run again change nothing and make no copy', async () => {
    await migrateSqlite(filename);
    await migrateSqlite(filename);
    expect(existsSync(`${filename}.before-schema-${LATEST_VERSION + 1}`)).toBe(false);
  });

  test('refuse a database from the future', async () => {
    onFile((database) => database.pragma(`user_version = ${LATEST_VERSION + 1}`));
    await expect(migrateSqlite(filename)).rejects.toThrow(DatabaseFromFutureError);
  });

  test('that fail are undone whole, and say where the copy is', async () => {
    await migrateSqlite(filename, 1);
    // What the second migration wants to make is there already.
    onFile((database) => database.exec('CREATE TABLE stores (id text)'));
    const failed = migrateSqlite(filename);

    await expect(failed).rejects.toThrow(MigrationFailedError);
    await expect(failed).rejects.toMatchObject({ backup: `${filename}.before-schema-2` });
    expect(versionOf()).toBe(1);
    expect(
      onFile((database) => database.prepare("SELECT name FROM sqlite_master WHERE name = 'customers'").all()),
    ).toEqual([]);
  });
});

describe('a station database on SQLite', () => {
  test('has only strict tables', async () => {
    await migrateSqlite(filename);
    const lax = onFile((database) =>
      database
        .prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
        .all(),
    );
    // knex's own bookkeeping is not used; nothing may slip in.
    expect(lax).toEqual([]);
  });

  test('waits for the disk at every commit, also when opened again', async () => {
    await migrateSqlite(filename);
    for (let opening = 0; opening < 2; opening++) {
      const store = openSqliteStore(filename);
      const modes = await store.write(async (trx) => [
        await trx.first('PRAGMA synchronous'),
        await trx.first('PRAGMA journal_mode'),
        await trx.first('PRAGMA foreign_keys'),
      ]);
      await store.close();
      expect(modes).toEqual([{ synchronous: 2 }, { journalMode: 'wal' }, { foreignKeys: 1 }]);
    }
  });
});

const LEDGERS = [
  'audit_log',
  'work_order_states',
  'stock_documents',
  'stock_moves',
  'lot_moves',
  'purchase_steps',
  'transfer_closures',
  'deposit_entries',
  'old_parts',
  'old_part_entries',
  'settlements',
  'customer_entries',
  'pay_entries',
];

describe.each(['sqlite', 'postgres'] as const)('the schema on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('is the same', () => {
    test('ledgers refuse change and every synchronised table writes the change log', async () => {
      const { store, close } = await createDatabase(dialect);
      const text =
        dialect === 'sqlite'
          ? "SELECT name, tbl_name AS table_name FROM sqlite_master WHERE type = 'trigger'"
          : 'SELECT t.tgname AS name, c.relname AS table_name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal';
      const triggers = await store.read((sql) => sql.all<{ name: string; tableName: string }>(text));
      await close();

      const guarded = new Set(
        triggers.filter(({ name }) => /_append_only$|_no_update$/.test(name)).map((trigger) => trigger.tableName),
      );
      const captured = new Set(
        triggers.filter(({ name }) => /_log(_insert)?$/.test(name)).map((trigger) => trigger.tableName),
      );
      expect([...guarded].toSorted()).toEqual(expect.arrayContaining(LEDGERS.toSorted()));
      expect(captured.size).toBeGreaterThanOrEqual(20);
      for (const ledger of LEDGERS.filter((name) => name !== 'audit_log')) expect(captured).toContain(ledger);
    });
  });
});
