import type { Lot, Tracking } from '#domain/stock/lots.ts';
import type { Sql } from '../store.ts';

/** What of an issue is still out, and can come back. */

export type IssuedLine = Readonly<{
  moveId: string;
  lineNo: number;
  partId: string;
  part: string;
  tracking: Tracking;
  warehouseId: string;
  /** Thousandths, not signed. */
  issued: number;
  returned: number;
  /** Fen at cost of what is still out. */
  valueOut: number;
  /** Fen for one. */
  price: number;
}>;

export async function issuedLines(sql: Sql, documentId: string): Promise<IssuedLine[]> {
  return sql.all<IssuedLine>(
    `SELECT m.id AS move_id, m.line_no, m.part_id, p.number AS part, p.tracking, m.warehouse_id, 0 - m.quantity AS issued,
       COALESCE(r.quantity, 0) AS returned, 0 - m.value - COALESCE(r.value, 0) AS value_out, m.price
     FROM stock_moves m JOIN parts p ON p.id = m.part_id
     LEFT JOIN (SELECT b.returns_move_id, SUM(b.quantity) AS quantity, SUM(b.value) AS value FROM stock_moves b
                WHERE b.returns_move_id IN (SELECT a.id FROM stock_moves a WHERE a.document_id = ?)
                GROUP BY b.returns_move_id) r ON r.returns_move_id = m.id
     WHERE m.document_id = ? ORDER BY m.line_no`,
    [documentId, documentId],
  );
}

/** Serial and batch numbers that left with an issue and have not come back, by the move they left with. */
export async function lotsStillOut(sql: Sql, documentId: string): Promise<ReadonlyMap<string, readonly Lot[]>> {
  const rows = await sql.all<Lot & Readonly<{ moveId: string }>>(
    `SELECT COALESCE(m.returns_move_id, m.id) AS move_id, l.lot, 0 - SUM(l.quantity) AS quantity
     FROM lot_moves l JOIN stock_moves m ON m.id = l.move_id
     WHERE m.document_id = ? OR m.returns_move_id IN (SELECT a.id FROM stock_moves a WHERE a.document_id = ?)
     GROUP BY COALESCE(m.returns_move_id, m.id), l.lot HAVING SUM(l.quantity) < 0 ORDER BY 1, 2`,
    [documentId, documentId],
  );
  return Map.groupBy(rows, ({ moveId }) => moveId);
}
