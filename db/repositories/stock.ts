import { DomainError } from '#domain/errors.ts';
import { issue, withdraw, type StockBalance } from '#domain/stock/costing.ts';
import type { Buyer, IssueKind, OldPartIssueKind } from '#domain/stock/issues.ts';
import type { Lot } from '#domain/stock/lots.ts';
import { selectIn } from '../bulk.ts';
import type { Sql, Transaction } from '../store.ts';
import { insertLotMoves, lotsOfDocument, lotsToMove, trackedParts } from './lots.ts';

/** The stock ledger: every change of stock is a document with moves, posted here and nowhere else. */

/** Beside what the names say: `return` of what was issued, difference of a `count`, `recovery` of an old part. */
export type StockDocumentKind =
  | 'receipt'
  | 'issue'
  | 'material'
  | 'reversal'
  | 'return'
  | 'supplier-return'
  | 'count'
  | 'recovery';

export type StockDocument = Readonly<{
  id: string;
  unitId: string;
  number: string;
  kind: StockDocumentKind;
  issueKind: IssueKind | OldPartIssueKind | null;
  warehouseId: string | null;
  supplierId: string | null;
  workOrderId: string | null;
  recipient: string;
  note: string;
  movedOn: string;
  at: number;
  employeeId: string;
  reversesId: string | null;
  /** The transfer that the parts left for, arrived with, or came back from. */
  requestId?: string | null;
  /** The decision about a transfer with which some of it came back. */
  closesId?: string | null;
  /** The purchase order that was delivered. */
  purchaseId?: string | null;
  /** The issue or receipt whose parts go back. */
  returnsId?: string | null;
  /** The employee or unit that `recipient` names. */
  recipientId?: string | null;
  /** To whom a part was sold over the counter. */
  customerClass?: Buyer | null;
}>;

type PostingOf<Way> = Readonly<{
  way: Way;
  warehouseId: string;
  partId: string;
  /** Thousandths, above 0. */
  quantity: number;
  /** Fen for one: bought or sold at. */
  price: number;
  /** The line as the user counts it, from 1: refusals name it. */
  line: number;
  workOrderPartId?: string;
  purchaseLineId?: string;
  /** The move whose parts go back. */
  returnsMoveId?: string;
  /** Serial or batch numbers of a tracked part; of a batch that goes out, left out: the oldest. */
  lots?: readonly Lot[];
}>;

/** In with its value, out at the average of the moment, or a receipt out again with the value it came in with (fen). */
export type StockPosting = (PostingOf<'in' | 'withdraw'> & Readonly<{ value: number }>) | PostingOf<'out'>;

/**
 * Writes a document with its moves and brings the balances along. Only the unit itself moves what lies in its warehouses.
 * @returns what each posting moved, in fen and not negative
 * @throws DomainError `stock.insufficient {line, part, onHand, quantity}`, `document.of-another-unit`, `warehouse.closed {code}`,
 *   and of tracked parts
 *   as `lotsToMove`
 */
export async function postStock(
  trx: Transaction,
  newId: () => string,
  document: StockDocument,
  postings: readonly StockPosting[],
): Promise<number[]> {
  await trx.insert('stock_documents', document);
  const { id: documentId, unitId, movedOn, at } = document;
  await requireOwnWarehouses(trx, unitId, postings);
  const tracked = await trackedParts(
    trx,
    postings.map(({ partId }) => partId),
  );
  const values: number[] = [];
  for (const posting of postings) {
    const { warehouseId, partId, price, workOrderPartId = null, purchaseLineId, returnsMoveId } = posting;
    const { moveNo, value } = posting.way === 'in' ? await putIn(trx, posting) : await takeOut(trx, posting);
    values.push(value);
    const isIn = posting.way === 'in';
    const lots = await lotsToMove(trx, tracked.get(partId), { ...posting, isIn });
    const id = newId();
    await trx.insert('stock_moves', {
      id,
      unitId,
      documentId,
      lineNo: values.length,
      warehouseId,
      partId,
      quantity: isIn ? posting.quantity : 0 - posting.quantity,
      value: isIn ? value : 0 - value,
      price,
      movedOn,
      at,
      moveNo,
      workOrderPartId,
      purchaseLineId,
      returnsMoveId,
    });
    await insertLotMoves(trx, newId, { id, unitId, at, partId, warehouseId, isIn }, lots);
  }
  return values;
}

async function requireOwnWarehouses(
  trx: Transaction,
  unitId: string,
  postings: readonly StockPosting[],
): Promise<void> {
  const ids = [...new Set(postings.map(({ warehouseId }) => warehouseId))];
  if (ids.length === 0) return;
  const wrong = await trx.first<{ id: string; code: string; unitId: string }>(
    `SELECT id, code, unit_id FROM warehouses WHERE (unit_id <> ? OR is_active = 0)
       AND id IN (${ids.map(() => '?').join(', ')})`,
    [unitId, ...ids],
  );
  if (!wrong) return;
  if (wrong.unitId !== unitId) throw new DomainError('document.of-another-unit');
  // An empty one was closed: there is nothing to take out.
  throw new DomainError('warehouse.closed', { code: wrong.code });
}

/** Thousandths of a part in a warehouse; nobody moves it until the transaction has ended. */
export async function lockedQuantity(
  trx: Transaction,
  of: Readonly<{ warehouseId: string; partId: string }>,
): Promise<number> {
  const row = await trx.first<StockBalance>(
    `SELECT quantity FROM stock_balances WHERE warehouse_id = ? AND part_id = ?${trx.forUpdate}`,
    [of.warehouseId, of.partId],
  );
  return row?.quantity ?? 0;
}

/** Whether anything has ever been moved in a warehouse of these units. */
export async function haveStock(sql: Sql, unitIds: readonly string[]): Promise<boolean> {
  const text = `SELECT w.id FROM warehouses w WHERE EXISTS (SELECT 1 FROM stock_balances b WHERE b.warehouse_id = w.id)
    AND w.unit_id IN`;
  return (await selectIn(sql, text, unitIds)).length > 0;
}

type Moved = Readonly<{ moveNo: number; value: number }>;
type MovedBalance = StockBalance & Readonly<{ moves: number }>;

/** What comes in only adds to both totals, so nothing needs to be read before. */
async function putIn(
  trx: Transaction,
  { warehouseId, partId, quantity, value }: PostingOf<'in' | 'withdraw'> & { value: number },
): Promise<Moved> {
  const row = await trx.first<{ moves: number }>(
    `INSERT INTO stock_balances (warehouse_id, part_id, quantity, value, moves) VALUES (?, ?, ?, ?, 1)
     ON CONFLICT (warehouse_id, part_id) DO UPDATE SET quantity = stock_balances.quantity + excluded.quantity,
       value = stock_balances.value + excluded.value, moves = stock_balances.moves + 1 RETURNING moves`,
    [warehouseId, partId, quantity, value],
  );
  if (!row) throw new Error(`no balance of ${partId} in ${warehouseId}`);
  return { moveNo: row.moves, value };
}

async function takeOut(trx: Transaction, posting: StockPosting): Promise<Moved> {
  const { warehouseId, partId, quantity } = posting;
  const before = await trx.first<MovedBalance>(
    `SELECT quantity, value, moves FROM stock_balances WHERE warehouse_id = ? AND part_id = ?${trx.forUpdate}`,
    [warehouseId, partId],
  );
  if (!before || before.quantity < quantity) throw await insufficient(trx, posting, before?.quantity ?? 0);
  const { balance, value } =
    posting.way === 'out' ? issue(before, quantity) : withdraw(before, quantity, posting.value);
  await trx.run('UPDATE stock_balances SET quantity = ?, value = ?, moves = ? WHERE warehouse_id = ? AND part_id = ?', [
    balance.quantity,
    balance.value,
    before.moves + 1,
    warehouseId,
    partId,
  ]);
  return { moveNo: before.moves + 1, value };
}

/** Parts or warehouses that don't exist are told apart here, where it costs nothing to those who have enough. */
async function insufficient(trx: Transaction, posting: StockPosting, onHand: number): Promise<DomainError> {
  const { partId: id, line, quantity } = posting;
  const part = await trx.first<{ number: string }>('SELECT number FROM parts WHERE id = ?', [id]);
  if (!part) return new DomainError('not-found', { entity: 'part', id });
  return new DomainError('stock.insufficient', { line, part: part.number, onHand, quantity });
}

export type StockMove = Readonly<{
  id: string;
  lineNo: number;
  warehouseId: string;
  partId: string;
  quantity: number;
  value: number;
  price: number;
  purchaseLineId: string | null;
  workOrderPartId: string | null;
  returnsMoveId: string | null;
}>;

export type StockMoveWithLots = StockMove & Readonly<{ lots: readonly Lot[] }>;

export async function movesOfDocument(sql: Sql, documentId: string): Promise<StockMoveWithLots[]> {
  const moves = await sql.all<StockMove>(
    `SELECT id, line_no, warehouse_id, part_id, quantity, value, price, purchase_line_id, work_order_part_id,
       returns_move_id FROM stock_moves
     WHERE document_id = ? ORDER BY line_no`,
    [documentId],
  );
  const lots = await lotsOfDocument(sql, documentId);
  return moves.map((move) => ({ ...move, lots: lots.get(move.id) ?? [] }));
}

/** The number of the document that reverses this one. */
export async function reversalOf(sql: Sql, documentId: string): Promise<string | undefined> {
  const row = await sql.first<{ number: string }>('SELECT number FROM stock_documents WHERE reverses_id = ?', [
    documentId,
  ]);
  return row?.number;
}

/** The number of a document by which something of this one went back, and which stands. */
export async function returnOf(sql: Sql, documentId: string): Promise<string | undefined> {
  const row = await sql.first<{ number: string }>(
    `SELECT d.number FROM stock_documents d WHERE d.returns_id = ? AND d.kind <> 'reversal'
       AND NOT EXISTS (SELECT 1 FROM stock_documents r WHERE r.reverses_id = d.id) ORDER BY d.at LIMIT 1`,
    [documentId],
  );
  return row?.number;
}
