import { addDays, businessDate, startOfBusinessDate } from '#domain/dates.ts';
import { normalizeSearch } from '#domain/search.ts';
import { filterKindOf, type GridColumn, wordsOf } from './columns.ts';

/** What is set in the filter of one column; ranges include both ends and may be open. */
export type ColumnFilter =
  | Readonly<{ kind: 'text'; text: string }>
  | Readonly<{ kind: 'oneOf'; values: readonly string[] }>
  | Readonly<{ kind: 'dateRange' | 'instantRange'; from?: string; to?: string }>
  | Readonly<{ kind: 'numberRange'; from?: number; to?: number }>;

export type Filters = Readonly<Record<string, ColumnFilter>>;
export type Sort = Readonly<{ column: string; direction: 'asc' | 'desc' }>;

export function isSet(filter: ColumnFilter | undefined): filter is ColumnFilter {
  if (filter === undefined) return false;
  if (filter.kind === 'text') return filter.text.trim() !== '';
  if (filter.kind === 'oneOf') return filter.values.length > 0;
  return filter.from !== undefined || filter.to !== undefined;
}

export function withFilter(filters: Filters, column: string, filter: ColumnFilter | undefined): Filters {
  const { [column]: _, ...others } = filters;
  return isSet(filter) ? { ...others, [column]: filter } : others;
}

/** First click ascending, second descending, third as it was. */
export function nextSort(sort: Sort | undefined, column: string): Sort | undefined {
  if (sort?.column !== column) return { column, direction: 'asc' };
  return sort.direction === 'asc' ? { column, direction: 'desc' } : undefined;
}

export type ListFilter = {
  column: string;
  op: 'contains' | 'one-of' | 'from' | 'to';
  value: string | number | string[];
};

/** Filters as the service's lists take them. */
export function toListFilters(filters: Filters, timeZone: string): ListFilter[] {
  return Object.entries(filters).flatMap(([column, filter]) => listFiltersOf(column, filter, timeZone));
}

function listFiltersOf(column: string, filter: ColumnFilter, timeZone: string): ListFilter[] {
  if (filter.kind === 'text') return [{ column, op: 'contains', value: filter.text.trim() }];
  if (filter.kind === 'oneOf') return [{ column, op: 'one-of', value: [...filter.values] }];
  const { from, to } = filter.kind === 'instantRange' ? instants(filter, timeZone) : filter;
  return [
    ...(from === undefined ? [] : [{ column, op: 'from' as const, value: from }]),
    ...(to === undefined ? [] : [{ column, op: 'to' as const, value: to }]),
  ];
}

/** A range of days as instants: the first of the first day to the last of the last. */
function instants(range: Readonly<{ from?: string; to?: string }>, timeZone: string): { from?: number; to?: number } {
  return {
    ...(range.from === undefined ? {} : { from: startOfBusinessDate(range.from, timeZone) }),
    ...(range.to === undefined ? {} : { to: startOfBusinessDate(addDays(range.to, 1), timeZone) - 1 }),
  };
}

/** Whether a row that is at hand passes: the same meaning as the service's. */
export function passes<Row>(
  row: Row,
  columns: readonly GridColumn<Row>[],
  filters: Filters,
  timeZone: string,
): boolean {
  return columns.every((column) => {
    const filter = filters[column.key];
    return filter === undefined || filterKindOf(column) === 'none' || passesOne(row[column.key], filter, timeZone);
  });
}

function passesOne(value: unknown, filter: ColumnFilter, timeZone: string): boolean {
  if (filter.kind === 'text') return normalizeSearch(wordsOf(value)).includes(normalizeSearch(filter.text));
  if (filter.kind === 'oneOf') return filter.values.includes(wordsOf(value));
  if (value === null || value === undefined) return false;
  if (filter.kind === 'numberRange') return isBetween(Number(value), filter);
  const date = filter.kind === 'instantRange' ? businessDate(Number(value), timeZone) : wordsOf(value);
  return isBetween(date, filter);
}

function isBetween<T extends string | number>(value: T, range: Readonly<{ from?: T; to?: T }>): boolean {
  return (range.from === undefined || value >= range.from) && (range.to === undefined || value <= range.to);
}

/** Rows at hand in order; empty values last, text as the reader's language orders it. */
export function sorted<Row>(rows: readonly Row[], sort: Sort | undefined, language: string): readonly Row[] {
  if (sort === undefined) return rows;
  const key = sort.column as keyof Row;
  const sign = sort.direction === 'asc' ? 1 : -1;
  const words = new Intl.Collator(language, { numeric: true });
  return rows.toSorted((a, b) => {
    const [left, right] = [a[key], b[key]];
    if (isBlank(left) || isBlank(right)) return Number(isBlank(left)) - Number(isBlank(right));
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * words.compare(wordsOf(left), wordsOf(right));
  });
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}
