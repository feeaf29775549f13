import type { Knex } from 'knex';
import { addDays, isRealDate, startOfBusinessDate } from '#domain/dates.ts';
import { DomainError } from '#domain/errors.ts';
import { allRows, build } from './builder.ts';
import { containing, containingAsTyped } from './repositories/dictionaries.ts';
import type { Sql } from './store.ts';

/** Lists of any table: filters on every column, order, and one page of rows with the total count. */

/** `sql` is the column's expression; an `instant` column is filtered by business dates. */
export type ListColumn = Readonly<{ sql: string; type: 'text' | 'number' | 'date' | 'instant' }>;

export type Listing = Readonly<{
  /** The tables with their joins, as they stand after FROM. */
  from: string;
  /** What is selected, by the key of the row: all of them can be filtered and sorted. */
  columns: Readonly<Record<string, ListColumn>>;
  /** `column` and direction used after what the user chose; ends in something unique, so that pages don't overlap. */
  order: ReadonlyArray<readonly [column: string, direction: 'asc' | 'desc']>;
  /** The table whose rows these are, where each join finds exactly one row: what nothing is filtered of is counted there. */
  counted?: string;
  /** Where a column of `order` may be empty; left out, an index can give the order on either database. */
  emptyLast?: ' NULLS LAST';
}>;

export type ListFilter = Readonly<{
  column: string;
  op: 'contains' | 'equals' | 'one-of' | 'from' | 'to' | 'empty';
  value?: string | number | string[] | undefined;
}>;
export type ListPage = Readonly<{
  filters: readonly ListFilter[];
  sort: ReadonlyArray<Readonly<{ column: string; direction: 'asc' | 'desc' }>>;
  offset: number;
  limit: number;
}>;

export type Listed<Row> = Readonly<{ rows: Row[]; total: number }>;

/**
 * @param narrow adds the conditions that are not the user's to choose (his own work only, states)
 * @throws DomainError `input.invalid` on an unknown column or a value that doesn't fit it
 */
export async function listRows<Row>(
  sql: Sql,
  listing: Listing,
  page: ListPage,
  timeZone: string,
  narrow: (query: Knex.QueryBuilder) => void = () => undefined,
): Promise<Listed<Row>> {
  const query = filteredQuery(listing, page.filters, timeZone, narrow);
  const [count] = await allRows<{ total: number }>(sql, query.clone().count({ total: '*' }));
  const rows = pageOf(listing, query.clone(), page);
  return { rows: await allRows<Row>(sql, rows), total: count?.total ?? 0 };
}

function pageOf(listing: Listing, query: Knex.QueryBuilder, page: ListPage): Knex.QueryBuilder {
  const rows = query.select(selection(listing)).offset(page.offset).limit(page.limit);
  // What is empty comes last: left to themselves the two databases disagree about it.
  for (const { column, direction } of page.sort)
    rows.orderByRaw(`${requireColumn(listing, column, 'sort').sql} ${direction} NULLS LAST`);
  for (const [column, direction] of listing.order)
    rows.orderByRaw(`${requireColumn(listing, column, 'order').sql} ${direction}${listing.emptyLast ?? ''}`);
  return rows;
}

type Sums = Readonly<{ total: number; sum: number }>;

/**
 * As `listRows`, with the sum of a column over all rows that pass the filters. A filter that no index helps with is worked through
 * once for rows, count and sum together.
 */
export async function listRowsWithSum<Row>(
  sql: Sql,
  listing: Listing,
  column: string,
  page: ListPage,
  timeZone: string,
  narrow: (query: Knex.QueryBuilder) => void = () => undefined,
): Promise<Listed<Row> & Sums> {
  const summed = requireColumn(listing, column, 'column').sql;
  const filtered = filteredQuery(listing, page.filters, timeZone, narrow);
  const rows = pageOf(listing, filtered.clone(), page);
  if (page.filters.length > 0) {
    const found = await rowsWithSums<Row>(sql, rows, summed);
    if (found.rows.length > 0 || page.offset === 0) return found;
    return { rows: [], ...(await sumsOf(sql, filtered, summed)) };
  }
  const all = filteredQuery({ ...listing, from: listing.counted ?? listing.from }, [], timeZone, narrow);
  return { rows: await allRows<Row>(sql, rows), ...(await sumsOf(sql, all, summed)) };
}

async function sumsOf(sql: Sql, query: Knex.QueryBuilder, summed: string): Promise<Sums> {
  const sums = query.select(build.raw('COUNT(*) AS total'), build.raw(`COALESCE(SUM(${summed}), 0) AS sum`));
  const [all] = await allRows<Sums>(sql, sums);
  return all ?? { total: 0, sum: 0 };
}

async function rowsWithSums<Row>(sql: Sql, rows: Knex.QueryBuilder, summed: string): Promise<Listed<Row> & Sums> {
  rows.select(build.raw('COUNT(*) OVER () AS "listTotal"'), build.raw(`SUM(${summed}) OVER () AS "listSum"`));
  const found = await allRows<Row & Readonly<{ listTotal: number; listSum: number }>>(sql, rows);
  return {
    rows: found.map(({ listTotal: _, listSum: __, ...row }) => row as Row),
    total: found[0]?.listTotal ?? 0,
    sum: found[0]?.listSum ?? 0,
  };
}

/** The listing's rows that pass the filters, nothing selected yet. */
export function filteredQuery(
  listing: Listing,
  filters: readonly ListFilter[],
  timeZone: string,
  narrow: (query: Knex.QueryBuilder) => void = () => undefined,
): Knex.QueryBuilder {
  const query = build.queryBuilder().fromRaw(listing.from);
  narrow(query);
  filters.forEach((filter, i) =>
    applyFilter(query, requireColumn(listing, filter.column, `filters.${i}.column`), filter, timeZone, i),
  );
  return query;
}

export function selection(listing: Listing): Knex.Raw[] {
  return Object.entries(listing.columns).map(([key, column]) => build.raw(`${column.sql} AS "${key}"`));
}

function requireColumn(listing: Listing, name: string, path: string): ListColumn {
  const column = Object.hasOwn(listing.columns, name) ? listing.columns[name] : undefined;
  if (!column)
    throw new DomainError('input.invalid', { faults: [{ path, rule: 'unknownField', params: { field: name } }] });
  return column;
}

function applyFilter(
  query: Knex.QueryBuilder,
  column: ListColumn,
  filter: ListFilter,
  timeZone: string,
  index: number,
): void {
  const { op, value } = filter;
  if (op === 'empty') return void query.whereRaw(`(${column.sql} IS NULL OR CAST(${column.sql} AS text) = '')`);
  if (op === 'one-of' && Array.isArray(value) && isWords(column))
    return void query.whereIn(build.raw(column.sql) as never, value);
  if (value === undefined || Array.isArray(value)) throw wrongValue(index);
  if (op === 'contains') return contain(query, column, String(value));
  const bound = boundOf(column, op, value, timeZone, index);
  query.whereRaw(`${column.sql} ${bound.sign} ?`, [bound.value]);
}

const isWords = ({ type }: ListColumn): boolean => type === 'text' || type === 'date';

/** In any case of its letters; beyond ASCII, whose case neither database knows, just as it was typed. */
function contain(query: Knex.QueryBuilder, column: ListColumn, fragment: string): void {
  const sql = isWords(column) ? column.sql : `CAST(${column.sql} AS text)`;
  const typed = containingAsTyped(fragment);
  // Where there is no other case than ASCII's, the second condition would find nothing that the first doesn't.
  if (containing(fragment) === typed.replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
    return void query.whereRaw(`LOWER(${sql}) LIKE ? ESCAPE '!'`, [containing(fragment)]);
  query.whereRaw(`(LOWER(${sql}) LIKE ? ESCAPE '!' OR ${sql} LIKE ? ESCAPE '!')`, [containing(fragment), typed]);
}

function boundOf(
  column: ListColumn,
  op: ListFilter['op'],
  value: string | number,
  timeZone: string,
  index: number,
): { sign: '=' | '>=' | '<=' | '<'; value: string | number } {
  const isNumber = typeof value === 'number';
  if (column.type === 'number' && !isNumber) throw wrongValue(index);
  const sign = op === 'from' ? '>=' : op === 'to' ? '<=' : '=';
  if (column.type !== 'instant') return { sign, value: isWords(column) ? String(value) : value };
  if (isNumber) return { sign, value };
  if (op === 'equals' || !isRealDate(value) || value >= LAST_DAY) throw wrongValue(index);
  if (op === 'from') return { sign, value: startOfBusinessDate(value, timeZone) };
  return { sign: '<', value: startOfBusinessDate(addDays(value, 1), timeZone) };
}

const LAST_DAY = '9999-12-31'; // what comes after it isn't written in four digits

function wrongValue(index: number): DomainError {
  return new DomainError('input.invalid', { faults: [{ path: `filters.${index}.value`, rule: 'wrongFormat' }] });
}
