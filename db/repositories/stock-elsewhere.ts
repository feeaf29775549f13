import { selectIn } from '../bulk.ts';
import type { Sql, Transaction } from '../store.ts';

/** Stock that a station doesn't hold: it asks its server, and keeps the last answer to each question with its time. */

/** A part in a warehouse of another unit, and when the server had last heard from there (ms UTC; null: it serves the unit itself). */
export type PartElsewhere = Readonly<{
  partId: string;
  unitId: string;
  unit: string;
  warehouse: string;
  /** Thousandths. */
  onHand: number;
  asOf: number | null;
}>;

type Question = Readonly<{ partId: string; askedAt: number; answeredAt: number | null; answer: string }>;

/** Asked again, the last answer stays until there is another. */
export async function askElsewhere(trx: Transaction, partId: string, now: number): Promise<void> {
  await trx.run(
    `INSERT INTO stock_questions (part_id, asked_at, answered_at, answer) VALUES (?, ?, NULL, '')
     ON CONFLICT (part_id) DO UPDATE SET asked_at = excluded.asked_at`,
    [partId, now],
  );
}

export type Elsewhere = Readonly<{
  isWaiting: boolean;
  askedAt: number;
  answeredAt: number | null;
  rows: readonly PartElsewhere[];
}>;

/** What was asked last about a part; undefined: nobody has. */
export async function elsewhereOf(sql: Sql, partId: string): Promise<Elsewhere | undefined> {
  const question = await sql.first<Question>('SELECT * FROM stock_questions WHERE part_id = ?', [partId]);
  if (!question) return undefined;
  const { askedAt, answeredAt, answer } = question;
  const rows = answer === '' ? [] : (JSON.parse(answer) as PartElsewhere[]);
  return { isWaiting: answeredAt === null || answeredAt < askedAt, askedAt, answeredAt, rows };
}

/** The parts that are asked about, and since when. */
export async function openQuestions(
  sql: Sql,
  limit: number,
): Promise<readonly Readonly<{ partId: string; askedAt: number }>[]> {
  return sql.all(
    `SELECT part_id, asked_at FROM stock_questions WHERE answered_at IS NULL OR answered_at < asked_at
     ORDER BY asked_at LIMIT ?`,
    [limit],
  );
}

/** @param at not before it was asked, whatever the clock has done since */
export async function noteAnswer(
  trx: Transaction,
  partId: string,
  rows: readonly PartElsewhere[],
  at: number,
): Promise<void> {
  await trx.run('UPDATE stock_questions SET answered_at = ?, answer = ? WHERE part_id = ?', [
    at,
    JSON.stringify(rows),
    partId,
  ]);
}

/** At the server: where these parts lie, without what they are worth. @param notOf the unit that asks: it knows its own */
export async function partsOfUnits(sql: Sql, partIds: readonly string[], notOf: string): Promise<PartElsewhere[]> {
  const text = `SELECT b.part_id, w.unit_id, u.name AS unit, w.name AS warehouse, b.quantity AS on_hand,
      (SELECT MAX(s.last_seen_at) FROM stations s WHERE s.unit_id = w.unit_id) AS as_of
    FROM stock_balances b JOIN warehouses w ON w.id = b.warehouse_id JOIN units u ON u.id = w.unit_id
    WHERE b.quantity > 0 AND u.is_active = 1 AND w.is_active = 1 AND b.part_id IN`;
  const rows = await selectIn<PartElsewhere>(sql, text, [...new Set(partIds)]);
  return rows
    .filter(({ unitId }) => unitId !== notOf)
    .toSorted((a, b) => (a.unit + a.warehouse < b.unit + b.warehouse ? -1 : 1));
}
