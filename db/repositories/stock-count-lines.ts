import type { Look, Shelf } from '#domain/stock/count.ts';
import type { StockBalance } from '#domain/stock/costing.ts';
import type { Sql, Transaction } from '../store.ts';

/** Lines of stock counts: one for each part, or for each lot of a tracked one. */

export type CountLine = Readonly<{
  id: string;
  countId: string;
  lineNo: number;
  partId: string;
  lot: string;
  isToRecount: boolean;
  /** Of the first count, and of the second one where there is one. */
  first: Look;
  second: Look | null;
  reason: string;
}>;

type Row = Omit<CountLine, 'first' | 'second'> &
  Readonly<{
    counted: number;
    countedExpected: number;
    countedMovesFrom: number;
    countedMovesTo: number;
    recounted: number | null;
    recountedExpected: number | null;
    recountedMovesFrom: number | null;
    recountedMovesTo: number | null;
  }>;

function lineOf(row: Row): CountLine {
  const { id, countId, lineNo, partId, lot, isToRecount, reason } = row;
  const first = {
    quantity: row.counted,
    expected: row.countedExpected,
    movesFrom: row.countedMovesFrom,
    movesTo: row.countedMovesTo,
  };
  const second =
    row.recounted === null
      ? null
      : {
          quantity: row.recounted,
          expected: row.recountedExpected ?? 0,
          movesFrom: row.recountedMovesFrom ?? 0,
          movesTo: row.recountedMovesTo ?? 0,
        };
  return { id, countId, lineNo, partId, lot, isToRecount, reason, first, second };
}

export async function findCountLine(
  sql: Sql,
  countId: string,
  partId: string,
  lot: string,
): Promise<CountLine | undefined> {
  const text = 'SELECT * FROM stock_count_lines WHERE count_id = ? AND part_id = ? AND lot = ?';
  const row = await sql.first<Row>(text, [countId, partId, lot]);
  return row && lineOf(row);
}

export async function linesOfCount(sql: Sql, countId: string): Promise<CountLine[]> {
  const rows = await sql.all<Row>('SELECT * FROM stock_count_lines WHERE count_id = ? ORDER BY line_no', [countId]);
  return rows.map(lineOf);
}

export async function nextLineNo(sql: Sql, countId: string): Promise<number> {
  const text = 'SELECT COALESCE(MAX(line_no), 0) AS last FROM stock_count_lines WHERE count_id = ?';
  return ((await sql.first<{ last: number }>(text, [countId]))?.last ?? 0) + 1;
}

export type LookedAt = Readonly<{ look: Look; byId: string; at: number }>;

export async function insertCountLine(
  trx: Transaction,
  line: Pick<CountLine, 'id' | 'countId' | 'lineNo' | 'partId' | 'lot'> & Readonly<{ unitId: string }>,
  first: LookedAt,
): Promise<void> {
  await trx.insert('stock_count_lines', { ...line, ...columnsOf(first), isToRecount: false, reason: '' });
}

const columnsOf = ({ look, byId, at }: LookedAt) => ({
  counted: look.quantity,
  countedExpected: look.expected,
  countedMovesFrom: look.movesFrom,
  countedMovesTo: look.movesTo,
  countedById: byId,
  countedAt: at,
});

const FIGURES = ['', '_expected', '_moves_from', '_moves_to', '_by_id', '_at'] as const;
const setText = (which: 'counted' | 'recounted'): string =>
  `UPDATE stock_count_lines SET ${FIGURES.map((figure) => `${which}${figure} = ?`).join(', ')} WHERE id = ?`;
const SET_FIRST = setText('counted');
const SET_SECOND = setText('recounted');

export async function setFirstLook(trx: Transaction, id: string, looked: LookedAt): Promise<void> {
  await trx.run(SET_FIRST, [...Object.values(columnsOf(looked)), id]);
}

/** Null: it has not been counted again yet. */
export async function setSecondLook(trx: Transaction, id: string, looked: LookedAt | null): Promise<void> {
  const values = looked === null ? FIGURES.map(() => null) : Object.values(columnsOf(looked));
  await trx.run(SET_SECOND, [...values, id]);
}

export async function removeCountLine(trx: Transaction, id: string): Promise<void> {
  await trx.run('DELETE FROM stock_count_lines WHERE id = ?', [id]);
}

/** To be counted again, whatever was counted a second time before. */
export async function askRecount(trx: Transaction, id: string): Promise<void> {
  await setSecondLook(trx, id, null);
  await trx.run('UPDATE stock_count_lines SET is_to_recount = 1 WHERE id = ?', [id]);
}

export async function notePosted(trx: Transaction, id: string, reason: string, value: number): Promise<void> {
  await trx.run('UPDATE stock_count_lines SET reason = ?, value = ? WHERE id = ?', [reason, value, id]);
}

type Place = Readonly<{ warehouseId: string; partId: string }>;

/** What the books say at this moment: of a lot what its moves add up to, of a part without any its balance. */
export async function shelfOf(sql: Sql, { warehouseId, partId }: Place, lot: string): Promise<Shelf> {
  const shelf =
    lot === ''
      ? await sql.first<Shelf>('SELECT quantity, moves FROM stock_balances WHERE warehouse_id = ? AND part_id = ?', [
          warehouseId,
          partId,
        ])
      : await sql.first<Shelf>(
          `SELECT COALESCE(SUM(quantity), 0) AS quantity, COUNT(*) AS moves FROM lot_moves
           WHERE warehouse_id = ? AND part_id = ? AND lot = ?`,
          [warehouseId, partId, lot],
        );
  return shelf ?? { quantity: 0, moves: 0 };
}

export type Worth = Readonly<{ balance: StockBalance; lastPrice: number }>;

/** What a part in a warehouse is worth: by its balance, and what was paid for one last, anywhere; 0 if it was never bought. */
export async function worthOf(sql: Sql, { warehouseId, partId }: Place): Promise<Worth> {
  const balance = await sql.first<StockBalance>(
    'SELECT quantity, value FROM stock_balances WHERE warehouse_id = ? AND part_id = ?',
    [warehouseId, partId],
  );
  if (balance && balance.quantity > 0) return { balance, lastPrice: 0 };
  const last = await sql.first<{ price: number }>(
    `SELECT m.price FROM stock_moves m JOIN stock_documents d ON d.id = m.document_id
     WHERE m.part_id = ? AND d.kind = 'receipt' ORDER BY m.at DESC, m.move_no DESC LIMIT 1`,
    [partId],
  );
  return { balance: { quantity: 0, value: 0 }, lastPrice: last?.price ?? 0 };
}
