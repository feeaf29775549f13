import { DomainError } from '#domain/errors.ts';
import { OPEN_COUNT_STATES, type CountScope, type CountState } from '#domain/stock/count.ts';
import type { Tracking } from '#domain/stock/lots.ts';
import type { Sql, SqlValue, Transaction } from '../store.ts';
import { containing } from './dictionaries.ts';
import { requireRow } from './documents.ts';
import { HAVING_CODE } from './part-search.ts';
import { takeTurn } from './sequences.ts';

/** Stock counts: what is counted, and by whom. */

export type StockCount = Readonly<{
  id: string;
  unitId: string;
  number: string;
  warehouseId: string;
  scopeKind: CountScope;
  scopeText: string;
  thresholdValue: number | null;
  thresholdShareBp: number | null;
  state: CountState;
  note: string;
  counterIds: string;
  uncounted: '' | 'zero' | 'leave';
  startedById: string;
  startedOn: string;
  closedAt: number | null;
  endedById: string | null;
  endedAt: number | null;
  endedReason: string;
  stockDocumentId: string | null;
  version: number;
  createdAt: number;
}>;

const OPEN = OPEN_COUNT_STATES.map((state) => `'${state}'`).join(', ');

/**
 * The count, locked: whoever counts, closes or confirms it comes one after the other.
 * @throws DomainError `not-found`, `stock-count.wrong-state {number, state}`
 */
export async function requireCount(
  trx: Transaction,
  id: string,
  states: readonly CountState[] = OPEN_COUNT_STATES,
): Promise<StockCount> {
  const count = await requireRow<StockCount>(trx, 'stock_counts', id, 'stockCount', trx.forUpdate);
  const { number, state } = count;
  if (!states.includes(state)) throw new DomainError('stock-count.wrong-state', { number, state });
  return count;
}

/** Who starts a count or begins a line of one in a warehouse comes in turn, so that no part gets into two counts. */
export const takeCountTurn = (trx: Transaction, warehouseId: string): Promise<void> =>
  takeTurn(trx, `stock-count ${warehouseId}`);

/**
 * Whoever counts all of a warehouse counts it alone; counts of bins and classes may go on side by side, but for the same text.
 * @throws DomainError `stock-count.overlaps {number}`
 */
export async function requireNoOverlap(
  trx: Transaction,
  { warehouseId, scopeKind, scopeText }: Pick<StockCount, 'warehouseId' | 'scopeKind' | 'scopeText'>,
): Promise<void> {
  const other = await trx.first<{ number: string }>(
    `SELECT number FROM stock_counts WHERE warehouse_id = ? AND state IN (${OPEN})
       AND (? = 'warehouse' OR scope_kind = 'warehouse' OR (scope_kind = ? AND LOWER(scope_text) = ?))
     ORDER BY number LIMIT 1`,
    [warehouseId, scopeKind, scopeKind, scopeText.toLowerCase()],
  );
  if (other) throw new DomainError('stock-count.overlaps', { number: other.number });
}

/** The number of another open count of the warehouse that has a line of the part. */
export async function otherCountOf(
  trx: Transaction,
  { id, warehouseId }: Pick<StockCount, 'id' | 'warehouseId'>,
  partId: string,
): Promise<string | undefined> {
  const row = await trx.first<{ number: string }>(
    `SELECT c.number FROM stock_count_lines l JOIN stock_counts c ON c.id = l.count_id
     WHERE l.part_id = ? AND c.warehouse_id = ? AND c.id <> ? AND c.state IN (${OPEN}) ORDER BY c.number LIMIT 1`,
    [partId, warehouseId, id],
  );
  return row?.number;
}

/** Which parts `p` a count is about, as a condition. */
const CONDITION_OF_SCOPE: Readonly<
  Record<CountScope, (count: StockCount) => Readonly<{ text: string; params: readonly SqlValue[] }>>
> = {
  warehouse: () => ({ text: '1 = 1', params: [] }),
  bin: ({ warehouseId, scopeText }) => ({
    text: `EXISTS (SELECT 1 FROM stock_places o WHERE o.warehouse_id = ? AND o.part_id = p.id AND LOWER(o.bin) = LOWER(?))`,
    params: [warehouseId, scopeText],
  }),
  class: ({ scopeText }) => ({
    text: "(LOWER(p.number) LIKE ? ESCAPE '!' OR p.search_text LIKE ? ESCAPE '!')",
    params: [containing(scopeText), containing(scopeText)],
  }),
};

export type CountedPart = Readonly<{ id: string; number: string; name: string; measure: string; tracking: Tracking }>;

const PART = 'p.id, p.number, p.name, p.measure, p.tracking';

/** @throws DomainError `not-found`, `stock-count.out-of-scope {part, number}` */
export async function requirePartOf(sql: Sql, count: StockCount, partId: string): Promise<CountedPart> {
  const scope = CONDITION_OF_SCOPE[count.scopeKind](count);
  const part = await sql.first<CountedPart & Readonly<{ isInScope: boolean }>>(
    `SELECT ${PART}, CASE WHEN ${scope.text} THEN 1 ELSE 0 END AS is_in_scope FROM parts p WHERE p.id = ?`,
    [...scope.params, partId],
  );
  if (!part) throw new DomainError('not-found', { entity: 'part', id: partId });
  if (!part.isInScope) throw new DomainError('stock-count.out-of-scope', { part: part.number, number: count.number });
  return part;
}

export type CountedThing = CountedPart & Readonly<{ lot: string }>;

/** What a scanned or typed code says, of the count's scope: exactly a number, one of its barcodes, serial or batch number, or part of a name. */
export async function thingsOf(
  sql: Sql,
  count: StockCount,
  code: string,
): Promise<Readonly<{ things: CountedThing[]; isExact: boolean }>> {
  const scope = CONDITION_OF_SCOPE[count.scopeKind](count);
  const typed = code.trim().toLowerCase();
  const exact = await sql.all<CountedThing>(
    `SELECT ${PART}, '' AS lot FROM parts p WHERE p.id IN (${HAVING_CODE}) AND ${scope.text} ORDER BY number LIMIT 12`,
    [typed, typed, typed, ...scope.params],
  );
  if (exact.length > 0) return { things: exact, isExact: exact.length === 1 };
  const byLot = await sql.all<CountedThing>(
    `SELECT ${PART}, l.lot FROM (SELECT DISTINCT part_id, lot FROM lot_moves WHERE lot = ?) l JOIN parts p ON p.id = l.part_id
     WHERE p.tracking <> 'none' AND ${scope.text} ORDER BY number LIMIT 12`,
    [code.trim(), ...scope.params],
  );
  if (byLot.length > 0) return { things: byLot, isExact: byLot.length === 1 };
  const things = await sql.all<CountedThing>(
    `SELECT ${PART}, '' AS lot FROM parts p WHERE p.is_active = 1 AND p.search_text LIKE ? ESCAPE '!' AND ${scope.text}
     ORDER BY number LIMIT 12`,
    [containing(code), ...scope.params],
  );
  return { things, isExact: false };
}

/** Of tracked parts each lot that lies there, of others the part; without what the count has a line of. */
function notCounted(count: StockCount) {
  const scope = CONDITION_OF_SCOPE[count.scopeKind](count);
  return {
    text: `FROM stock_balances b JOIN parts p ON p.id = b.part_id
      LEFT JOIN (SELECT part_id, lot, SUM(quantity) AS quantity FROM lot_moves WHERE warehouse_id = ?
                 GROUP BY part_id, lot HAVING SUM(quantity) > 0) s ON s.part_id = b.part_id AND p.tracking <> 'none'
      LEFT JOIN stock_count_lines c ON c.count_id = ? AND c.part_id = b.part_id AND c.lot = COALESCE(s.lot, '')
      WHERE b.warehouse_id = ? AND b.quantity > 0 AND c.id IS NULL AND (p.tracking = 'none' OR s.lot IS NOT NULL)
        AND ${scope.text}`,
    params: [count.warehouseId, count.id, count.warehouseId, ...scope.params],
  };
}

export type ShelfNotCounted = Readonly<{ partId: string; part: string; lot: string }>;

export async function shelvesNotCounted(sql: Sql, count: StockCount): Promise<ShelfNotCounted[]> {
  const { text, params } = notCounted(count);
  return sql.all<ShelfNotCounted>(
    `SELECT b.part_id, p.number AS part, COALESCE(s.lot, '') AS lot ${text} ORDER BY p.number, 3`,
    params,
  );
}

export type PartNotCounted = Readonly<{
  partId: string;
  number: string;
  name: string;
  barcode: string;
  measure: string;
}>;

/** The parts that lie there and have no line yet, by their numbers: which lots they have is not said to who counts. */
export async function partsNotCounted(
  sql: Sql,
  count: StockCount,
  page: Readonly<{ offset: number; limit: number }>,
): Promise<Readonly<{ rows: PartNotCounted[]; total: number }>> {
  const { text, params } = notCounted(count);
  const none = `${text} AND NOT EXISTS (SELECT 1 FROM stock_count_lines x WHERE x.count_id = ? AND x.part_id = b.part_id)`;
  const rows = await sql.all<PartNotCounted>(
    `SELECT DISTINCT b.part_id, p.number, p.name, p.barcode, p.measure ${none} ORDER BY p.number LIMIT ? OFFSET ?`,
    [...params, count.id, page.limit, page.offset],
  );
  const total = await sql.first<{ n: number }>(`SELECT COUNT(DISTINCT b.part_id) AS n ${none}`, [...params, count.id]);
  return { rows, total: total?.n ?? 0 };
}

/** The version stays: who closes the count isn't in the way of who counts. */
export async function setCounters(trx: Transaction, id: string, counterIds: readonly string[]): Promise<void> {
  await trx.run('UPDATE stock_counts SET counter_ids = ? WHERE id = ?', [JSON.stringify(counterIds), id]);
}
