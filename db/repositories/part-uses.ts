import type { Sql } from '../store.ts';

/** What keeps a part from being renamed, or from going into another one. */

/** Whether it was ever moved, as far as is known here. */
export async function hasMoved(sql: Sql, partId: string): Promise<boolean> {
  return (await sql.first('SELECT part_id FROM stock_balances WHERE part_id = ? LIMIT 1', [partId])) !== undefined;
}

/** What a station made is unknown to others for as long as its server hasn't got it. */
const SENT = `SELECT l.id FROM server_link l WHERE NOT EXISTS (SELECT 1 FROM change_log c
  WHERE c.table_name = 'parts' AND c.row_id = ? AND c.kind = 'insert' AND c.seq > l.pushed_seq)`;

/** Whether others may have moved it without its being known here: at a linked station what was sent, at the server anything. */
export async function mayBeMovedElsewhere(sql: Sql, partId: string): Promise<boolean> {
  if (await sql.first(SENT, [partId])) return true;
  return (await sql.first("SELECT id FROM stations WHERE state IN ('active', 'suspended') LIMIT 1")) !== undefined;
}

/** Each is a rule of `fieldRules`, and how a use of that kind is found. */
const USES = [
  ['hasStock', 'SELECT part_id FROM stock_balances WHERE part_id = ? AND quantity > 0 LIMIT 1'],
  ['isReserved', "SELECT id FROM reservations WHERE part_id = ? AND state = 'open' LIMIT 1"],
  [
    'isOnOpenOrder',
    `SELECT m.id FROM work_order_parts m JOIN work_orders o ON o.id = m.work_order_id
     WHERE m.part_id = ? AND o.state NOT IN ('settled', 'picked-up', 'closed', 'cancelled') LIMIT 1`,
  ],
  [
    'isInTransit',
    `SELECT m.id FROM stock_moves m JOIN stock_documents d ON d.id = m.document_id
     JOIN requests r ON r.id = d.request_id LEFT JOIN answers a ON a.request_id = r.id
     WHERE m.part_id = ? AND d.kind = 'issue' AND r.kind = 'transfer' AND a.id IS NULL LIMIT 1`,
  ],
  [
    'isOnPurchase',
    `SELECT l.id FROM purchase_lines l JOIN purchases p ON p.id = l.purchase_id
     WHERE l.part_id = ? AND p.state IN ('requested', 'approved', 'ordered') LIMIT 1`,
  ],
  [
    'isOnRequisition',
    `SELECT r.id FROM requests r LEFT JOIN answers a ON a.request_id = r.id
     WHERE r.kind = 'requisition' AND r.withdrawn_at IS NULL AND a.ended_at IS NULL AND COALESCE(a.decision, '') <> 'refused'
       AND r.content LIKE '%' || ? || '%' LIMIT 1`,
  ],
  [
    'isBeingCounted',
    `SELECT l.id FROM stock_count_lines l JOIN stock_counts c ON c.id = l.count_id
     WHERE l.part_id = ? AND c.state IN ('counting', 'recounting', 'counted') LIMIT 1`,
  ],
  [
    'isOwed',
    `SELECT o.id FROM old_parts o JOIN old_part_entries e ON e.old_part_id = o.id
     WHERE o.part_id = ? GROUP BY o.id HAVING SUM(e.quantity) > 0 LIMIT 1`,
  ],
] as const;

/** What the part is used for now; empty: nothing. */
export async function usesOf(sql: Sql, partId: string): Promise<string[]> {
  const found: string[] = [];
  for (const [rule, text] of USES) if (await sql.first(text, [partId])) found.push(rule);
  return found;
}
