import type { Knex } from 'knex';
import type { Tracking } from '#domain/stock/lots.ts';
import { allRows, build } from '../builder.ts';
import { filteredQuery, listRows, type Listed, type ListFilter, type Listing, type ListPage } from '../listing.ts';
import type { Sql } from '../store.ts';

// What lies where, of any number of parts. The first page is there at once: parts are walked through in the order in which
// they are shown, until the page is full, and what is filtered by words is looked for in one narrow index first.

export const ON_HAND: Listing = {
  // CROSS has SQLite take the tables in this order; how they belong together is said by `JOINED`.
  from: `parts p CROSS JOIN stock_balances b CROSS JOIN warehouses w
    LEFT JOIN stock_places s ON s.warehouse_id = b.warehouse_id AND s.part_id = b.part_id`,
  columns: {
    id: { sql: "b.part_id || ' ' || b.warehouse_id", type: 'text' },
    partId: { sql: 'b.part_id', type: 'text' },
    warehouseId: { sql: 'b.warehouse_id', type: 'text' },
    unitId: { sql: 'w.unit_id', type: 'text' },
    number: { sql: 'p.number', type: 'text' },
    name: { sql: 'p.name', type: 'text' },
    barcode: { sql: 'p.barcode', type: 'text' },
    measure: { sql: 'p.measure', type: 'text' },
    tracking: { sql: 'p.tracking', type: 'text' },
    warehouse: { sql: 'w.name', type: 'text' },
    bin: { sql: "COALESCE(s.bin, '')", type: 'text' },
    quantity: { sql: 'b.quantity', type: 'number' },
    minQuantity: { sql: 'COALESCE(s.min_quantity, 0)', type: 'number' },
    maxQuantity: { sql: 'COALESCE(s.max_quantity, 0)', type: 'number' },
    value: { sql: 'b.value', type: 'number' },
    // The average is only shown, rounded half up: what is kept is quantity and value.
    averageCost: {
      sql: 'CASE WHEN b.quantity > 0 THEN (b.value * 1000 + b.quantity / 2) / b.quantity ELSE 0 END',
      type: 'number',
    },
    salePrice: { sql: 'p.sale_price', type: 'number' },
    placeVersion: { sql: 's.version', type: 'number' },
  },
  order: [
    ['number', 'asc'],
    ['warehouse', 'asc'],
    ['warehouseId', 'asc'],
  ],
};

const JOINED = 'b.part_id = p.id AND w.id = b.warehouse_id';

export type OnHandRow = Readonly<{
  /** Of the row: part and warehouse together. */
  id: string;
  partId: string;
  warehouseId: string;
  unitId: string;
  number: string;
  name: string;
  barcode: string;
  measure: string;
  tracking: Tracking;
  warehouse: string;
  bin: string;
  quantity: number;
  /** Thousandths; 0 where none is set. */
  minQuantity: number;
  maxQuantity: number;
  value: number;
  averageCost: number;
  salePrice: number;
  /** Of its place in the warehouse; null: it has none. */
  placeVersion: number | null;
}>;

type Asked = Readonly<{ page: ListPage; withEmpty: boolean; timeZone: string }>;
type Narrow = (query: Knex.QueryBuilder) => void;

/** One page, with how many there are and what all of them are worth, fen. */
export async function listOnHand(sql: Sql, asked: Asked): Promise<Listed<OnHandRow> & Readonly<{ value: number }>> {
  const { page, timeZone } = asked;
  const parts = await idsOf(sql, PART_WORDS, asked);
  const warehouses = await idsOf(sql, WAREHOUSE_WORDS, asked);
  if (parts?.length === 0 || warehouses?.length === 0) return { rows: [], total: 0, value: 0 };
  const filters = page.filters.filter(
    ({ column }) => !(parts && isOf(PART_WORDS, column)) && !(warehouses && isOf(WAREHOUSE_WORDS, column)),
  );
  const narrow: Narrow = (query) => {
    if (!asked.withEmpty) query.where('b.quantity', '>', 0);
    if (parts) query.whereIn('b.part_id', filledUp(parts));
    // As an expression, so that no index is chosen for it: a warehouse holds a large share of all there is.
    if (warehouses) query.whereIn(build.raw("COALESCE(b.warehouse_id, '')") as never, filledUp(warehouses));
  };
  const sums = await sumsOf(sql, filters, timeZone, narrow);
  const joined: Narrow = (query) => {
    query.whereRaw(JOINED);
    if (parts) query.whereIn('p.id', filledUp(parts));
    narrow(query);
  };
  const rows = await listRows<OnHandRow>(sql, ON_HAND, { ...page, filters }, timeZone, joined, sums.total);
  return { ...rows, value: sums.value };
}

/** Columns of one table alone, and the table from which the ids of what they allow are read. */
type Words = Readonly<{ from: string; id: string; columns: readonly string[] }>;
const PART_WORDS: Words = { from: 'parts p', id: 'p.id', columns: ['number', 'name', 'barcode'] };
const WAREHOUSE_WORDS: Words = { from: 'warehouses w', id: 'w.id', columns: ['warehouse'] };
const isOf = ({ columns }: Words, column: string): boolean => columns.includes(column);

const MOST_IDS = 1000;

/** The ids that the filters on these columns allow; undefined: none is set, or they allow too many to be named. */
async function idsOf(sql: Sql, words: Words, { page, timeZone }: Asked): Promise<string[] | undefined> {
  const filters = page.filters.filter(({ column }) => isOf(words, column));
  if (filters.length === 0) return undefined;
  const query = filteredQuery({ ...ON_HAND, from: words.from }, filters, timeZone);
  const rows = await allRows<{ id: string }>(sql, query.select(build.raw(`${words.id} AS id`)).limit(MOST_IDS + 1));
  return rows.length > MOST_IDS ? undefined : rows.map(({ id }) => id);
}

/** Few lengths, so that few statements are prepared. */
function filledUp(ids: readonly string[]): string[] {
  const length = [1, 10, 100, MOST_IDS].find((size) => size >= ids.length) ?? ids.length;
  return Array.from({ length }, (_, index) => ids[index] ?? ids.at(-1) ?? '');
}

const OF_BALANCE: ReadonlySet<string> = new Set(['id', 'partId', 'warehouseId', 'quantity', 'value', 'averageCost']);

/** From the balances alone, if nothing else is asked about. */
async function sumsOf(
  sql: Sql,
  filters: readonly ListFilter[],
  timeZone: string,
  narrow: Narrow,
): Promise<Readonly<{ total: number; value: number }>> {
  const isAlone = filters.every(({ column }) => OF_BALANCE.has(column));
  const listing = isAlone ? { ...ON_HAND, from: 'stock_balances b' } : ON_HAND;
  const query = filteredQuery(listing, filters, timeZone, (narrowed) => {
    if (!isAlone) narrowed.whereRaw(JOINED);
    narrow(narrowed);
  });
  const sums = query.select(build.raw('COUNT(*) AS total, COALESCE(SUM(b.value), 0) AS value'));
  const [row] = await allRows<{ total: number; value: number }>(sql, sums);
  return { total: row?.total ?? 0, value: row?.value ?? 0 };
}
