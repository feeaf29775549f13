import { migratePostgres, migrateSqlite } from './migrate.ts';
import { openPostgresStore } from './postgres-store.ts';
import { openSqliteReader, openSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

/** Where the data is: a SQLite file, or the address of a PostgreSQL database. */
export type DatabaseAddress = Readonly<{ kind: 'sqlite'; filename: string } | { kind: 'postgres'; url: string }>;

/** Migrates and opens. @throws DatabaseFromFutureError, MigrationFailedError */
export async function openStore(address: DatabaseAddress): Promise<Store> {
  if (address.kind === 'postgres') {
    await migratePostgres(address.url);
    return openPostgresStore(address.url);
  }
  await migrateSqlite(address.filename);
  return openSqliteStore(address.filename);
}

/** Only reads, for worker threads; what it opens has been migrated before. */
export function openReader(address: DatabaseAddress): Pick<Store, 'dialect' | 'read' | 'close'> {
  return address.kind === 'postgres' ? openPostgresStore(address.url, 2) : openSqliteReader(address.filename);
}
