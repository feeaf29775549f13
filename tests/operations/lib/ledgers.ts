import type { TestStation } from '#tests/helpers/station.ts';

/** What doesn't add up: stock, states, money, pay. Empty when all is as it should be. */
export async function ledgerFaults(station: TestStation): Promise<string[]> {
  const { difference } = await station.run('stock.verify', {});
  const faults = difference ? [`stock: ${JSON.stringify(difference)}`] : [];
  for (const [what, sql] of Object.entries(CHECKS))
    for (const row of await station.rows(sql)) faults.push(`${what}: ${JSON.stringify(row)}`);
  return faults;
}

/** Each finds the rows that are wrong. */
const CHECKS: Readonly<Record<string, string>> = {
  'balance is not the sum of its moves': `SELECT b.part_id, b.quantity, b.value, SUM(m.quantity) AS moved, SUM(m.value) AS moved_value
    FROM stock_balances b LEFT JOIN stock_moves m ON m.part_id = b.part_id AND m.warehouse_id = b.warehouse_id
    GROUP BY b.part_id, b.warehouse_id, b.quantity, b.value
    HAVING b.quantity <> COALESCE(SUM(m.quantity), 0) OR b.value <> COALESCE(SUM(m.value), 0)`,
  'order to a supplier came whole and is still open': `SELECT o.number FROM purchases o WHERE o.state = 'ordered' AND NOT EXISTS
    (SELECT 1 FROM purchase_lines l WHERE l.purchase_id = o.id AND l.quantity >
      (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_moves m WHERE m.purchase_line_id = l.id))`,
  'more went back to a supplier than came': `SELECT m.id, m.quantity, SUM(r.quantity) AS returned FROM stock_moves m
    JOIN stock_moves r ON r.returns_move_id = m.id JOIN stock_documents d ON d.id = r.document_id
    WHERE d.kind IN ('supplier-return', 'reversal') GROUP BY m.id, m.quantity HAVING m.quantity + SUM(r.quantity) < 0`,
  "order's state is not its last step": `SELECT o.number, o.state, s.to_state FROM work_orders o
    JOIN work_order_states s ON s.work_order_id = o.id
      AND s.step = (SELECT MAX(x.step) FROM work_order_states x WHERE x.work_order_id = o.id)
    WHERE s.to_state <> o.state`,
  'history has a gap': `SELECT work_order_id, COUNT(*) AS steps, MAX(step) AS last FROM work_order_states
    GROUP BY work_order_id HAVING COUNT(*) <> MAX(step) OR MIN(step) <> 1`,
  'order is settled without a settlement in force, or the other way round': `SELECT number, state FROM work_orders
    WHERE origin_key IS NULL AND ((state IN ('settled', 'picked-up', 'closed')) <> (settlement_id IS NOT NULL))`,
  'settled order was not paid what it costs': `SELECT o.number, s.total FROM work_orders o JOIN settlements s ON s.id = o.settlement_id
    WHERE s.total <> (SELECT COALESCE(SUM(e.amount), 0) FROM customer_entries e WHERE e.work_order_id = o.id)`,
  'settlement stands twice': `SELECT work_order_id FROM settlements s WHERE reverses_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM settlements r WHERE r.reverses_id = s.id)
    GROUP BY work_order_id HAVING COUNT(*) > 1`,
  'less than nothing was received': `SELECT work_order_id FROM customer_entries GROUP BY work_order_id HAVING SUM(amount) < 0`,
  'pay stands for work that is not audited': `SELECT o.number, o.state, SUM(e.amount) AS amount FROM pay_entries e JOIN work_orders o ON o.id = e.work_order_id
    WHERE o.audited_on IS NULL GROUP BY o.id, o.number, o.state HAVING SUM(e.amount) <> 0`,
  'payslip is not the sum of its lines': `SELECT s.id, s.net, SUM(l.amount) AS lines FROM payslips s LEFT JOIN payslip_lines l ON l.payslip_id = s.id
    GROUP BY s.id, s.net, s.carried_out
    HAVING s.net <> COALESCE(SUM(l.amount), 0) + s.carried_out`,
  'less than nothing is owed, held or sent of an old part': `SELECT old_part_id FROM old_part_entries GROUP BY old_part_id
    HAVING SUM(quantity) < 0 OR SUM(amount) < 0
      OR SUM(CASE kind WHEN 'returned' THEN pieces WHEN 'accepted' THEN -pieces WHEN 'rejected' THEN -pieces ELSE 0 END) < 0
      OR SUM(CASE kind WHEN 'accepted' THEN pieces WHEN 'scrapped' THEN -pieces WHEN 'sent' THEN -pieces ELSE 0 END) < 0
      OR SUM(CASE kind WHEN 'sent' THEN pieces WHEN 'credited' THEN -pieces ELSE 0 END) < 0`,
  'periods overlap': `SELECT a.from_on, b.from_on AS other FROM pay_periods a JOIN pay_periods b
    ON a.id < b.id AND a.unit_id = b.unit_id AND a.from_on <= b.to_on AND b.from_on <= a.to_on`,
};
