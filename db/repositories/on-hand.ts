import type { Knex } from 'knex';
import type { Tracking } from '#domain/stock/lots.ts';
import { allRows, build } from '../builder.ts';
import { filteredQuery, type ListFilter, type Listing, type ListPage, pageOf } from '../listing.ts';
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

type Asked = Readonly<{ filters: readonly ListFilter[]; withEmpty: boolean; timeZone: string }>;
type Narrow = (query: Knex.QueryBuilder) => void;

/** How many are listed, and what all of them are worth, fen. */
type OnHandSums = Readonly<{ total: number; value: number }>;

/** One page. How many there are takes a look at all of them, and is asked apart: see `sumOnHand`. */
export async function listOnHand(sql: Sql, page: ListPage, asked: Asked): Promise<OnHandRow[]> {
  const { timeZone } = asked;
  const narrowed = await narrowedTo(sql, asked);
  if (!narrowed) return [];
  const { filters, narrow } = narrowed;
  const joined: Narrow = (query) => {
    query.whereRaw(JOINED);
    narrow(query);
  };
  // Where few places are named, they are looked up one by one, and parts are not walked through.
  const listing = (await isFew(sql, narrowed, timeZone)) ? { ...ON_HAND, from: BALANCES_FIRST } : ON_HAND;
  return pageOf<OnHandRow>(sql, listing, { ...page, filters }, timeZone, joined);
}

export async function sumOnHand(sql: Sql, asked: Asked): Promise<OnHandSums> {
  const narrowed = await narrowedTo(sql, asked);
  if (!narrowed) return NOTHING;
  const query = askedAbout(sql, narrowed, asked.timeZone);
  const [sums] = await allRows<OnHandSums>(
    sql,
    query.select(build.raw('COUNT(*) AS total, COALESCE(SUM(b.value), 0) AS value')),
  );
  return sums ?? NOTHING;
}

const NOTHING: OnHandSums = { total: 0, value: 0 };

/** Of named parts: they lie in few places. */
async function isFew(sql: Sql, narrowed: Narrowed, timeZone: string): Promise<boolean> {
  if (!narrowed.isByPart) return false;
  const query = askedAbout(sql, narrowed, timeZone);
  const places = await allRows(sql, query.select(build.raw('1')).limit(MOST_IDS + 1));
  return places.length <= MOST_IDS;
}

/** `filters` are those that are still to be looked at; `isByPart`: parts are named; `bins`: nothing lies in others. */
type Narrowed = Readonly<{
  filters: readonly ListFilter[];
  isByPart: boolean;
  narrow: Narrow;
  bins?: readonly string[];
}>;

/** What filters allow few of is named instead; undefined: they allow nothing. */
async function narrowedTo(sql: Sql, { filters, withEmpty, timeZone }: Asked): Promise<Narrowed | undefined> {
  const onHand: Narrow = (query) => void (withEmpty ? query : query.where('b.quantity', '>', 0));
  let narrowed: Narrowed = { filters, isByPart: false, narrow: onHand };
  for (const words of [PARTS, WAREHOUSES]) {
    const next = await withWords(sql, narrowed, words, timeZone);
    if (!next) return undefined;
    narrowed = next;
  }
  // Bins of named parts are looked up with them.
  if (narrowed.isByPart || !narrowed.filters.some(saysBin)) return narrowed;
  const bins = await binsOf(sql, narrowed.filters.filter(saysBin), timeZone);
  if (bins?.length === 0) return undefined;
  // Of many parts and many bins there may be few places that are of both.
  const places = narrowed.filters.some(ofPart) ? PLACES_OF_PARTS : PLACES;
  const named = await withWords(sql, narrowed, bins ? { ...places, within: inBins(bins) } : places, timeZone);
  return named && bins && !named.isByPart ? { ...named, bins } : named;
}

/** With what the words allow named, unless they allow too many; undefined: they allow nothing. */
async function withWords(sql: Sql, before: Narrowed, words: Words, timeZone: string): Promise<Narrowed | undefined> {
  const mine = before.filters.filter((filter) => words.isMine(filter));
  const ids = await idsOf(sql, words, mine, timeZone);
  if (ids?.length === 0) return undefined;
  return ids ? withNamed(before, words, mine, ids) : before;
}

function withNamed(before: Narrowed, words: Words, named: readonly ListFilter[], ids: readonly string[]): Narrowed {
  return {
    filters: before.filters.filter((filter) => !named.includes(filter)),
    isByPart: before.isByPart || words.isByPart,
    narrow: (query) => {
      before.narrow(query);
      words.narrow(query, ids);
    },
  };
}

const BALANCES_FIRST = `stock_balances b CROSS JOIN parts p CROSS JOIN warehouses w
  LEFT JOIN stock_places s ON s.warehouse_id = b.warehouse_id AND s.part_id = b.part_id`;

/** Columns that are read without the balances: what they allow is looked for first, and then named one by one. */
type Words = Readonly<{
  from: string;
  id: string;
  isByPart: boolean;
  isMine: (filter: ListFilter) => boolean;
  narrow: (query: Knex.QueryBuilder, ids: readonly string[]) => void;
  /** What is known of them already. */
  within?: Narrow;
}>;

const among =
  (...columns: string[]) =>
  ({ column }: ListFilter): boolean =>
    columns.includes(column);

const ofBalance = among('id', 'partId', 'warehouseId', 'quantity', 'value', 'averageCost');
const ofPart = among('number', 'name', 'barcode', 'measure', 'tracking', 'salePrice');

/** A bin is said: where there is no place, there is none. */
const saysBin = ({ column, op, value }: ListFilter): boolean =>
  column === 'bin' && (op === 'contains' || op === 'equals') && value !== '';

const KEY = "b.part_id || ' ' || b.warehouse_id";

const PLACES: Words = {
  from: 'stock_places s',
  id: "s.part_id || ' ' || s.warehouse_id",
  isByPart: true,
  isMine: saysBin,
  narrow: (query, keys) => {
    const partIds = [...new Set(keys.map((key) => key.split(' ')[0] ?? ''))];
    query.whereIn('b.part_id', filledUp(partIds)).whereIn(build.raw(KEY) as never, filledUp(keys));
  },
};

const PLACES_OF_PARTS: Words = {
  ...PLACES,
  from: 'stock_places s JOIN parts p ON p.id = s.part_id',
  isMine: (filter) => saysBin(filter) || ofPart(filter),
};

const PARTS: Words = {
  from: 'parts p',
  id: 'p.id',
  isByPart: true,
  isMine: among('number', 'name', 'barcode'),
  narrow: (query, ids) => void query.whereIn('b.part_id', filledUp(ids)),
};

const WAREHOUSES: Words = {
  from: 'warehouses w',
  id: 'w.id',
  isByPart: false,
  isMine: among('warehouse'),
  // As an expression, so that no index is chosen for it: a warehouse holds a large share of all there is.
  narrow: (query, ids) => void query.whereIn(build.raw("COALESCE(b.warehouse_id, '')") as never, filledUp(ids)),
};

/** Named, they are looked up one by one; more are sooner read through, and the fewer are tried for, the less is read in vain. */
const MOST_IDS = 300;

/** Bins are looked through one by one where there are no more of them than this: far fewer than places then. */
const MOST_BINS = 2000;

/** Each bin once, in the time it takes to find the next one. */
const EACH_BIN = `(WITH RECURSIVE each_bin (bin) AS (SELECT MIN(x.bin) FROM stock_places x
  UNION ALL SELECT (SELECT MIN(y.bin) FROM stock_places y WHERE y.bin > e.bin) FROM each_bin e WHERE e.bin IS NOT NULL)
  SELECT bin FROM each_bin WHERE bin IS NOT NULL LIMIT ${MOST_BINS + 1}) s`;

/** The bins that the filters allow; undefined: there are too many. */
async function binsOf(
  sql: Sql,
  filters: readonly ListFilter[],
  timeZone: string,
): Promise<readonly string[] | undefined> {
  const listing = { ...ON_HAND, from: EACH_BIN };
  const [all] = await allRows<{ count: number }>(sql, filteredQuery(sql, listing, [], timeZone).count({ count: '*' }));
  if ((all?.count ?? 0) > MOST_BINS) return undefined;
  const found = filteredQuery(sql, listing, filters, timeZone)
    .select('s.bin')
    .limit(MOST_IDS + 1);
  const bins = (await allRows<{ bin: string }>(sql, found)).map(({ bin }) => bin);
  return bins.length > MOST_IDS ? undefined : bins;
}

const inBins =
  (bins: readonly string[]): Narrow =>
  (query) =>
    void query.whereIn('s.bin', filledUp(bins));

/** The ids that the filters allow; undefined: none is set, or they allow too many to be named. */
async function idsOf(
  sql: Sql,
  words: Words,
  filters: readonly ListFilter[],
  timeZone: string,
): Promise<string[] | undefined> {
  if (filters.length === 0) return undefined;
  const query = filteredQuery(sql, { ...ON_HAND, from: words.from }, filters, timeZone, words.within);
  const rows = await allRows<{ id: string }>(sql, query.select(build.raw(`${words.id} AS id`)).limit(MOST_IDS + 1));
  return rows.length > MOST_IDS ? undefined : rows.map(({ id }) => id);
}

/** Few lengths, so that few statements are prepared. */
function filledUp(ids: readonly string[]): string[] {
  const length = [1, 10, 100, MOST_IDS].find((size) => size >= ids.length) ?? ids.length;
  return Array.from({ length }, (_, index) => ids[index] ?? ids.at(-1) ?? '');
}

/** What they are read from: no more than is asked about, and named parts one by one. */
function sourceOf({ filters, isByPart }: Narrowed): Readonly<{ from: string; joined: string }> {
  if (!filters.every((filter) => ofBalance(filter) || ofPart(filter) || saysBin(filter)))
    return { from: ON_HAND.from, joined: JOINED };
  // A bin holds fewer than a word names, mostly.
  const asked = [...(filters.some(saysBin) ? ['stock_places s'] : []), ...(filters.some(ofPart) ? ['parts p'] : [])];
  const tables = isByPart ? ['stock_balances b', ...asked] : [...asked, 'stock_balances b'];
  const joins: Readonly<Record<string, string>> = {
    'parts p': 'b.part_id = p.id',
    'stock_places s': 's.warehouse_id = b.warehouse_id AND s.part_id = b.part_id',
  };
  const joined = asked.map((table) => joins[table] ?? '');
  if (asked.length > 1) joined.push('s.part_id = p.id');
  return { from: tables.join(' CROSS JOIN '), joined: joined.join(' AND ') };
}

/** All that is listed, without what only rows show. */
function askedAbout(sql: Sql, narrowed: Narrowed, timeZone: string): Knex.QueryBuilder {
  const { from, joined } = sourceOf(narrowed);
  return filteredQuery(sql, { ...ON_HAND, from }, narrowed.filters, timeZone, (query) => {
    if (joined !== '') query.whereRaw(joined);
    narrowed.narrow(query);
    if (narrowed.bins) inBins(narrowed.bins)(query);
  });
}
