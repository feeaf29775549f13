import {
  faultsOfBalance,
  NOTHING_MOVED,
  replayMove,
  type KeptBalance,
  type LedgerMove,
  type LedgerRule,
  type Replay,
} from '#domain/stock/replay.ts';
import type { Sql } from '../store.ts';
import { shippedValues, type ShippedValue } from './transit-values.ts';

/**
 * The whole ledger worked through against what is kept: balances, documents, material lines. A chunk of moves is held at a
 * time, and what is named of the differences.
 */

const CHUNK = 2000;
const MOST_NAMED = 100;

type DocumentRule = 'document-missing' | 'document-unit' | 'document-kind';
type Rule = LedgerRule | DocumentRule | 'line-quantity' | 'line-cost';

/** Quantities in thousandths, values in fen; of units their codes, of documents their kind. */
type Figure = number | string | null;

export type StockDifference = Readonly<{
  rule: Rule;
  warehouseId: string;
  /** Its code. */
  warehouse: string;
  partId: string;
  /** Its number. */
  part: string;
  /** Null where it is a balance or a material line that differs. */
  moveId: string | null;
  moveNo: number | null;
  /** Of the move's document, or of the work order; null of a balance. */
  documentNumber: string | null;
  lineNo: number | null;
  expected: Figure;
  found: Figure;
}>;

export type StockVerified = Readonly<{
  moves: number;
  balances: number;
  /** The first hundred. */
  differences: readonly StockDifference[];
  differenceCount: number;
}>;

/** How many moves have been worked through, of about how many. May take its time, or throw to end it. */
type Told = (done: number, of: number) => void | Promise<void>;

export async function verifyStock(sql: Sql, told: Told = () => undefined): Promise<StockVerified> {
  const kept = await sql.first<{ balances: number; moves: number }>(
    'SELECT COUNT(*) AS balances, COALESCE(SUM(moves), 0) AS moves FROM stock_balances',
  );
  const found = collection();
  const moves = await replayLedger(sql, found, (done) => told(done, Math.max(done, kept?.moves ?? 0)));
  await compareLines(sql, found);
  const differences: StockDifference[] = [];
  for (const fault of found.named) differences.push(await named(sql, fault));
  return { moves, balances: kept?.balances ?? 0, differences, differenceCount: found.count };
}

type Place = Readonly<{ warehouseId: string; partId: string }>;
type Fault = Place &
  Readonly<{ rule: Rule; expected: Figure; found: Figure }> &
  (Readonly<{ moveNo: number | null }> | Readonly<{ workOrder: string; lineNo: number }>);

type Collection = { readonly named: Fault[]; count: number };

const collection = (): Collection => ({ named: [], count: 0 });

function note(found: Collection, fault: Fault): void {
  found.count++;
  if (found.named.length < MOST_NAMED) found.named.push(fault);
}

/** The number of a balance, so that it comes before the first of its moves. */
const BEFORE_ALL = -9_007_199_254_740_991;

/** Receipts bring in, issues take out, and material is drawn for a line; a reversal goes the other way. */
const IS_OTHER_WAY = `(d.kind IN ('receipt', 'return', 'recovery') AND m.quantity < 0
  OR d.kind IN ('issue', 'supplier-return') AND m.quantity > 0
  OR d.kind IN ('return', 'supplier-return') AND m.returns_move_id IS NULL
  OR d.kind = 'material' AND m.work_order_part_id IS NULL OR d.kind <> 'material' AND m.work_order_part_id IS NOT NULL)`;

/**
 * Every balance with its moves after it, in the order of their numbers. SQLite is kept from the index of that order: by it the
 * moves would be fetched from all over the file, one by one. Read as they were written, beside their documents, and then
 * sorted, they are there sooner.
 */
const LEDGER = `SELECT b.part_id, b.warehouse_id, ${BEFORE_ALL} AS move_no, b.quantity, b.value, b.moves AS price, 0 AS line_no,
    'balance' AS kind, NULL AS document_fault, NULL AS request_id, NULL AS closes_id, NULL AS given_value,
    0 AS drawn_quantity, 0 AS drawn_value
  FROM stock_balances b
  UNION ALL
  SELECT COALESCE(m.part_id, ''), m.warehouse_id, m.move_no, m.quantity, m.value, m.price, m.line_no,
    CASE WHEN d.kind IN ('reversal', 'return', 'supplier-return') THEN d.kind WHEN d.kind = 'receipt' AND d.request_id IS NOT NULL THEN 'transfer'
      WHEN m.work_order_part_id IS NOT NULL THEN 'material' WHEN m.quantity > 0 THEN 'receipt' ELSE 'issue' END,
    CASE WHEN d.id IS NULL THEN 'document-missing' WHEN d.unit_id <> m.unit_id THEN 'document-unit'
      WHEN ${IS_OTHER_WAY} THEN 'document-kind' END,
    d.request_id, d.closes_id, CASE WHEN d.kind = 'supplier-return' THEN ${ofReturned('value')} ELSE o.value END,
    CASE d.kind WHEN 'return' THEN ${stillOut('quantity')} WHEN 'supplier-return' THEN ${ofReturned('quantity')}
      ELSE ${drawnBefore('quantity')} END,
    CASE d.kind WHEN 'return' THEN ${stillOut('value')} WHEN 'supplier-return' THEN 0 - ${returnedBefore('quantity')}
      ELSE ${drawnBefore('value')} END
  FROM stock_moves m
  LEFT JOIN stock_documents d ON d.id = m.document_id
  LEFT JOIN stock_moves o ON o.document_id = d.reverses_id AND o.line_no = m.line_no
    AND o.part_id = m.part_id AND o.warehouse_id = m.warehouse_id AND o.quantity = 0 - m.quantity
  ORDER BY part_id, warehouse_id, move_no`;

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

type LedgerRow = Place &
  Omit<LedgerMove, 'kind'> &
  Readonly<{
    kind: LedgerMove['kind'] | 'balance';
    lineNo: number;
    documentFault: DocumentRule | null;
    requestId: string | null;
    closesId: string | null;
  }>;

type Group = Place & { kept: KeptBalance | null; replay: Replay };

/** Returns how many moves there are. */
async function replayLedger(
  sql: Sql,
  found: Collection,
  told: (done: number) => void | Promise<void>,
): Promise<number> {
  let group: Group | undefined;
  let moves = 0;
  for await (const rows of sql.chunks<LedgerRow>(LEDGER, [], CHUNK)) {
    const shippedValue = await shippedValues(sql, rows);
    for (const row of rows) {
      if (group?.partId !== row.partId || group.warehouseId !== row.warehouseId) {
        closeGroup(found, group);
        group = { partId: row.partId, warehouseId: row.warehouseId, kept: null, replay: NOTHING_MOVED };
      }
      if (isMove(row)) moves++;
      takeIn(found, group, row, shippedValue);
    }
    await told(moves);
  }
  closeGroup(found, group);
  return moves;
}

type MoveRow = LedgerRow & LedgerMove;

const isMove = (row: LedgerRow): row is MoveRow => row.kind !== 'balance';

function takeIn(found: Collection, group: Group, row: LedgerRow, shippedValue: ShippedValue): void {
  if (!isMove(row)) {
    group.kept = { quantity: row.quantity, value: row.value, moves: row.price };
    return;
  }
  const move = row.kind === 'transfer' ? { ...row, givenValue: shippedValue(row) } : row;
  const { after, faults } = replayMove(group.replay, move);
  group.replay = after;
  const { partId, warehouseId } = group;
  const at = { partId, warehouseId, moveNo: row.moveNo };
  for (const fault of faults) note(found, { ...fault, ...at });
  // What the documents say is looked up when the difference is named.
  if (row.documentFault !== null) note(found, { rule: row.documentFault, expected: null, found: null, ...at });
}

function closeGroup(found: Collection, group: Group | undefined): void {
  if (!group) return;
  const { partId, warehouseId, replay, kept } = group;
  for (const fault of faultsOfBalance(replay, kept)) note(found, { ...fault, partId, warehouseId, moveNo: null });
}

/** Material lines whose quantity or cost isn't what their moves took out of stock. */
const LINES = `SELECT l.warehouse_id, l.part_id, w.number, l.line_no, l.quantity, l.cost,
    COALESCE(m.quantity, 0) AS moved_quantity, COALESCE(m.value, 0) AS moved_value
  FROM work_order_parts l JOIN work_orders w ON w.id = l.work_order_id
  LEFT JOIN (SELECT work_order_part_id, 0 - SUM(quantity) AS quantity, 0 - SUM(value) AS value
             FROM stock_moves WHERE work_order_part_id IS NOT NULL GROUP BY work_order_part_id) m
    ON m.work_order_part_id = l.id
  WHERE l.quantity <> COALESCE(m.quantity, 0) OR l.cost <> COALESCE(m.value, 0)
  ORDER BY w.number, l.line_no`;

type LineRow = Place &
  Readonly<{
    number: string;
    lineNo: number;
    quantity: number;
    cost: number;
    movedQuantity: number;
    movedValue: number;
  }>;

async function compareLines(sql: Sql, found: Collection): Promise<void> {
  for await (const rows of sql.chunks<LineRow>(LINES, [], CHUNK))
    for (const { partId, warehouseId, number: workOrder, lineNo, ...row } of rows) {
      const at = { partId, warehouseId, workOrder, lineNo };
      if (row.quantity !== row.movedQuantity)
        note(found, { ...at, rule: 'line-quantity', expected: row.movedQuantity, found: row.quantity });
      if (row.cost !== row.movedValue)
        note(found, { ...at, rule: 'line-cost', expected: row.movedValue, found: row.cost });
    }
}

/** With what people call it. Something that isn't there any more is called by its id. */
async function named(sql: Sql, fault: Fault): Promise<StockDifference> {
  const { rule, warehouseId, partId } = fault;
  const warehouse = await sql.first<{ code: string }>('SELECT code FROM warehouses WHERE id = ?', [warehouseId]);
  const part = await sql.first<{ number: string }>('SELECT number FROM parts WHERE id = ?', [partId]);
  const place = { warehouseId, warehouse: warehouse?.code ?? warehouseId, partId, part: part?.number ?? partId };
  const { expected, found } = fault;
  if ('workOrder' in fault) {
    const { workOrder, lineNo } = fault;
    return { rule, ...place, moveId: null, moveNo: null, documentNumber: workOrder, lineNo, expected, found };
  }
  const move = fault.moveNo === null ? undefined : await moveOf(sql, fault, fault.moveNo);
  return { rule, ...place, ...whereOf(move), ...(figuresOfDocument(rule, move) ?? { expected, found }) };
}

type NamedMove = Readonly<{
  id: string;
  moveNo: number;
  lineNo: number;
  quantity: number;
  documentNumber: string | null;
  kind: string | null;
  unit: string;
  documentUnit: string | null;
}>;

async function moveOf(sql: Sql, { partId, warehouseId }: Place, moveNo: number): Promise<NamedMove | undefined> {
  return sql.first<NamedMove>(
    `SELECT m.id, m.move_no, m.line_no, m.quantity, d.number AS document_number, d.kind,
       COALESCE(u.code, m.unit_id) AS unit, COALESCE(v.code, d.unit_id) AS document_unit
     FROM stock_moves m LEFT JOIN stock_documents d ON d.id = m.document_id
     LEFT JOIN units u ON u.id = m.unit_id LEFT JOIN units v ON v.id = d.unit_id
     WHERE m.part_id = ? AND m.warehouse_id = ? AND m.move_no = ?`,
    [partId, warehouseId, moveNo],
  );
}

function whereOf(
  move: NamedMove | undefined,
): Pick<StockDifference, 'moveId' | 'moveNo' | 'documentNumber' | 'lineNo'> {
  if (!move) return { moveId: null, moveNo: null, documentNumber: null, lineNo: null };
  const { id: moveId, moveNo, documentNumber, lineNo } = move;
  return { moveId, moveNo, documentNumber, lineNo };
}

function figuresOfDocument(
  rule: Rule,
  move: NamedMove | undefined,
): Pick<StockDifference, 'expected' | 'found'> | undefined {
  if (rule === 'document-missing') return { expected: 1, found: 0 };
  if (rule === 'document-unit') return { expected: move?.documentUnit ?? null, found: move?.unit ?? null };
  if (rule === 'document-kind') return { expected: move?.kind ?? null, found: move?.quantity ?? null };
  return undefined;
}
