import type { Sql, Transaction } from '../store.ts';
import { columnsOf } from './columns.ts';
import { merged, objectOf, rowsByKey } from './shared.ts';
import { SYNCED_TABLES, type SyncedTable } from './tables.ts';
import { putRows, type WireRow } from './write.ts';

/**
 * Brings a station's database to a snapshot that lies `beside` and has been compared with it. What the station itself writes
 * stays; of what several write, the changes not sent yet stand beside what the snapshot says.
 * @param now ms UTC
 */
export async function applySnapshot(trx: Transaction, now: number): Promise<void> {
  for (const table of SYNCED_TABLES.toReversed()) await takeAway(trx, table);
  for (const table of SYNCED_TABLES) {
    await putIn(trx, table);
    if (table.writer === 'shared') await mergeUnsent(trx, table, now);
    if (table.writer === 'latest') await putRows(trx, table, await newsAmongUnsent(trx, table), 'any', null);
  }
  await balanceAnew(trx);
  // Contents of files, and rows that were left over, which the station may not see any more.
  await trx.run('DELETE FROM attachment_contents WHERE sha256 NOT IN (SELECT sha256 FROM attachments)');
  await trx.run("DELETE FROM sync_refusals WHERE direction = 'in'");
}

/**
 * Whether the snapshot lacks rows of others that were changed here and not sent yet: they are seen no more, and what was
 * changed of them would be lost.
 */
export async function takesAwayUnsent(trx: Transaction): Promise<boolean> {
  for (const table of SYNCED_TABLES.filter(({ writer }) => writer === 'shared')) {
    const { name, key } = table;
    const row = await trx.first(
      `SELECT t.${key} FROM main.${name} t WHERE t.${key} IN ${unsentOf(table)}
         AND t.unit_id <> (SELECT unit_id FROM main.installation)
         AND NOT EXISTS (SELECT 1 FROM beside.${name} b WHERE b.${key} = t.${key}) LIMIT 1`,
    );
    if (row) return true;
  }
  return false;
}

/** Rows of a table that were changed here and not sent yet. */
const unsentOf = ({ name }: SyncedTable): string =>
  `(SELECT row_id FROM main.change_log WHERE seq > (SELECT pushed_seq FROM main.server_link) AND origin = ''
     AND table_name = '${name}')`;

const settledOnly = (table: SyncedTable, column: string): string =>
  table.writer === 'shared' || table.writer === 'latest' ? ` AND ${column} NOT IN ${unsentOf(table)}` : '';

async function takeAway(trx: Transaction, table: SyncedTable): Promise<void> {
  const { name, key } = table;
  await trx.run(
    `DELETE FROM main.${name} WHERE ${key} IN (SELECT row_id FROM beside.gone WHERE table_name = '${name}')
     ${settledOnly(table, key)}`,
  );
}

async function putIn(trx: Transaction, table: SyncedTable): Promise<void> {
  const { name, key } = table;
  const names = (await columnsOf(trx, table)).map((column) => column.name);
  await trx.run(
    `INSERT INTO main.${name} (${names.join(', ')}) SELECT ${names.map((column) => `b.${column}`).join(', ')}
     FROM beside.news n JOIN beside.${name} b ON b.${key} = n.row_id
     WHERE n.table_name = '${name}' ${settledOnly(table, 'n.row_id')}`,
  );
}

async function mergeUnsent(trx: Transaction, table: SyncedTable, now: number): Promise<void> {
  const theirs = await newsAmongUnsent(trx, table);
  const ours = await rowsByKey(
    trx,
    table,
    theirs.map(([id]) => String(id)),
  );
  const rows: WireRow[] = [];
  for (const row of theirs) {
    const incoming = await objectOf(trx, table, row);
    const here = ours.get(String(row[0])) ?? incoming;
    // Their clocks the server has bounded already.
    rows.push((await merged(trx, table, here, incoming, { now, tolerance: Number.MAX_SAFE_INTEGER })).wire);
  }
  if (rows.length > 0) await putRows(trx, table, rows, 'any', null);
}

async function newsAmongUnsent(sql: Sql, table: SyncedTable): Promise<WireRow[]> {
  const { name, key } = table;
  const columns = (await columnsOf(sql, table)).map((column) => `b.${column.name}`).join(', ');
  const rows = await sql.all<{ line: string }>(
    `SELECT json_array(${columns}) AS line FROM beside.news n JOIN beside.${name} b ON b.${key} = n.row_id
     WHERE n.table_name = '${name}' AND n.row_id IN ${unsentOf(table)}`,
  );
  return rows.map(({ line }) => JSON.parse(line) as WireRow);
}

/** The balances of others' warehouses follow from their moves; those of our own are kept as ever. */
async function balanceAnew(trx: Transaction): Promise<void> {
  const isOthers = `warehouse_id NOT IN
    (SELECT w.id FROM warehouses w JOIN installation i ON i.unit_id = w.unit_id)`;
  await trx.run(`DELETE FROM stock_balances WHERE ${isOthers}`);
  await trx.run(
    `INSERT INTO stock_balances (warehouse_id, part_id, quantity, value, moves)
     SELECT warehouse_id, part_id, SUM(quantity), SUM(value), COUNT(*) FROM stock_moves WHERE ${isOthers}
     GROUP BY warehouse_id, part_id`,
  );
}
