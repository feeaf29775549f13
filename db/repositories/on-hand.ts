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
  let { filters } = page;
  const named: Narrow[] = [];
  for (const words of WORDS) {
    const mine = filters.filter((filter) => words.isMine(filter));
    const ids = await idsOf(sql, words, mine, timeZone);
    if (ids === undefined) continue;
    if (ids.length === 0) return { rows: [], total: 0, value: 0 };
    filters = filters.filter((filter) => !mine.includes(filter));
    named.push((query) => words.narrow(query, ids));
  }
  const narrow: Narrow = (query) => {
    if (!asked.withEmpty) query.where('b.quantity', '>', 0);
    for (const narrowed of named) narrowed(query);
  };
  const { total, value } = await sumsOf(sql, filters, timeZone, narrow);
  const joined: Narrow = (query) => {
    query.whereRaw(JOINED);
    narrow(query);
  };
  // Where parts are named, they are looked up one by one, and not walked through.
  const listing = named.length > 0 && total <= MOST_IDS ? { ...ON_HAND, from: BALANCES_FIRST } : ON_HAND;
  return { ...(await listRows<OnHandRow>(sql, listing, { ...page, filters }, timeZone, joined, total)), value };
}

const BALANCES_FIRST = `stock_balances b CROSS JOIN parts p CROSS JOIN warehouses w
  LEFT JOIN stock_places s ON s.warehouse_id = b.warehouse_id AND s.part_id = b.part_id`;

/** Columns of one table alone: what they allow is read from it first, and then named one by one. */
type Words = Readonly<{
  from: string;
  id: string;
  isMine: (filter: ListFilter) => boolean;
  narrow: (query: Knex.QueryBuilder, ids: readonly string[]) => void;
}>;

const among =
  (...columns: string[]) =>
  ({ column }: ListFilter): boolean =>
    columns.includes(column);

/** A bin is said: where there is no place, there is none. */
const saysBin = ({ column, op, value }: ListFilter): boolean =>
  column === 'bin' && (op === 'contains' || op === 'equals') && value !== '';

const KEY = "b.part_id || ' ' || b.warehouse_id";

const WORDS: readonly Words[] = [
  {
    from: 'parts p',
    id: 'p.id',
    isMine: among('number', 'name', 'barcode'),
    narrow: (query, ids) => void query.whereIn('b.part_id', filledUp(ids)),
  },
  {
    from: 'warehouses w',
    id: 'w.id',
    isMine: among('warehouse'),
    // As an expression, so that no index is chosen for it: a warehouse holds a large share of all there is.
    narrow: (query, ids) => void query.whereIn(build.raw("COALESCE(b.warehouse_id, '')") as never, filledUp(ids)),
  },
  {
    from: 'stock_places s',
    id: "s.part_id || ' ' || s.warehouse_id",
    isMine: saysBin,
    narrow: (query, keys) => {
      const partIds = [...new Set(keys.map((key) => key.split(' ')[0] ?? ''))];
      query.whereIn('b.part_id', filledUp(partIds)).whereIn(build.raw(KEY) as never, filledUp(keys));
    },
  },
];

const MOST_IDS = 1000;

/** The ids that the filters allow; undefined: none is set, or they allow too many to be named. */
async function idsOf(
  sql: Sql,
  words: Words,
  filters: readonly ListFilter[],
  timeZone: string,
): Promise<string[] | undefined> {
  if (filters.length === 0) return undefined;
  const query = filteredQuery(sql, { ...ON_HAND, from: words.from }, filters, timeZone);
  const rows = await allRows<{ id: string }>(sql, query.select(build.raw(`${words.id} AS id`)).limit(MOST_IDS + 1));
  return rows.length > MOST_IDS ? undefined : rows.map(({ id }) => id);
}

/** Few lengths, so that few statements are prepared. */
function filledUp(ids: readonly string[]): string[] {
  const length = [1, 10, 100, MOST_IDS].find((size) => size >= ids.length) ?? ids.length;
  return Array.from({ length }, (_, index) => ids[index] ?? ids.at(-1) ?? '');
}

const ofBalance = among('id', 'partId', 'warehouseId', 'quantity', 'value', 'averageCost');
const ofPart = among('number', 'name', 'barcode', 'measure', 'tracking', 'salePrice');

/** What the sums are read from: no more than is asked about. */
function sourceOf(filters: readonly ListFilter[]): Readonly<{ from: string; joined: string }> {
  if (filters.every(ofBalance)) return { from: 'stock_balances b', joined: '' };
  if (filters.every((filter) => ofBalance(filter) || ofPart(filter)))
    return { from: 'parts p CROSS JOIN stock_balances b', joined: 'b.part_id = p.id' };
  if (filters.every((filter) => ofBalance(filter) || saysBin(filter)))
    return {
      from: 'stock_places s CROSS JOIN stock_balances b',
      joined: 's.warehouse_id = b.warehouse_id AND s.part_id = b.part_id',
    };
  return { from: ON_HAND.from, joined: JOINED };
}

async function sumsOf(
  sql: Sql,
  filters: readonly ListFilter[],
  timeZone: string,
  narrow: Narrow,
): Promise<Readonly<{ total: number; value: number }>> {
  const { from, joined } = sourceOf(filters);
  const query = filteredQuery(sql, { ...ON_HAND, from }, filters, timeZone, (narrowed) => {
    if (joined !== '') narrowed.whereRaw(joined);
    narrow(narrowed);
  });
  const sums = query.select(build.raw('COUNT(*) AS total, COALESCE(SUM(b.value), 0) AS value'));
  const [row] = await allRows<{ total: number; value: number }>(sql, sums);
  return { total: row?.total ?? 0, value: row?.value ?? 0 };
}
