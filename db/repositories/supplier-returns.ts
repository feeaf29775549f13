import type { Lot, Tracking } from '#domain/stock/lots.ts';
import type { Sql } from '../store.ts';

/** What of a receipt can still go back to its supplier. */

type ReturnableMove = Readonly<{
  id: string;
  lineNo: number;
  warehouseId: string;
  partId: string;
  partNumber: string;
  part: string;
  measure: string;
  tracking: Tracking;
  /** Thousandths, as received, and fen. */
  quantity: number;
  value: number;
  price: number;
  returned: number;
}>;

/** `lots`: serial and batch numbers that came with it and have not gone back. */
export type ReturnableLine = ReturnableMove & Readonly<{ lots: readonly Lot[] }>;

export async function returnableLines(sql: Sql, documentId: string): Promise<ReturnableLine[]> {
  const moves = await sql.all<ReturnableMove>(
    `SELECT m.id, m.line_no, m.warehouse_id, m.part_id, p.number AS part_number, p.name AS part, p.measure, p.tracking,
       m.quantity, m.value, m.price,
       COALESCE((SELECT 0 - SUM(r.quantity) FROM stock_moves r WHERE r.returns_move_id = m.id), 0) AS returned
     FROM stock_moves m JOIN parts p ON p.id = m.part_id WHERE m.document_id = ? ORDER BY m.line_no`,
    [documentId],
  );
  const lots = await lotsLeft(sql, documentId);
  return moves.map((move) => ({ ...move, lots: lots.get(move.id) ?? [] }));
}

async function lotsLeft(sql: Sql, documentId: string): Promise<ReadonlyMap<string, Lot[]>> {
  const rows = await sql.all<Lot & { moveId: string }>(
    `SELECT x.move_id, x.lot, SUM(x.quantity) AS quantity FROM (
       SELECT m.id AS move_id, l.lot, l.quantity FROM stock_moves m JOIN lot_moves l ON l.move_id = m.id
       WHERE m.document_id = ?
       UNION ALL
       SELECT m.id, l.lot, l.quantity FROM stock_moves m JOIN stock_moves r ON r.returns_move_id = m.id
       JOIN lot_moves l ON l.move_id = r.id WHERE m.document_id = ?
     ) x GROUP BY x.move_id, x.lot HAVING SUM(x.quantity) > 0 ORDER BY x.lot`,
    [documentId, documentId],
  );
  const byMove = new Map<string, Lot[]>();
  for (const { moveId, ...lot } of rows) byMove.set(moveId, [...(byMove.get(moveId) ?? []), lot]);
  return byMove;
}
