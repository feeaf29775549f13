import {
  faultsOfBalance,
  NOTHING_MOVED,
  replayMove,
  type KeptBalance,
  type LedgerRule,
  type Replay,
} from '#domain/stock/replay.ts';
import type { Sql } from '../store.ts';
import {
  BEFORE_ALL,
  detailsAmong,
  LEDGER,
  type DocumentRule,
  type LedgerTuple,
  type MoveDetails,
} from './stock-ledger.ts';

/**
 * The whole ledger worked through against what is kept: balances, documents, material lines. A chunk of moves is held at a
 * time, and what is named of the differences.
 */

const CHUNK = 2000;
const MOST_NAMED = 100;

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

type Group = Place & { kept: KeptBalance | null; replay: Replay };

/** Returns how many moves there are. */
async function replayLedger(
  sql: Sql,
  found: Collection,
  told: (done: number) => void | Promise<void>,
): Promise<number> {
  let group: Group | undefined;
  let moves = 0;
  for await (const rows of sql.tuples<LedgerTuple>(LEDGER, [], CHUNK)) {
    const detailsOf = await detailsAmong(sql, rows);
    for (const row of rows) {
      const [partId, warehouseId, moveNo, quantity, value, price] = row;
      if (group?.partId !== partId || group.warehouseId !== warehouseId) {
        closeGroup(found, group);
        group = { partId, warehouseId, kept: null, replay: NOTHING_MOVED };
      }
      if (moveNo === BEFORE_ALL) group.kept = { quantity, value, moves: price };
      else {
        moves++;
        takeIn(found, group, row, detailsOf(row));
      }
    }
    await told(moves);
  }
  closeGroup(found, group);
  return moves;
}

function takeIn(
  found: Collection,
  group: Group,
  [partId, warehouseId, moveNo, quantity, value, price]: LedgerTuple,
  { kind, givenValue, drawnQuantity, drawnValue, documentFault }: MoveDetails,
): void {
  const move = { moveNo, quantity, value, price, kind, givenValue, drawnQuantity, drawnValue };
  const { after, faults } = replayMove(group.replay, move);
  group.replay = after;
  if (faults.length === 0 && documentFault === null) return;
  const at = { partId, warehouseId, moveNo };
  for (const fault of faults) note(found, { ...fault, ...at });
  // What the documents say is looked up when the difference is named.
  if (documentFault !== null) note(found, { rule: documentFault, expected: null, found: null, ...at });
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
