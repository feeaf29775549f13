import knexLibrary, { type Knex } from 'knex';
import type { Sql, SqlValue } from './store.ts';

/**
 * knex as a builder of SQL whose shape depends on what was asked (filters, reports). Without a connection, and in
 * PostgreSQL's quoting, which SQLite reads as well. What never changes its shape is written as text instead.
 */
export const build: Knex = knexLibrary.knex({ client: 'pg' });

export async function allRows<Row>(sql: Sql, query: Knex.QueryBuilder): Promise<Row[]> {
  const { sql: text, bindings } = query.toSQL();
  return sql.all<Row>(text, bindings as SqlValue[]);
}
