import { expect, test } from 'vitest';
import type { Sql } from '#db/store.ts';
import { verifyStock } from '#db/repositories/stock-verify.ts';
import { createSample } from '#server/sample/create.ts';
import { createDatabase } from '../helpers/databases.ts';

const NOW = Date.parse('2026-03-15T06:00:00Z');

/** Of each a count: what somebody who opens it to learn should find. */
const SHOWN: Readonly<Record<string, string>> = {
  orders: 'SELECT COUNT(*) AS n FROM work_orders',
  purchases: "SELECT COUNT(*) AS n FROM purchases WHERE state = 'closed'",
  sales: "SELECT COUNT(*) AS n FROM stock_documents WHERE issue_kind = 'counter-sale'",
  technicianStock:
    "SELECT COUNT(*) AS n FROM stock_balances b JOIN warehouses w ON w.id = b.warehouse_id WHERE w.kind = 'technician' AND b.quantity > 0",
  serialNumbers: 'SELECT COUNT(*) AS n FROM lot_moves',
  oldPartsBack: "SELECT COUNT(*) AS n FROM old_part_entries WHERE kind = 'accepted'",
  counts: "SELECT COUNT(*) AS n FROM stock_counts WHERE state = 'posted'",
  countsToGoOnWith: "SELECT COUNT(*) AS n FROM stock_counts WHERE state = 'counting'",
  reservations: "SELECT COUNT(*) AS n FROM reservations WHERE state = 'open'",
  answers: 'SELECT COUNT(*) AS n FROM work_orders WHERE follow_up IS NOT NULL',
  awards: 'SELECT COUNT(*) AS n FROM pay_awards',
  appeals: 'SELECT COUNT(*) AS n FROM pay_appeals',
  paidPeriods: "SELECT COUNT(*) AS n FROM pay_periods WHERE state = 'paid'",
  monthLines: "SELECT COUNT(*) AS n FROM payslip_lines WHERE kind IN ('tier', 'satisfaction-month')",
};

async function missing(sql: Sql): Promise<string[]> {
  const names: string[] = [];
  for (const [name, text] of Object.entries(SHOWN))
    if (((await sql.first<{ n: number }>(text))?.n ?? 0) === 0) names.push(name);
  return names;
}

test('the sample company has something of everything to learn with, and its stock is right to the fen', async () => {
  const database = await createDatabase('sqlite');
  try {
    await createSample(database.store, { now: NOW, days: 35, onProgress: () => undefined });
    expect(await database.store.read(missing)).toEqual([]);
    expect((await database.store.read((sql) => verifyStock(sql))).differenceCount).toBe(0);
  } finally {
    await database.close();
  }
}, 120_000);
