import type { Sql } from '../store.ts';

/** What keeps a part from being renamed, or from going into another one. */

/** Whether it was ever moved, as far as is known here. */
export async function hasMoved(sql: Sql, partId: string): Promise<boolean> {
  return (await sql.first('SELECT part_id FROM stock_balances WHERE part_id = ? LIMIT 1', [partId])) !== undefined;
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
] as const;

/** What the part is used for now; empty: nothing. */
export async function usesOf(sql: Sql, partId: string): Promise<string[]> {
  const found: string[] = [];
  for (const [rule, text] of USES) if (await sql.first(text, [partId])) found.push(rule);
  return found;
}
