import {
  differenceOfBalance,
  isDifference,
  nothingMoved,
  replayMove,
  type Difference,
  type LedgerMove,
  type Replay,
} from '#domain/stock/replay.ts';
import type { Sql } from '../store.ts';

/** The whole ledger worked through, a page at a time, against the balances that are kept. */

const PAGE = 5000;

type Balance = Readonly<{ warehouseId: string; partId: string; quantity: number; value: number; moves: number }>;
export type Verified = Readonly<{ moves: number; balances: number; difference: Difference | null }>;

/** Stops at the first difference. Holds one page of moves and the lines of one part at a time. */
export async function verifyLedger(sql: Sql): Promise<Verified> {
  const kept = await sql.all<Balance>('SELECT warehouse_id, part_id, quantity, value, moves FROM stock_balances');
  const unseen = new Map(kept.map((balance) => [keyOf(balance), balance]));
  let seen = 0;
  let last: LedgerMove | undefined;
  let state: Replay = nothingMoved();
  const found = (difference: Difference): Verified => ({ moves: seen, balances: kept.length, difference });
  for (;;) {
    const page = await movesAfter(sql, last);
    const shippedValue = await shippedValues(sql, page);
    for (const row of page) {
      const move = { ...row, shippedValue: shippedValue(row) };
      if (last && keyOf(last) !== keyOf(move)) {
        const difference = closeGroup(unseen, last, state);
        if (difference) return found(difference);
        state = nothingMoved();
      }
      const next = replayMove(state, move);
      if (isDifference(next)) return found(next);
      state = next;
      last = move;
      seen++;
    }
    if (page.length < PAGE) break;
  }
  const difference = (last && closeGroup(unseen, last, state)) ?? unmoved(unseen) ?? (await firstWrongLine(sql));
  return { moves: seen, balances: kept.length, difference: difference ?? null };
}

function keyOf({ warehouseId, partId }: Readonly<{ warehouseId: string; partId: string }>): string {
  return `${partId} ${warehouseId}`;
}

function closeGroup(unseen: Map<string, Balance>, at: LedgerMove, state: Replay): Difference | undefined {
  const kept = unseen.get(keyOf(at)) ?? { quantity: 0, value: 0, moves: 0 };
  unseen.delete(keyOf(at));
  return differenceOfBalance(at, state, kept);
}

/** A balance without any move. */
function unmoved(unseen: ReadonlyMap<string, Balance>): Difference | undefined {
  for (const balance of unseen.values()) {
    const difference = differenceOfBalance(balance, nothingMoved(), balance);
    if (difference) return difference;
  }
  return undefined;
}

type MoveRow = Omit<LedgerMove, 'shippedValue'> & Readonly<{ requestId: string | null }>;

async function movesAfter(sql: Sql, last: LedgerMove | undefined): Promise<MoveRow[]> {
  return sql.all<MoveRow>(
    `SELECT m.warehouse_id, m.part_id, m.move_no, m.quantity, m.value, m.price, d.kind, d.number AS document_number,
       m.line_no, m.work_order_part_id, d.request_id, o.value AS reversed_value
     FROM stock_moves m JOIN stock_documents d ON d.id = m.document_id
     LEFT JOIN stock_moves o ON o.document_id = d.reverses_id AND o.line_no = m.line_no
     WHERE (m.part_id, m.warehouse_id, m.move_no) > (?, ?, ?)
     ORDER BY m.part_id, m.warehouse_id, m.move_no LIMIT ?`,
    [last?.partId ?? '', last?.warehouseId ?? '', last?.moveNo ?? 0, PAGE],
  );
}

type Shipment = Readonly<{ lines: ReadonlyArray<Readonly<{ quantity: number; value: number }>> }>;

/**
 * What a transfer's parts must be worth where they arrive, by its own document: line for line what they left with. NaN where
 * the document says nothing of the kind, so that no value is right.
 */
async function shippedValues(sql: Sql, page: readonly MoveRow[]): Promise<(move: MoveRow) => number | null> {
  const ids = [...new Set(page.flatMap(({ kind, requestId }) => (kind === 'receipt' && requestId) || []))];
  const shipments = new Map<string, Shipment>();
  for (const id of ids) {
    const request = await sql.first<{ content: string }>('SELECT content FROM requests WHERE id = ?', [id]);
    if (request) shipments.set(id, JSON.parse(request.content) as Shipment);
  }
  return ({ kind, requestId, lineNo, quantity }) => {
    if (kind !== 'receipt' || requestId === null) return null;
    const line = shipments.get(requestId)?.lines[lineNo - 1];
    return line?.quantity === quantity ? line.value : Number.NaN;
  };
}

/** A material line whose quantity or cost isn't what its moves took out of stock. */
async function firstWrongLine(sql: Sql): Promise<Difference | undefined> {
  const row = await sql.first<{
    warehouseId: string;
    partId: string;
    number: string;
    lineNo: number;
    quantity: number;
    cost: number;
    movedQuantity: number;
    movedValue: number;
  }>(
    `SELECT l.warehouse_id, l.part_id, w.number, l.line_no, l.quantity, l.cost,
       COALESCE(m.quantity, 0) AS moved_quantity, COALESCE(m.value, 0) AS moved_value
     FROM work_order_parts l JOIN work_orders w ON w.id = l.work_order_id
     LEFT JOIN (SELECT work_order_part_id, 0 - SUM(quantity) AS quantity, 0 - SUM(value) AS value
                FROM stock_moves WHERE work_order_part_id IS NOT NULL GROUP BY work_order_part_id) m
       ON m.work_order_part_id = l.id
     WHERE l.quantity <> COALESCE(m.quantity, 0) OR l.cost <> COALESCE(m.value, 0)
     ORDER BY w.number, l.line_no LIMIT 1`,
  );
  if (!row) return undefined;
  const { warehouseId, partId, number: documentNumber, lineNo } = row;
  const at = { warehouseId, partId, documentNumber, lineNo };
  return row.quantity === row.movedQuantity
    ? { ...at, what: 'value', expected: row.movedValue, found: row.cost }
    : { ...at, what: 'quantity', expected: row.movedQuantity, found: row.quantity };
}
