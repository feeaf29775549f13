import type { EachOutcome, Transaction } from '../store.ts';
import { columnsOf, type ColumnInfo } from './columns.ts';
import type { SyncedTable } from './tables.ts';

/** Putting in rows of another database, as they came. Inside `Store.replicate` only. */

export type WireRow = readonly (string | number | null)[];

/** `any`: whoever wrote it before. `same-unit`: only rows that belong to the unit that sends them. */
export type Overwrite = 'any' | 'same-unit';

/** What became of rows: those that failed are left out, each with why; `unchanged` met a row they may not change. */
export async function putRows(
  trx: Transaction,
  table: SyncedTable,
  rows: readonly WireRow[],
  overwrite: Overwrite,
): Promise<EachOutcome> {
  const columns = await columnsOf(trx, table);
  const conflict = conflictClause(table, columns, overwrite);
  const names = columns.map(({ name }) => name).join(', ');
  const each = () =>
    trx.runEach(`INSERT INTO ${table.name} (${names}) VALUES (${columns.map(() => '?').join(', ')}) ${conflict}`, rows);
  if (trx.dialect === 'sqlite' || rows.length === 1) return each();
  return (await allAtOnce(trx, table, columns, conflict, rows)) ?? each();
}

function conflictClause(table: SyncedTable, columns: readonly ColumnInfo[], overwrite: Overwrite): string {
  const target = `ON CONFLICT (${table.key})`;
  if (table.isAppendOnly) return `${target} DO NOTHING`;
  const sets = columns.filter(({ name }) => name !== table.key).map(({ name }) => `${name} = excluded.${name}`);
  const conditions: string[] = [];
  if (overwrite === 'same-unit') conditions.push(`${table.name}.unit_id = excluded.unit_id`);
  if (table.writer === 'latest') conditions.push(`${table.name}.changed_at <= excluded.changed_at`);
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  return `${target} DO UPDATE SET ${sets.join(', ')}${where}`;
}

/** On PostgreSQL, where every statement is a journey: one for all of them, and undefined when one of them breaks a rule. */
async function allAtOnce(
  trx: Transaction,
  table: SyncedTable,
  columns: readonly ColumnInfo[],
  conflict: string,
  rows: readonly WireRow[],
): Promise<EachOutcome | undefined> {
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(({ name, type }, i) => `(r.v->>${i})::${type} AS ${name}`).join(', ');
  await trx.run('SAVEPOINT all_at_once');
  try {
    const written = await trx.run(
      `INSERT INTO ${table.name} (${names})
       SELECT ${values} FROM jsonb_array_elements(?::jsonb) WITH ORDINALITY r(v, n) ORDER BY r.n ${conflict}`,
      [JSON.stringify(rows)],
    );
    if (written < rows.length) throw new Error('some of them are there already');
    await trx.run('RELEASE SAVEPOINT all_at_once');
    return { failed: [], unchanged: [] };
  } catch {
    // One by one it becomes clear which of them it is.
    await trx.run('ROLLBACK TO SAVEPOINT all_at_once');
    return undefined;
  }
}

/** Deletes rows by key, of a unit if given. Ledgers keep theirs. Returns what could not be deleted, and why. */
export async function dropRows(
  trx: Transaction,
  table: SyncedTable,
  ids: readonly string[],
  unitId: string | null,
): Promise<EachOutcome> {
  if (table.isAppendOnly) return { failed: [], unchanged: [] };
  const ofUnit = unitId === null ? '' : ' AND unit_id = ?';
  const rows = ids.map((id) => (unitId === null ? [id] : [id, unitId]));
  return trx.runEach(`DELETE FROM ${table.name} WHERE ${table.key} = ?${ofUnit}`, rows);
}

/** What is written from here on in this transaction is logged as coming from `origin`. */
export async function setOrigin(trx: Transaction, origin: string): Promise<void> {
  if (trx.dialect === 'sqlite') await trx.run('UPDATE sync_session SET origin = ?', [origin]);
  else await trx.all("SELECT set_config('mendway.origin', ?, true)", [origin]);
}
