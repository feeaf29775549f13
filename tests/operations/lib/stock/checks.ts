import { OLD_PART_SUMS } from '#db/repositories/old-parts.ts';
import { verifyStock } from '#db/repositories/stock-verify.ts';
import type { TestStation } from '#tests/helpers/station.ts';
import { exchange } from '#tests/helpers/two-units.ts';
import type { World } from './world.ts';

/** Everything a stock document, transfer, requisition or count writes, as a few figures: what is refused leaves them as they were. */
export async function traceOf({ stations }: World): Promise<string> {
  const figures = [];
  for (const station of stations) figures.push(await station.rows(TRACE));
  return JSON.stringify(figures);
}

const sums = (table: string, ...columns: readonly string[]) =>
  `SELECT '${table}' AS what, COUNT(*) AS rows, ${[0, 1, 2]
    .map((i) => `CAST(COALESCE(SUM(${columns[i] ?? '0'}), 0) AS bigint) AS s${i}`)
    .join(', ')} FROM ${table}`;

const TRACE = [
  sums('stock_balances', 'quantity', 'value', 'moves'),
  sums('stock_documents', 'at'),
  sums('stock_moves', 'quantity', 'value', 'move_no'),
  sums('lot_moves', 'quantity'),
  sums('requests', 'version'),
  sums('answers', 'version'),
  sums('work_order_parts', 'quantity', 'cost'),
  sums('work_orders', 'version'),
  sums('stock_counts', 'version'),
  sums('stock_count_lines', 'counted', 'recounted', 'is_to_recount'),
  sums('transfer_closures', 'quantity', 'value', 'charge'),
  sums('deposit_entries', 'amount'),
  sums('old_parts', 'quantity'),
  sums('old_part_entries', 'quantity', 'amount', 'credit'),
  sums('sequences', 'last'),
].join(' UNION ALL ');

/** What doesn't add up at either unit, or between the two once all has been carried. Empty when all is as it should be. */
export async function stockFaults(world: World): Promise<string[]> {
  const [a, b] = world.stations;
  await exchange(a, b);
  await exchange(a, b);
  const faults: string[] = [];
  for (const station of world.stations) {
    const { differences } = await station.store.read((sql) => verifyStock(sql));
    faults.push(...differences.map((one) => `verify: ${JSON.stringify(one)}`));
    for (const [what, sql] of Object.entries(CHECKS))
      for (const row of await station.rows(sql)) faults.push(`${what}: ${JSON.stringify(row)}`);
  }
  return [...faults, ...(await transitFaults(world)), ...(await depositFaults(world)), ...(await grantFaults(world))];
}

/** Each finds the rows that are wrong. */
const CHECKS: Readonly<Record<string, string>> = {
  'on hand is not the sum of its moves, or below nothing, or worth something without being there': `
    SELECT COALESCE(b.part_id, m.part_id) AS part, b.quantity, b.value, m.quantity AS moved, m.value AS moved_value
    FROM stock_balances b FULL JOIN (SELECT part_id, warehouse_id, SUM(quantity) AS quantity, SUM(value) AS value
      FROM stock_moves GROUP BY part_id, warehouse_id) m ON m.part_id = b.part_id AND m.warehouse_id = b.warehouse_id
    WHERE b.quantity IS NULL OR m.quantity IS NULL OR b.quantity <> m.quantity OR b.value <> m.value
      OR b.quantity < 0 OR b.value < 0 OR (b.quantity = 0 AND b.value <> 0)`,
  'serial and batch numbers do not make what is on hand': `
    SELECT b.part_id, b.warehouse_id, b.quantity, l.quantity AS lots FROM stock_balances b JOIN parts p ON p.id = b.part_id
    LEFT JOIN (SELECT part_id, warehouse_id, SUM(quantity) AS quantity FROM lot_moves GROUP BY part_id, warehouse_id) l
      ON l.part_id = b.part_id AND l.warehouse_id = b.warehouse_id
    WHERE p.tracking <> 'none' AND b.quantity <> COALESCE(l.quantity, 0)`,
  'a lot is below nothing, or a piece in two places': `
    SELECT l.part_id, l.lot, SUM(l.quantity) AS quantity FROM lot_moves l JOIN parts p ON p.id = l.part_id
    GROUP BY l.part_id, l.lot, p.tracking
    HAVING SUM(l.quantity) < 0 OR (p.tracking = 'serial' AND SUM(l.quantity) > 1000)`,
  'a lot is below nothing in a warehouse': `
    SELECT part_id, warehouse_id, lot FROM lot_moves GROUP BY part_id, warehouse_id, lot HAVING SUM(quantity) < 0`,
  'a posted count is not what its document moved': `
    SELECT c.number, l.value, m.value AS moved FROM stock_counts c
    LEFT JOIN (SELECT count_id, SUM(value) AS value FROM stock_count_lines GROUP BY count_id) l ON l.count_id = c.id
    LEFT JOIN (SELECT document_id, SUM(value) AS value FROM stock_moves GROUP BY document_id) m ON m.document_id = c.stock_document_id
    WHERE COALESCE(l.value, 0) <> COALESCE(m.value, 0) OR (c.state <> 'posted' AND c.stock_document_id IS NOT NULL)`,
  'a part is in two open counts of a warehouse': `
    SELECT c.warehouse_id, l.part_id FROM stock_count_lines l JOIN stock_counts c ON c.id = l.count_id
    WHERE c.state IN ('counting', 'recounting', 'counted')
    GROUP BY c.warehouse_id, l.part_id HAVING COUNT(DISTINCT c.id) > 1`,
  'more went back of a move than it moved': `
    SELECT m.id, m.quantity, m.value, SUM(b.quantity) AS back, SUM(b.value) AS value_back FROM stock_moves m
    JOIN stock_moves b ON b.returns_move_id = m.id GROUP BY m.id, m.quantity, m.value
    HAVING ABS(SUM(b.quantity)) > ABS(m.quantity) OR ABS(SUM(b.value)) > ABS(m.value)
      OR (SUM(b.quantity) + m.quantity = 0 AND m.quantity < 0 AND SUM(b.value) + m.value <> 0)`,
  'an old part is owed below nothing, beyond what left, or at another amount, or more became of it than came back': `
    SELECT o.number, o.quantity, s.* FROM old_parts o LEFT JOIN ${OLD_PART_SUMS} s ON s.old_part_id = o.id
    WHERE s.open IS NULL OR s.open < 0 OR s.open > o.quantity OR s.open_amount <> (CAST(s.open AS bigint) * o.unit_amount + 500) / 1000
      OR s.uninspected < 0 OR s.held < 0 OR s.uncredited < 0`,
  'what lies with the old parts is not what came back and is still here': `
    SELECT d.part_id, d.quantity, b.quantity AS lying, b.value FROM (
      SELECT o.unit_id, o.part_id, SUM(s.uninspected + s.held) AS quantity FROM old_parts o
      JOIN ${OLD_PART_SUMS} s ON s.old_part_id = o.id GROUP BY o.unit_id, o.part_id) d
    LEFT JOIN (SELECT w.unit_id, b.part_id, SUM(b.quantity) AS quantity, SUM(b.value) AS value FROM stock_balances b
      JOIN warehouses w ON w.id = b.warehouse_id WHERE w.kind = 'recovered-parts' GROUP BY w.unit_id, b.part_id) b
      ON b.unit_id = d.unit_id AND b.part_id = d.part_id
    WHERE d.quantity <> COALESCE(b.quantity, 0) OR COALESCE(b.value, 0) <> 0`,
};

type Worth = Readonly<{ quantity: number; value: number }>;

/**
 * In transit is what was shipped, less what was received and what came back, less what was lost: in all, and by what the units
 * say is on its way.
 */
async function transitFaults({ stations }: World): Promise<string[]> {
  let [left, said] = [NOTHING, NOTHING];
  for (const station of stations) {
    const [moved] = await station.rows<Worth>(
      `SELECT COALESCE(0 - SUM(m.quantity), 0) AS quantity, COALESCE(0 - SUM(m.value), 0) AS value FROM stock_moves m
       JOIN stock_documents d ON d.id = m.document_id WHERE d.request_id IS NOT NULL`,
    );
    const [lost] = await station.rows<Worth>(
      `SELECT COALESCE(0 - SUM(quantity), 0) AS quantity, COALESCE(0 - SUM(value), 0) AS value FROM transfer_closures
       WHERE decision IN ('written-off', 'charged') AND unit_id = ?`,
      [station.station.unitId],
    );
    left = plus(plus(left, moved ?? NOTHING), lost ?? NOTHING);
    said = plus(said, await onItsWayFrom(station));
  }
  const isSame = left.quantity === said.quantity && left.value === said.value;
  return isSame ? [] : [`in transit: left ${JSON.stringify(left)}, said ${JSON.stringify(said)}`];
}

const NOTHING: Worth = { quantity: 0, value: 0 };
const plus = (a: Worth, b: Worth): Worth => ({ quantity: a.quantity + b.quantity, value: a.value + b.value });

/** All of what has not arrived; of what arrived otherwise than it left, what is still to be decided about. */
async function onItsWayFrom(station: TestStation): Promise<Worth> {
  const { rows } = await station.run('transfers.inTransit', { limit: 500 });
  let worth = NOTHING;
  for (const { id, outcome } of rows.filter(({ isIncoming }) => !isIncoming)) {
    const { lines } = await station.run('transfers.get', { id });
    for (const line of lines) worth = plus(worth, outcome === 'differing' ? line.open : line);
  }
  return worth;
}

/**
 * What is held is what people were told, at both units; and each transfer cost its receiver's deposit what it was worth, less
 * what he doesn't have of it.
 */
async function depositFaults({ stations, book }: World): Promise<string[]> {
  const faults: string[] = [];
  for (const station of stations) {
    const [held] = await station.rows<{ amount: number }>(
      'SELECT CAST(COALESCE(SUM(amount), 0) AS bigint) AS amount FROM deposit_entries',
    );
    if (held?.amount !== book.deposits) faults.push(`deposits: ${held?.amount} held, ${book.deposits} by the book`);
  }
  return [...faults, ...(await chargeFaults(stations[1]))];
}

async function chargeFaults(centre: TestStation): Promise<string[]> {
  const charged = await centre.rows<{ id: string; amount: number }>(
    `SELECT request_id AS id, CAST(0 - SUM(amount) AS bigint) AS amount FROM deposit_entries
     WHERE request_id IS NOT NULL GROUP BY request_id`,
  );
  const faults: string[] = [];
  for (const { id, amount } of charged) {
    const { number, state, outcome, lines } = await centre.run('transfers.get', { id });
    const credited = await centre.rows<{ charge: number }>(
      "SELECT charge FROM transfer_closures WHERE request_id = ? AND kind <> 'surplus' AND decision <> 'charged'",
      [id],
    );
    const whole = lines.reduce((sum, { charge }) => sum + charge, 0);
    const kept = outcome === 'taken-back' ? 0 : whole - credited.reduce((sum, { charge }) => sum + charge, 0);
    if (amount !== kept) faults.push(`${number}, ${state}: ${amount} charged, and ${kept} by its lines`);
  }
  return faults;
}

/** Of a plan no more is shipped than was granted, and what is left of the grant is what was not shipped. */
async function grantFaults({ stations: [, centre] }: World): Promise<string[]> {
  const { rows } = await centre.run('requisitions.list', { box: 'in', limit: 500 });
  const faults: string[] = [];
  for (const { id, number } of rows) {
    const { lines } = await centre.run('requisitions.get', { id });
    for (const { granted, shipped, rest } of lines)
      if (shipped > granted.quantity || shipped + rest.quantity !== granted.quantity || rest.amount < 0)
        faults.push(`${number}: ${JSON.stringify({ granted, shipped, rest })}`);
  }
  return faults;
}
