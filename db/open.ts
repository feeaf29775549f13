import { migratePostgres, migrateSqlite } from './migrate.ts';
import { openPostgresStore } from './postgres-store.ts';
import { openSqliteReader, openSqliteStore } from './sqlite-store.ts';
import type { DatabaseAddress, Store } from './store.ts';

export type { DatabaseAddress } from './store.ts';

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
