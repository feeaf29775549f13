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

/**
 * The whole ledger worked through against what is kept: balances, documents, material lines. A chunk of moves is held at a
 * time, and what is named of the differences.
 */

const CHUNK = 2000;
const MOST_NAMED = 100;

type Rule = LedgerRule | 'document-missing' | 'document-unit' | 'document-kind' | 'line-quantity' | 'line-cost';

/** Quantities in thousandths, values in fen; of units their codes, of documents the way a move goes. */
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
  await compareDocuments(sql, found);
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

/** Stands for a balance, so that it comes before the first of its moves. */
const BEFORE_ALL = -9_007_199_254_740_991;

/**
 * Every balance with its moves after it, in the order of their numbers. Most moves say themselves what fixes their value; the
 * documents of the few that don't are looked for beforehand, so that the others need no journey to theirs.
 */
const LEDGER = `WITH unusual AS MATERIALIZED (
    SELECT id, 'reversal' AS kind, reverses_id, NULL AS request_id FROM stock_documents WHERE reverses_id IS NOT NULL
    UNION ALL
    SELECT id, 'transfer', NULL, request_id FROM stock_documents
    WHERE request_id IS NOT NULL AND kind = 'receipt' AND reverses_id IS NULL)
  SELECT b.part_id, b.warehouse_id, ${BEFORE_ALL} AS move_no, b.quantity, b.value, b.moves AS price, 0 AS line_no,
    'balance' AS kind, NULL AS request_id, NULL AS given_value, 0 AS drawn_quantity, 0 AS drawn_value
  FROM stock_balances b
  UNION ALL
  SELECT m.part_id, m.warehouse_id, m.move_no, m.quantity, m.value, m.price, m.line_no,
    CASE WHEN u.id IS NOT NULL THEN u.kind WHEN m.work_order_part_id IS NOT NULL THEN 'material'
      WHEN m.quantity > 0 THEN 'receipt' ELSE 'issue' END,
    u.request_id, o.value, ${drawnBefore('quantity')}, ${drawnBefore('value')}
  FROM stock_moves m
  LEFT JOIN unusual u ON u.id = m.document_id
  LEFT JOIN stock_moves o ON o.document_id = u.reverses_id AND o.line_no = m.line_no
    AND o.part_id = m.part_id AND o.warehouse_id = m.warehouse_id AND o.quantity = 0 - m.quantity
  ORDER BY part_id, warehouse_id, move_no`;

/** What a material line held before a move put some of it back. The line is looked for by its id alone: it has few moves. */
function drawnBefore(figure: 'quantity' | 'value'): string {
  const isBefore = 'd.part_id = m.part_id AND d.warehouse_id = m.warehouse_id AND d.move_no < m.move_no';
  return `CASE WHEN m.quantity > 0 AND m.work_order_part_id IS NOT NULL THEN
    (SELECT 0 - SUM(CASE WHEN ${isBefore} THEN d.${figure} ELSE 0 END) FROM stock_moves d
     WHERE d.work_order_part_id = m.work_order_part_id) ELSE 0 END`;
}

type LedgerRow = Place &
  Omit<LedgerMove, 'kind'> &
  Readonly<{ kind: LedgerMove['kind'] | 'balance'; lineNo: number; requestId: string | null }>;

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
  for (const fault of faults) note(found, { ...fault, partId, warehouseId, moveNo: row.moveNo });
}

function closeGroup(found: Collection, group: Group | undefined): void {
  if (!group) return;
  const { partId, warehouseId, replay, kept } = group;
  for (const fault of faultsOfBalance(replay, kept)) note(found, { ...fault, partId, warehouseId, moveNo: null });
}

type ShippedValue = (move: LedgerRow) => number | null;
type Shipment = Readonly<{ lines: ReadonlyArray<Readonly<{ quantity: number; value: number }>> }>;

/** What a transfer's parts must be worth where they arrive, by its own document: line for line what they left with. */
async function shippedValues(sql: Sql, rows: readonly LedgerRow[]): Promise<ShippedValue> {
  const ids = new Set(rows.flatMap(({ requestId }) => requestId ?? []));
  const shipments = new Map<string, Shipment>();
  for (const id of ids) {
    const request = await sql.first<{ content: string }>('SELECT content FROM requests WHERE id = ?', [id]);
    if (request) shipments.set(id, JSON.parse(request.content) as Shipment);
  }
  return ({ requestId, lineNo, quantity }) => {
    const line = shipments.get(requestId ?? '')?.lines[lineNo - 1];
    return line?.quantity === quantity ? line.value : null;
  };
}

/** Receipts bring in, issues take out, and material is drawn for a line; a reversal goes the other way. */
const IS_OTHER_WAY = `(d.kind = 'receipt' AND m.quantity < 0 OR d.kind = 'issue' AND m.quantity > 0
  OR d.kind = 'material' AND m.work_order_part_id IS NULL OR d.kind <> 'material' AND m.work_order_part_id IS NOT NULL)`;

/** Moves in the order in which they were written, as their documents were. */
const DOCUMENTS = `SELECT m.part_id, m.warehouse_id, m.move_no, m.unit_id, d.id AS document_id, d.unit_id AS document_unit_id,
    d.kind, m.quantity, COALESCE(u.code, m.unit_id) AS unit, COALESCE(v.code, d.unit_id) AS document_unit
  FROM stock_moves m
  LEFT JOIN stock_documents d ON d.id = m.document_id
  LEFT JOIN units u ON u.id = m.unit_id
  LEFT JOIN units v ON v.id = d.unit_id
  WHERE d.id IS NULL OR d.unit_id <> m.unit_id OR ${IS_OTHER_WAY}`;

type DocumentRow = Place &
  Readonly<{
    moveNo: number;
    unitId: string;
    documentId: string | null;
    documentUnitId: string | null;
    kind: string;
    quantity: number;
    unit: string;
    documentUnit: string;
  }>;

async function compareDocuments(sql: Sql, found: Collection): Promise<void> {
  for await (const rows of sql.chunks<DocumentRow>(DOCUMENTS, [], CHUNK))
    for (const row of rows) {
      const { partId, warehouseId, moveNo } = row;
      note(found, { partId, warehouseId, moveNo, ...faultOfDocument(row) });
    }
}

function faultOfDocument(row: DocumentRow): Pick<Fault, 'rule' | 'expected' | 'found'> {
  if (row.documentId === null) return { rule: 'document-missing', expected: 1, found: 0 };
  if (row.documentUnitId !== row.unitId) return { rule: 'document-unit', expected: row.documentUnit, found: row.unit };
  return { rule: 'document-kind', expected: row.kind, found: row.quantity };
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
  const { rule, warehouseId, partId, expected, found } = fault;
  const warehouse = await sql.first<{ code: string }>('SELECT code FROM warehouses WHERE id = ?', [warehouseId]);
  const part = await sql.first<{ number: string }>('SELECT number FROM parts WHERE id = ?', [partId]);
  return {
    rule,
    warehouseId,
    warehouse: warehouse?.code ?? warehouseId,
    partId,
    part: part?.number ?? partId,
    ...(await whereOf(sql, fault)),
    expected,
    found,
  };
}

type Where = Pick<StockDifference, 'moveId' | 'moveNo' | 'documentNumber' | 'lineNo'>;

async function whereOf(sql: Sql, fault: Fault): Promise<Where> {
  if ('workOrder' in fault)
    return { moveId: null, moveNo: null, documentNumber: fault.workOrder, lineNo: fault.lineNo };
  const move =
    fault.moveNo === null
      ? undefined
      : await sql.first<Where>(
          `SELECT m.id AS move_id, m.move_no, d.number AS document_number, m.line_no
           FROM stock_moves m LEFT JOIN stock_documents d ON d.id = m.document_id
           WHERE m.part_id = ? AND m.warehouse_id = ? AND m.move_no = ?`,
          [fault.partId, fault.warehouseId, fault.moveNo],
        );
  return move ?? { moveId: null, moveNo: null, documentNumber: null, lineNo: null };
}
