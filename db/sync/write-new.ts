import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Transaction } from '../store.ts';
import { batchTable } from './batch.ts';
import { columnsOf, type ColumnInfo } from './columns.ts';
import { unlogged, type Relay } from './log.ts';
import type { SyncedTable } from './tables.ts';
import { insertInto } from './write.ts';

/** On SQLite, most rows of most batches are new and in order: they are put in from the file beside by statements of thousands. */

export type NewRows = Readonly<{
  table: SyncedTable;
  unitId: string;
  /** How many rows of it lie beside. */
  count: number;
  /** What no row may be, in terms of `p`: otherwise they are looked at one by one. */
  unlessAny: readonly string[];
  relay: Relay | null;
}>;

/** Rows put in before others that wait for this thread are served: the next batch comes in meanwhile. */
const AT_ONCE = 2000;

/** Returns how many rows were put in: all, or none, or those before one that is there already or breaks a rule. */
export async function putNewRows(
  trx: Transaction,
  { table, unitId, count, unlessAny, relay }: NewRows,
): Promise<number> {
  const columns = await columnsOf(trx, table);
  const from = `beside.${batchTable(table.name)} p`;
  const exceptions = [...notPlain(table, columns), ...unlessAny].join(' OR ');
  if (await trx.first(`SELECT 1 AS is_there FROM ${from} WHERE ${exceptions} LIMIT 1`)) return 0;
  // As whoever makes a batch numbers them: what is numbered otherwise is looked at row by row.
  const numbers = await trx.first<{ first: number; last: number }>(
    `SELECT MIN(rowid) AS first, MAX(rowid) AS last FROM ${from}`,
  );
  if (numbers?.first !== 1 || numbers.last !== count) return 0;
  const names = columns.map(({ name }) => name).join(', ');
  const some = `SELECT ${names} FROM ${from} WHERE p.rowid > ? AND p.rowid <= ? ORDER BY p.rowid`;
  const insert = `${insertInto(table)} main.${table.name} (${names}) ${some}`;
  const putIn = async () => {
    let put = 0;
    while (put < count) {
      await nextTurn();
      await trx.runEach(insert, [[put, put + AT_ONCE]]); // what fails is looked at anew, with the rows behind it
      const changes = (await trx.first<{ count: number }>('SELECT changes() AS count'))?.count ?? 0;
      put += changes;
      if (changes < AT_ONCE) break;
    }
    return put;
  };
  const put = await (relay ? unlogged(trx, putIn) : putIn());
  if (relay && put > 0) await logNewRows(trx, table, unitId, relay, put);
  return put;
}

const SAFE = Number.MAX_SAFE_INTEGER;

/** Without a key, or with values that JavaScript could not hold. */
function notPlain({ key }: SyncedTable, columns: readonly ColumnInfo[]): string[] {
  const numbers = columns.filter(({ type }) => type === 'integer');
  return [
    `typeof(p.${key}) <> 'text'`,
    ...numbers.map((column) => `p.${column.name} NOT BETWEEN -${SAFE} AND ${SAFE}`),
  ];
}

/** As logTogether does: all of them have one audience. */
async function logNewRows(
  trx: Transaction,
  { name, key, audience }: SyncedTable,
  unitId: string,
  { origin, region }: Relay,
  count: number,
): Promise<void> {
  const whose = audience === 'company' ? '*' : audience === 'region' ? `r:${region}` : `u:${unitId}`;
  await trx.run(
    `INSERT INTO change_log (turn, table_name, row_id, row_count, kind, audience, origin)
     SELECT 0, ?, CASE COUNT(*) WHEN 1 THEN MIN(p.id) ELSE json_group_array(p.id) END, COUNT(*), 'insert', ?, ?
     FROM (SELECT ${key} AS id FROM beside.${batchTable(name)} ORDER BY rowid LIMIT ?) p`,
    [name, whose, origin, count],
  );
}
