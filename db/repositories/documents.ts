import { DomainError } from '#domain/errors.ts';
import { snakeCase } from '../rows.ts';
import type { Sql, SqlRow, SqlValue, Transaction } from '../store.ts';

/** Reading and changing rows that carry a `version`: a change sends the version it saw. */

/** @throws DomainError `not-found` */
export async function requireRow<Row>(sql: Sql, table: string, id: string, entity: string, suffix = ''): Promise<Row> {
  const row = await sql.first<Row>(`SELECT * FROM ${table} WHERE id = ?${suffix}`, [id]);
  if (!row) throw new DomainError('not-found', { entity, id });
  return row;
}

/**
 * Writes `changes` and raises the version by one.
 * @throws DomainError `document.changed` when somebody else was faster
 */
export async function updateVersioned(
  trx: Transaction,
  table: string,
  id: string,
  version: number,
  changes: SqlRow,
): Promise<void> {
  const sets: string[] = [];
  const params: SqlValue[] = [];
  for (const key in changes) {
    const value = changes[key];
    if (value === undefined) continue;
    sets.push(`${snakeCase(key)} = ?`);
    params.push(value);
  }
  const text = `UPDATE ${table} SET ${[...sets, 'version = version + 1'].join(', ')} WHERE id = ? AND version = ?`;
  const changed = await trx.run(text, [...params, id, version]);
  if (changed === 0) throw new DomainError('document.changed', { id });
}
