import type { Knex } from 'knex';
import { addDays, isRealDate, startOfBusinessDate } from '#domain/dates.ts';
import { DomainError } from '#domain/errors.ts';
import { allRows, build } from './builder.ts';
import { containing, containingAsTyped } from './repositories/dictionaries.ts';
import type { DialectName, Sql } from './store.ts';

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

type NarrowedBy = (query: Knex.QueryBuilder) => void;

/**
 * @param narrow adds the conditions that are not the user's to choose (his own work only, states)
 * @throws DomainError `input.invalid` on an unknown column or a value that doesn't fit it
 */
export async function listRows<Row>(
  sql: Sql,
  listing: Listing,
  page: ListPage,
  timeZone: string,
  narrow?: NarrowedBy,
): Promise<Listed<Row>> {
  const total = await countOf(sql, filteredQuery(sql, listing, page.filters, timeZone, narrow));
  return { rows: await pageOf<Row>(sql, listing, page, timeZone, narrow), total };
}

/** As `listRows`, where how many there are is asked apart. */
export async function pageOf<Row>(
  sql: Sql,
  listing: Listing,
  page: ListPage,
  timeZone: string,
  narrow?: NarrowedBy,
): Promise<Row[]> {
  const query = filteredQuery(sql, listing, page.filters, timeZone, narrow);
  query.select(selection(listing)).offset(page.offset).limit(page.limit);
  // What is empty comes last: left to themselves the two databases disagree about it.
  for (const { column, direction } of page.sort)
    query.orderByRaw(`${requireColumn(listing, column, 'sort').sql} ${direction} NULLS LAST`);
  for (const [column, direction] of listing.order)
    query.orderByRaw(`${requireColumn(listing, column, 'order').sql} ${direction}${listing.emptyLast ?? ''}`);
  return allRows<Row>(sql, query);
}

async function countOf(sql: Sql, query: Knex.QueryBuilder): Promise<number> {
  const [count] = await allRows<{ total: number }>(sql, query.count({ total: '*' }));
  return count?.total ?? 0;
}

/** The sum of a column over all rows that pass the filters, whatever page is looked at. */
export async function sumsOf<Column extends string>(
  sql: Sql,
  listing: Listing,
  columns: readonly Column[],
  page: Pick<ListPage, 'filters'>,
  timeZone: string,
  narrow?: (query: Knex.QueryBuilder) => void,
): Promise<Readonly<Record<Column, number>>> {
  const sums = columns.map((column, at) =>
    build.raw(`COALESCE(SUM(${requireColumn(listing, column, 'column').sql}), 0) AS s${at}`),
  );
  const query = filteredQuery(sql, listing, page.filters, timeZone, narrow).select(sums);
  const [row = {}] = await allRows<Readonly<Record<string, number>>>(sql, query);
  return Object.fromEntries(columns.map((column, at) => [column, row[`s${at}`] ?? 0])) as Record<Column, number>;
}

/** The listing's rows that pass the filters, nothing selected yet. @param sql which the query is for: each database is asked its own way */
export function filteredQuery(
  { dialect }: Pick<Sql, 'dialect'>,
  listing: Listing,
  filters: readonly ListFilter[],
  timeZone: string,
  narrow: (query: Knex.QueryBuilder) => void = () => undefined,
): Knex.QueryBuilder {
  const query = build.queryBuilder().fromRaw(listing.from);
  narrow(query);
  filters.forEach((filter, index) => {
    const column = requireColumn(listing, filter.column, `filters.${index}.column`);
    applyFilter(query, column, filter, { dialect, timeZone, index });
  });
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
  { dialect, timeZone, index }: Readonly<{ dialect: DialectName; timeZone: string; index: number }>,
): void {
  const { op, value } = filter;
  if (op === 'empty') return void query.whereRaw(`(${column.sql} IS NULL OR CAST(${column.sql} AS text) = '')`);
  if (op === 'one-of' && Array.isArray(value) && isWords(column))
    return void query.whereIn(build.raw(column.sql) as never, value);
  if (value === undefined || Array.isArray(value)) throw wrongValue(index);
  if (op === 'contains') return contain(query, column, String(value), dialect);
  const bound = boundOf(column, op, value, timeZone, index);
  query.whereRaw(`${column.sql} ${bound.sign} ?`, [bound.value]);
}

const isWords = ({ type }: ListColumn): boolean => type === 'text' || type === 'date';

/**
 * In any case of its letters; beyond ASCII, whose case neither database knows, just as it was typed. One comparison where
 * both would find the same, for long lists are read through with it; SQLite's looks past ASCII's case by itself, in half the
 * time, and where there is no case it finds a fragment sooner as it stands than as a pattern.
 */
function contain(query: Knex.QueryBuilder, column: ListColumn, fragment: string, dialect: DialectName): void {
  const sql = isWords(column) ? column.sql : `CAST(${column.sql} AS text)`;
  const lower = dialect === 'sqlite' ? sql : `LOWER(${sql})`;
  const [inAnyCase, asTyped] = [containing(fragment), containingAsTyped(fragment)];
  const hasNoCase = inAnyCase === asTyped && !/[a-z]/.test(fragment);
  if (hasNoCase && dialect === 'sqlite') query.whereRaw(`INSTR(${sql}, ?) > 0`, [fragment]);
  else if (hasNoCase) query.whereRaw(`${sql} LIKE ? ESCAPE '!'`, [asTyped]);
  else if (inAnyCase === asTyped.replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
    query.whereRaw(`${lower} LIKE ? ESCAPE '!'`, [inAnyCase]);
  else query.whereRaw(`(${lower} LIKE ? ESCAPE '!' OR ${sql} LIKE ? ESCAPE '!')`, [inAnyCase, asTyped]);
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
