import type { EachOutcome, Transaction } from '../store.ts';
import { columnsOf, type ColumnInfo } from './columns.ts';
import { logTogether, unlogged, type Relay } from './log.ts';
import type { SyncedTable } from './tables.ts';

/** Putting in rows of another database, as they came. Inside `Store.replicate` only. */

export type WireRow = readonly (string | number | null)[];

/** `any`: whoever wrote it before. `same-unit`: only rows that belong to the unit that sends them. */
export type Overwrite = 'any' | 'same-unit';

/** Rows of one table on their way in. `relay` null: nobody is to hear of them from here. */
type Batch = Readonly<{
  table: SyncedTable;
  columns: readonly ColumnInfo[];
  rows: readonly WireRow[];
  overwrite: Overwrite;
  relay: Relay | null;
}>;

/** What became of rows: those that failed are left out, each with why; `unchanged` met a row they may not change. */
export async function putRows(
  trx: Transaction,
  table: SyncedTable,
  rows: readonly WireRow[],
  overwrite: Overwrite,
  relay: Relay | null,
): Promise<EachOutcome> {
  const columns = await columnsOf(trx, table);
  const batch: Batch = { table, columns, rows, overwrite, relay: isLoggedTogether(table) ? relay : null };
  if (trx.dialect === 'sqlite') return oneByOne(trx, batch);
  const conflict = conflictClause(table, columns, overwrite);
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(() => '?').join(', ');
  const each = () => trx.runEach(`INSERT INTO ${table.name} (${names}) VALUES (${values}) ${conflict}`, rows);
  if (rows.length === 1) return each();
  return (await allAtOnce(trx, batch, conflict)) ?? each();
}

/** A row of which the later one wins may go to another unit, and then the triggers know whom to tell. */
const isLoggedTogether = ({ writer }: SyncedTable): boolean => writer !== 'latest';

async function logBatch(
  trx: Transaction,
  { table, rows, relay }: Batch,
  left: ReadonlySet<number>,
  there: ReadonlySet<number>,
): Promise<void> {
  if (!relay) return;
  const standing = rows.map((_, index) => index).filter((index) => !left.has(index));
  const rowsOf = (indexes: readonly number[]) => indexes.map((index) => rows[index] ?? []);
  const [added, changed] = [
    standing.filter((index) => !there.has(index)),
    standing.filter((index) => there.has(index)),
  ];
  await logTogether(trx, table, 'insert', rowsOf(added), relay);
  await logTogether(trx, table, 'update', rowsOf(changed), relay);
}

/**
 * On SQLite, where a statement costs nothing but itself: most rows are new, so they are put in, and those that were there are
 * changed by a second statement.
 */
async function oneByOne(trx: Transaction, batch: Batch): Promise<EachOutcome> {
  const put = () => insertAndChange(trx, batch);
  const { failed, unchanged, there } = await (batch.relay ? unlogged(trx, put) : put());
  await logBatch(trx, batch, new Set([...unchanged, ...failed.map(({ index }) => index)]), there);
  return { failed, unchanged };
}

/**
 * `OR FAIL`: a row breaks a rule before any of it is written, so that SQLite need not keep what it would take back, which costs
 * as much as the row. Not where something follows from the row that may fail after it was written.
 */
export const insertInto = ({ hasConsequences }: SyncedTable): string =>
  hasConsequences ? 'INSERT OR ABORT INTO' : 'INSERT OR FAIL INTO';

/** `there`: the rows that were there before. */
async function insertAndChange(
  trx: Transaction,
  batch: Batch,
): Promise<EachOutcome & Readonly<{ there: ReadonlySet<number> }>> {
  const { table, columns, rows } = batch;
  const names = columns.map(({ name }) => name).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const put = await trx.runEach(
    `${insertInto(table)} ${table.name} (${names}) VALUES (${marks}) ON CONFLICT (${table.key}) DO NOTHING`,
    rows,
  );
  const there = new Set(put.unchanged);
  if (table.isAppendOnly || there.size === 0) return { ...put, there };
  const changed = await changeThose(trx, batch, put.unchanged);
  return { failed: [...put.failed, ...changed.failed], unchanged: changed.unchanged, there };
}

async function changeThose(
  trx: Transaction,
  { table, columns, rows, overwrite }: Batch,
  there: readonly number[],
): Promise<EachOutcome> {
  const names = columns.map(({ name }) => name);
  const parameters = there
    .map((index) => rows[index] ?? [])
    .map((row) => [...row, ...keysOf(table, names, overwrite, row)]);
  const { failed, unchanged } = await trx.runEach(updateText(table, names, overwrite), parameters);
  const indexOf = (index: number): number => there[index] ?? 0;
  return {
    failed: failed.map(({ index, error }) => ({ index: indexOf(index), error })),
    unchanged: unchanged.map(indexOf),
  };
}

function updateText(table: SyncedTable, names: readonly string[], overwrite: Overwrite): string {
  const conditions = [`${table.key} = ?`];
  if (overwrite === 'same-unit') conditions.push('unit_id = ?');
  if (table.writer === 'latest') conditions.push('changed_at <= ?');
  const sets = names.map((name) => `${name} = ?`).join(', ');
  return `UPDATE OR FAIL ${table.name} SET ${sets} WHERE ${conditions.join(' AND ')}`;
}

/** What stands behind the question marks of the conditions: key, unit, time of change. */
function keysOf(table: SyncedTable, names: readonly string[], overwrite: Overwrite, row: WireRow): WireRow {
  const keys = [row[0] ?? null];
  if (overwrite === 'same-unit') keys.push(row[1] ?? null);
  if (table.writer === 'latest') keys.push(row[names.indexOf('changed_at')] ?? null);
  return keys;
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
async function allAtOnce(trx: Transaction, batch: Batch, conflict: string): Promise<EachOutcome | undefined> {
  const { rows, relay } = batch;
  await trx.run('SAVEPOINT all_at_once');
  try {
    const insert = () => insertAll(trx, batch, conflict);
    const written = await (relay ? unlogged(trx, insert) : insert());
    if (written.length < rows.length) throw new Error('some of them are there already');
    const there = new Set(written.filter(({ isNew }) => !isNew).map(({ id }) => id));
    const places = rows.flatMap(([id], index) => (there.has(String(id)) ? [index] : []));
    await logBatch(trx, batch, new Set(), new Set(places));
    await trx.run('RELEASE SAVEPOINT all_at_once');
    return { failed: [], unchanged: [] };
  } catch {
    // One by one it becomes clear which of them it is.
    await trx.run('ROLLBACK TO SAVEPOINT all_at_once');
    return undefined;
  }
}

/** The rows written; a new one is nobody's earlier version. */
function insertAll(
  trx: Transaction,
  { table, columns, rows }: Batch,
  conflict: string,
): Promise<{ id: string; isNew: boolean }[]> {
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(({ name, type }, i) => `(r.v->>${i})::${type} AS ${name}`).join(', ');
  return trx.all(
    `INSERT INTO ${table.name} (${names})
     SELECT ${values} FROM jsonb_array_elements(?::jsonb) WITH ORDINALITY r(v, n) ORDER BY r.n ${conflict}
     RETURNING ${table.name}.${table.key} AS id, (${table.name}.xmax = 0)::int AS is_new`,
    [JSON.stringify(rows)],
  );
}

/**
 * Deletes rows by key: those of the unit that sends them, or (null) those that a station no longer sees. Nobody sends that a
 * ledger's row is gone. Returns what could not be deleted, and why.
 */
export async function dropRows(
  trx: Transaction,
  table: SyncedTable,
  ids: readonly string[],
  unitId: string | null,
): Promise<EachOutcome> {
  if (table.isAppendOnly && unitId !== null) return { failed: [], unchanged: [] };
  const ofUnit = unitId === null ? '' : ' AND unit_id = ?';
  const rows = ids.map((id) => (unitId === null ? [id] : [id, unitId]));
  return trx.runEach(`DELETE FROM ${table.name} WHERE ${table.key} = ?${ofUnit}`, rows);
}

/** What is written from here on in this transaction is logged as coming from `origin`. */
export async function setOrigin(trx: Transaction, origin: string): Promise<void> {
  if (trx.dialect === 'sqlite') await trx.run('UPDATE sync_session SET origin = ?', [origin]);
  else await trx.all("SELECT set_config('mendway.origin', ?, true)", [origin]);
}
