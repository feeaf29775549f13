import { DomainError } from '#domain/errors.ts';
import { drawFromBatches, requireLots, type Lot, type Tracking } from '#domain/stock/lots.ts';
import { selectIn } from '../bulk.ts';
import type { Sql, Transaction } from '../store.ts';
import { takeTurn } from './sequences.ts';
import type { StockDocument } from './stock.ts';

/** Serial and batch numbers: what lies where is the sum of the moves of its lot. */

type TrackedPart = Readonly<{ id: string; number: string; tracking: Tracking }>;

/** Those of the parts that are tracked by lot, by id. */
export async function trackedParts(sql: Sql, partIds: readonly string[]): Promise<ReadonlyMap<string, TrackedPart>> {
  const text = "SELECT id, number, tracking FROM parts WHERE tracking <> 'none' AND id IN";
  const found = await selectIn<TrackedPart>(sql, text, [...new Set(partIds)]);
  return new Map(found.map((part) => [part.id, part]));
}

type Place = Readonly<{ partId: string; warehouseId: string }>;

export type LotOnHand = Lot & Readonly<{ firstAt: number }>;

/** The lots of a part in a warehouse, the first that came first. */
export async function lotsOnHand(sql: Sql, { partId, warehouseId }: Place): Promise<LotOnHand[]> {
  return sql.all<LotOnHand>(
    `SELECT lot, SUM(quantity) AS quantity, MIN(at) AS first_at FROM lot_moves WHERE part_id = ? AND warehouse_id = ?
     GROUP BY lot HAVING SUM(quantity) > 0 ORDER BY first_at, lot`,
    [partId, warehouseId],
  );
}

export type LotPosting = Place & Readonly<{ isIn: boolean; quantity: number; line: number; lots?: readonly Lot[] }>;

/**
 * The lots of a posting, checked against where they lie; of a batch nobody named, the oldest. To be called after the balance
 * was changed: whoever moves the same part in the same warehouse waits there.
 * @throws DomainError as `requireLots`, `stock.lot-insufficient {line, part, lot, onHand, quantity}`,
 *   `stock.serial-elsewhere {line, part, lot, warehouse}`
 */
export async function lotsToMove(
  trx: Transaction,
  part: TrackedPart | undefined,
  posting: LotPosting,
): Promise<readonly Lot[]> {
  const { line, quantity, isIn } = posting;
  if (!part) {
    if (posting.lots?.length) throw new DomainError('stock.lots-not-tracked', { line, part: posting.partId });
    return [];
  }
  const isDrawn = !isIn && part.tracking === 'batch' && !posting.lots?.length;
  const lots = isDrawn ? drawFromBatches(await lotsOnHand(trx, posting), quantity) : (posting.lots ?? []);
  requireLots({ line, part: part.number, tracking: part.tracking, quantity }, lots);
  for (const lot of lots) await (isIn ? requireNowhere(trx, part, lot, line) : requireHere(trx, part, posting, lot));
  return lots;
}

/** A serial number is one piece: it comes in only while it lies nowhere. */
async function requireNowhere(trx: Transaction, part: TrackedPart, { lot }: Lot, line: number): Promise<void> {
  if (part.tracking !== 'serial') return;
  await takeTurn(trx, `lot ${part.id} ${lot}`);
  const place = await whereLies(trx, part.id, lot);
  if (place) throw new DomainError('stock.serial-elsewhere', { line, part: part.number, lot, warehouse: place.name });
}

async function requireHere(trx: Transaction, part: TrackedPart, posting: LotPosting, wanted: Lot): Promise<void> {
  const row = await trx.first<{ quantity: number }>(
    'SELECT COALESCE(SUM(quantity), 0) AS quantity FROM lot_moves WHERE part_id = ? AND lot = ? AND warehouse_id = ?',
    [part.id, wanted.lot, posting.warehouseId],
  );
  const onHand = row?.quantity ?? 0;
  if (onHand >= wanted.quantity) return;
  const where = { line: posting.line, part: part.number, lot: wanted.lot };
  const place = part.tracking === 'serial' ? await whereLies(trx, part.id, wanted.lot) : undefined;
  if (place) throw new DomainError('stock.serial-elsewhere', { ...where, warehouse: place.name });
  throw new DomainError('stock.lot-insufficient', { ...where, onHand, quantity: wanted.quantity });
}

/** The warehouse in which a serial number lies, as far as is known here. */
async function whereLies(sql: Sql, partId: string, lot: string): Promise<Readonly<{ name: string }> | undefined> {
  return sql.first<{ name: string }>(
    `SELECT w.name FROM (SELECT warehouse_id FROM lot_moves WHERE part_id = ? AND lot = ? GROUP BY warehouse_id
       HAVING SUM(quantity) > 0) l JOIN warehouses w ON w.id = l.warehouse_id LIMIT 1`,
    [partId, lot],
  );
}

export async function insertLotMoves(
  trx: Transaction,
  newId: () => string,
  move: Place & Readonly<{ id: string; unitId: string; at: number; isIn: boolean }>,
  lots: readonly Lot[],
): Promise<void> {
  const { id: moveId, unitId, at, partId, warehouseId, isIn } = move;
  for (const { lot, quantity } of lots) {
    const signed = isIn ? quantity : 0 - quantity;
    await trx.insert('lot_moves', { id: newId(), unitId, moveId, warehouseId, partId, lot, quantity: signed, at });
  }
}

/** The lots of each move of a document, by the move's id; quantities as they moved, not signed. */
export async function lotsOfDocument(sql: Sql, documentId: string): Promise<ReadonlyMap<string, Lot[]>> {
  const rows = await sql.all<Lot & { moveId: string }>(
    `SELECT l.move_id, l.lot, ABS(l.quantity) AS quantity FROM lot_moves l JOIN stock_moves m ON m.id = l.move_id
     WHERE m.document_id = ? ORDER BY l.lot`,
    [documentId],
  );
  const byMove = new Map<string, Lot[]>();
  for (const { moveId, ...lot } of rows) byMove.set(moveId, [...(byMove.get(moveId) ?? []), lot]);
  return byMove;
}

/** What the lines of a work order's material list hold, by line, in the order in which it was drawn. */
export async function lotsOfMaterial(sql: Sql, workOrderId: string): Promise<ReadonlyMap<string, readonly Lot[]>> {
  const rows = await sql.all<Lot & { lineId: string }>(
    `SELECT w.id AS line_id, l.lot, 0 - SUM(l.quantity) AS quantity
     FROM work_order_parts w JOIN stock_moves m ON m.work_order_part_id = w.id AND m.part_id = w.part_id
       AND m.warehouse_id = w.warehouse_id JOIN lot_moves l ON l.move_id = m.id
     WHERE w.work_order_id = ? GROUP BY w.id, l.lot HAVING SUM(l.quantity) < 0 ORDER BY MIN(l.at), l.lot`,
    [workOrderId],
  );
  return Map.groupBy(rows, ({ lineId }) => lineId);
}

export type LotMove = Readonly<{
  id: string;
  partId: string;
  partNumber: string;
  part: string;
  warehouse: string;
  documentId: string;
  documentNumber: string;
  kind: StockDocument['kind'];
  issueKind: StockDocument['issueKind'];
  /** Work order, supplier or recipient. */
  partner: string;
  movedOn: string;
  at: number;
  employee: string;
  /** Thousandths, signed. */
  quantity: number;
}>;

/** Every move of a serial or batch number, the last first. @param partId '' of any part */
export async function lotHistory(
  sql: Sql,
  { lot, partId, limit }: Readonly<{ lot: string; partId: string; limit: number }>,
): Promise<LotMove[]> {
  return sql.all<LotMove>(
    `SELECT l.id, l.part_id, p.number AS part_number, p.name AS part, w.name AS warehouse, m.document_id,
       d.number AS document_number, d.kind, d.issue_kind, COALESCE(o.number, s.name, d.recipient) AS partner,
       m.moved_on, l.at, COALESCE(e.name, d.employee_id) AS employee, l.quantity
     FROM lot_moves l JOIN stock_moves m ON m.id = l.move_id JOIN stock_documents d ON d.id = m.document_id
     JOIN parts p ON p.id = l.part_id JOIN warehouses w ON w.id = l.warehouse_id
     LEFT JOIN work_orders o ON o.id = d.work_order_id LEFT JOIN suppliers s ON s.id = d.supplier_id
     LEFT JOIN people e ON e.id = d.employee_id
     WHERE l.lot = ? AND (? = '' OR l.part_id = ?) ORDER BY l.at DESC, m.id DESC LIMIT ?`,
    [lot, partId, partId, limit],
  );
}

export type LotPlace = Readonly<{
  partId: string;
  partNumber: string;
  part: string;
  measure: string;
  warehouse: string;
  quantity: number;
}>;

/** Where a serial or batch number lies. @param partId '' of any part */
export async function placesOfLot(
  sql: Sql,
  { lot, partId }: Readonly<{ lot: string; partId: string }>,
): Promise<LotPlace[]> {
  return sql.all<LotPlace>(
    `SELECT l.part_id, p.number AS part_number, p.name AS part, p.measure, w.name AS warehouse, SUM(l.quantity) AS quantity
     FROM lot_moves l JOIN parts p ON p.id = l.part_id JOIN warehouses w ON w.id = l.warehouse_id
     WHERE l.lot = ? AND (? = '' OR l.part_id = ?)
     GROUP BY l.part_id, p.number, p.name, p.measure, l.warehouse_id, w.name HAVING SUM(l.quantity) <> 0
     ORDER BY p.number, w.name`,
    [lot, partId, partId],
  );
}
