import { countedOf, partOf, type Count, type InTransit } from '#domain/stock/transit.ts';
import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';

/** What parts must be worth where they arrive of a transfer or come back of it, by the documents of the transfer itself. */

type Arrived = Readonly<{ requestId: string | null; closesId: string | null; lineNo: number; quantity: number }>;

/** Fen; null where nothing says so. */
export type ShippedValue = (move: Arrived) => number | null;

type Kind = Readonly<{ kind: string }>;
type Worth = Readonly<{ quantity: number; value: number }>;

/** Line for line what they left with, as far as it arrived; of what came back by a decision, what was decided about. */
export async function shippedValues(sql: Sql, rows: readonly (Arrived & Kind)[]): Promise<ShippedValue> {
  const arrivals = rows.filter(({ kind }) => kind === 'transfer');
  const shipments = await arrivedOf(sql, idsOf(arrivals.map((row) => (row.closesId === null ? row.requestId : null))));
  const closures = await closed(sql, idsOf(arrivals.map(({ closesId }) => closesId)));
  return ({ requestId, closesId, lineNo, quantity }) => {
    const worth = closesId === null ? shipments.get(requestId ?? '')?.[lineNo - 1] : closures.get(closesId);
    return worth?.quantity === quantity ? worth.value : null;
  };
}

const idsOf = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

async function arrivedOf(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Worth[]>> {
  const found = await selectIn<{ id: string; content: string; counted: string | null }>(
    sql,
    `SELECT r.id, r.content, CASE a.decision WHEN 'accepted' THEN a.content END AS counted
     FROM requests r LEFT JOIN answers a ON a.request_id = r.id WHERE r.id IN`,
    ids,
  );
  return new Map(found.map(({ id, content, counted }) => [id, worthOf(content, counted ?? '')]));
}

/** Of each line that came in, in their order: those of which nothing was good have no move. */
function worthOf(content: string, counted: string): Worth[] {
  const { lines } = JSON.parse(content) as { lines: readonly (Worth & Readonly<{ charge?: number }>)[] };
  const counts = counted === '' ? [] : (JSON.parse(counted) as { lines: readonly Count[] }).lines;
  return lines.flatMap(({ quantity, value }, index) => {
    const { good } = countedOf(quantity, counts[index] ?? { received: quantity, damaged: 0 });
    const whole: InTransit = { quantity, value, charge: 0 };
    return good === 0 ? [] : [partOf(whole, good).part];
  });
}

async function closed(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, Worth>> {
  const text = 'SELECT id, quantity, value FROM transfer_closures WHERE id IN';
  const found = await selectIn<Worth & Readonly<{ id: string }>>(sql, text, ids);
  return new Map(found.map((one) => [one.id, one]));
}
