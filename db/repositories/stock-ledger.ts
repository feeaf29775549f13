import type { LedgerMove } from '#domain/stock/replay.ts';
import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';
import { shippedValues } from './transit-values.ts';

/**
 * The ledger as it is read to be worked through. Of most moves a few figures say all; what has to be asked about the others is
 * asked for them alone.
 */

export type DocumentRule = 'document-missing' | 'document-unit' | 'document-kind';

/** The number of a balance, so that it comes before the first of its moves. */
export const BEFORE_ALL = -9_007_199_254_740_991;

/** Bought or found, taken out or drawn for a line, by a document of the same unit: nothing else fixes what they are worth. */
const IS_PLAIN = `(d.unit_id = m.unit_id AND (m.work_order_part_id IS NULL
    AND (d.kind = 'issue' AND m.quantity < 0 OR d.kind = 'receipt' AND d.request_id IS NULL AND m.quantity > 0
      OR d.kind = 'count' OR d.kind = 'recovery' AND m.quantity > 0)
  OR d.kind = 'material' AND m.work_order_part_id IS NOT NULL AND m.quantity < 0))`;

/**
 * Every balance (without a price, with how many moves it has had) with its moves after it, in the order of their numbers; an id
 * is that of a move that isn't plain. SQLite is kept from the index of that order: by it the moves would be fetched from all over
 * the file, one by one. Read as they were written, beside their documents, and then sorted, they are there sooner.
 */
export const LEDGER = `SELECT b.part_id, b.warehouse_id, ${BEFORE_ALL} AS move_no, b.quantity, b.value, b.moves AS price, NULL AS id
  FROM stock_balances b
  UNION ALL
  SELECT COALESCE(m.part_id, ''), m.warehouse_id, m.move_no, m.quantity, m.value, m.price, CASE WHEN ${IS_PLAIN} THEN NULL ELSE m.id END
  FROM stock_moves m LEFT JOIN stock_documents d ON d.id = m.document_id
  ORDER BY part_id, warehouse_id, move_no`;

export type LedgerTuple = readonly [
  partId: string,
  warehouseId: string,
  moveNo: number,
  quantity: number,
  value: number,
  price: number,
  id: string | null,
];

/** What else fixes the value of a move, and what is wrong with its document. */
export type MoveDetails = Pick<LedgerMove, 'kind' | 'givenValue' | 'drawnQuantity' | 'drawnValue'> &
  Readonly<{ documentFault: DocumentRule | null }>;

const PLAIN = { givenValue: null, drawnQuantity: 0, drawnValue: 0, documentFault: null } as const;
const PLAIN_IN: MoveDetails = { ...PLAIN, kind: 'receipt' };
const PLAIN_OUT: MoveDetails = { ...PLAIN, kind: 'issue' };

/** Receipts bring in, issues take out, and material is drawn for a line; a reversal goes the other way. */
const IS_OTHER_WAY = `(d.kind IN ('receipt', 'return', 'recovery') AND m.quantity < 0
  OR d.kind IN ('issue', 'supplier-return') AND m.quantity > 0
  OR d.kind IN ('return', 'supplier-return') AND m.returns_move_id IS NULL
  OR d.kind = 'material' AND m.work_order_part_id IS NULL OR d.kind <> 'material' AND m.work_order_part_id IS NOT NULL)`;

/**
 * The value of the move that a reversal undoes: the same line of the document, the other way. It is looked for by its document,
 * whose lines are few, and not by its part, which may have moved thousands of times.
 */
const UNDONE_VALUE = `(SELECT o.value FROM stock_moves o WHERE o.document_id = d.reverses_id AND o.line_no = m.line_no
  AND o.part_id || '' = m.part_id AND o.warehouse_id = m.warehouse_id AND o.quantity = 0 - m.quantity)`;

const DETAILS = `SELECT m.id, m.quantity, m.line_no,
    CASE WHEN d.kind IN ('reversal', 'return', 'supplier-return') THEN d.kind WHEN d.kind = 'receipt' AND d.request_id IS NOT NULL THEN 'transfer'
      WHEN m.work_order_part_id IS NOT NULL THEN 'material' WHEN m.quantity > 0 THEN 'receipt' ELSE 'issue' END AS kind,
    CASE WHEN d.id IS NULL THEN 'document-missing' WHEN d.unit_id <> m.unit_id THEN 'document-unit'
      WHEN ${IS_OTHER_WAY} THEN 'document-kind' END AS document_fault,
    d.request_id, d.closes_id, CASE d.kind WHEN 'supplier-return' THEN ${ofReturned('value')} WHEN 'reversal' THEN ${UNDONE_VALUE} END AS given_value,
    CASE d.kind WHEN 'return' THEN ${stillOut('quantity')} WHEN 'supplier-return' THEN ${ofReturned('quantity')}
      ELSE ${drawnBefore('quantity')} END AS drawn_quantity,
    CASE d.kind WHEN 'return' THEN ${stillOut('value')} WHEN 'supplier-return' THEN 0 - ${returnedBefore('quantity')}
      ELSE ${drawnBefore('value')} END AS drawn_value
  FROM stock_moves m LEFT JOIN stock_documents d ON d.id = m.document_id WHERE m.id IN`;

/** A figure of the move whose parts go back. */
function ofReturned(figure: 'quantity' | 'value'): string {
  return `(SELECT r.${figure} FROM stock_moves r WHERE r.id = m.returns_move_id)`;
}

/** What of it had gone back before, signed as it moved. */
function returnedBefore(figure: 'quantity' | 'value'): string {
  return `COALESCE((SELECT SUM(r.${figure}) FROM stock_moves r
    WHERE r.returns_move_id = m.returns_move_id AND r.move_no < m.move_no), 0)`;
}

/** Of what was issued, what had not come back before a move. */
function stillOut(figure: 'quantity' | 'value'): string {
  return `0 - ${ofReturned(figure)} - ${returnedBefore(figure)}`;
}

/** What a material line held before a move put some of it back. The line is looked for by its id alone: it has few moves. */
function drawnBefore(figure: 'quantity' | 'value'): string {
  const isBefore = 'l.part_id = m.part_id AND l.warehouse_id = m.warehouse_id AND l.move_no < m.move_no';
  return `CASE WHEN m.quantity > 0 AND m.work_order_part_id IS NOT NULL THEN
    (SELECT 0 - SUM(CASE WHEN ${isBefore} THEN l.${figure} ELSE 0 END) FROM stock_moves l
     WHERE l.work_order_part_id = m.work_order_part_id) ELSE 0 END`;
}

type DetailsRow = MoveDetails &
  Readonly<{ id: string; quantity: number; lineNo: number; requestId: string | null; closesId: string | null }>;

/** Of each of these moves; a balance's are never asked for. */
export async function detailsAmong(sql: Sql, rows: readonly LedgerTuple[]): Promise<(row: LedgerTuple) => MoveDetails> {
  const ids: string[] = [];
  for (const row of rows) if (row[6] !== null) ids.push(row[6]);
  const found = ids.length > 0 ? await selectIn<DetailsRow>(sql, DETAILS, ids) : [];
  const shippedValue = await shippedValues(sql, found);
  const byId = new Map<string, MoveDetails>();
  for (const row of found) byId.set(row.id, row.kind === 'transfer' ? { ...row, givenValue: shippedValue(row) } : row);
  return ([, , , quantity, , , id]) =>
    (id === null ? undefined : byId.get(id)) ?? (quantity > 0 ? PLAIN_IN : PLAIN_OUT);
}
