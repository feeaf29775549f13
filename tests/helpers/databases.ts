import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { migratePostgres, migrateSqlite } from '#db/migrate.ts';
import type { DatabaseAddress } from '#db/open.ts';
import { openPostgresStore } from '#db/postgres-store.ts';
import { openSqliteStore } from '#db/sqlite-store.ts';
import type { Store } from '#db/store.ts';

export type TestDialect = 'sqlite' | 'postgres';
/** `address`: for other processes, or other stores of this one. */
export type TestDatabase = Readonly<{
  store: Store;
  filename: string | null;
  address: DatabaseAddress;
  close(): Promise<void>;
}>;

/** Address of a PostgreSQL server for tests, as `npm test` starts one. */
const POSTGRES_URL = process.env['MENDWAY_TEST_PG'] ?? '';

/** Both databases; `describe.each` over these with `describe.skipIf(!isAvailable(dialect))` names what could not run. */
export const DIALECTS: readonly TestDialect[] = ['sqlite', 'postgres'];
export const isAvailable = (dialect: TestDialect): boolean => dialect === 'sqlite' || POSTGRES_URL !== '';

export async function createDatabase(dialect: TestDialect): Promise<TestDatabase> {
  return dialect === 'sqlite' ? createSqlite() : createPostgres();
}

const folder = mkdtempSync(path.join(tmpdir(), 'mendway-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** An empty database of today's schema, as migrating makes one where there is none. Migrated once in each worker, then copied. */
export async function givenEmptyFile(filename: string): Promise<void> {
  const template = path.join(folder, 'template.db');
  if (!existsSync(template)) await migrateSqlite(template);
  copyFileSync(template, filename, constants.COPYFILE_EXCL);
}

async function createSqlite(): Promise<TestDatabase> {
  const filename = path.join(folder, `${uuidv7()}.db`);
  await givenEmptyFile(filename);
  const store = openSqliteStore(filename);
  const close = async () => {
    await store.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${filename}${end}`, { force: true });
  };
  return { store, filename, address: { kind: 'sqlite', filename }, close };
}

let template: Promise<string> | undefined;

async function createPostgres(): Promise<TestDatabase> {
  template ??= createTemplate();
  const name = `test_${uuidv7().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${await template}`);
  const store = openPostgresStore(urlOf(name), 5);
  const close = async () => {
    await store.close();
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { store, filename: null, address: { kind: 'postgres', url: urlOf(name) }, close };
}

async function createTemplate(): Promise<string> {
  const name = `template_${uuidv7().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name}`);
  await migratePostgres(urlOf(name));
  return name;
}

function urlOf(database: string): string {
  const url = new URL(POSTGRES_URL);
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
