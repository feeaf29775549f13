import type { Sql } from '../store.ts';

/** `central`: the server of the company; `station`: the database of one unit. */
export type Installation = Readonly<{ unitId: string; databaseId: string; role: 'station' | 'central' }>;

/** Undefined in an empty database. */
export async function installationOf(sql: Sql): Promise<Installation | undefined> {
  return sql.first<Installation>('SELECT unit_id, database_id, role FROM installation');
}

/** Whether this station belongs to a company that has a server. */
export async function isLinked(sql: Sql): Promise<boolean> {
  return (await sql.first('SELECT id FROM server_link')) !== undefined;
}
