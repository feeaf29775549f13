import type { Knex } from 'knex';
import { allRows, build } from '#db/builder.ts';
import { filteredQuery, type ListColumn, type ListFilter, type Listing } from '#db/listing.ts';
import type { Sql, SqlValue } from '#db/store.ts';
import type { AnyReport, ColumnType, ReportContext, ReportRow } from './report.ts';

/** What is asked of a report; screen, command line, CSV and Excel ask alike and so get the same rows and totals. */
export type ReportRequest = Readonly<{
  report: AnyReport;
  /** As the report's own schema gave them. */
  params: Readonly<Record<string, unknown>>;
  context: ReportContext;
  filters?: readonly ListFilter[];
  sort?: ReadonlyArray<Readonly<{ column: string; direction: 'asc' | 'desc' }>>;
}>;

/** `totals` by key of the column; `total` counts the rows. */
export type ReportSums = Readonly<{ total: number; totals: Readonly<Record<string, number>> }>;
export type ReportPage = ReportSums & Readonly<{ rows: ReportRow[] }>;

/** @throws DomainError `input.invalid` on a filter or an order that doesn't fit a column */
export async function reportPage(
  sql: Sql,
  request: ReportRequest,
  page: Readonly<{ offset: number; limit: number }>,
): Promise<ReportPage> {
  const rows = orderedQuery(sql, request).offset(page.offset).limit(page.limit);
  return { rows: await allRows<ReportRow>(sql, rows), ...(await reportSums(sql, request)) };
}

/** Count and totals over all rows of the request, added up by the database. */
export async function reportSums(sql: Sql, request: ReportRequest): Promise<ReportSums> {
  const keys = request.report.columns.filter((column) => column.total === 'sum').map((column) => column.key);
  const query = rowsQuery(sql, request).select(
    build.raw('COUNT(*) AS "rowCount"'),
    ...keys.map((key) => build.raw('CAST(COALESCE(SUM(??), 0) AS bigint) AS ??', [key, key])),
  );
  const [sums] = await allRows<Record<string, number>>(sql, query);
  return { total: sums?.['rowCount'] ?? 0, totals: Object.fromEntries(keys.map((key) => [key, sums?.[key] ?? 0])) };
}

const CHUNK = 500;

/** All rows of the request, read by one statement and never more than a chunk of them in memory. */
export function reportChunks(sql: Sql, request: ReportRequest): AsyncIterable<ReportRow[]> {
  const { sql: text, bindings } = orderedQuery(sql, request).toSQL();
  return sql.chunks<ReportRow>(text, bindings as SqlValue[], CHUNK);
}

function orderedQuery(sql: Sql, request: ReportRequest): Knex.QueryBuilder {
  const { report, sort = [] } = request;
  const query = rowsQuery(sql, request).select(report.columns.map((column) => column.key));
  const known = sort.filter(({ column }) => report.columns.some(({ key }) => key === column));
  for (const { column, direction } of known) query.orderBy(column, direction, 'last');
  for (const [key, direction] of report.order) query.orderBy(key, direction, 'last');
  return query;
}

function rowsQuery(sql: Sql, { report, params, context, filters = [] }: ReportRequest): Knex.QueryBuilder {
  return filteredQuery(sql, listingOf(report), filters, context.station.timeZone).with(
    'report',
    report.query(params, context),
  );
}

const FILTERED_AS: Readonly<Record<ColumnType, ListColumn['type']>> = {
  text: 'text',
  code: 'text',
  date: 'date',
  instant: 'instant',
  number: 'number',
  year: 'number',
  quantity: 'number',
  money: 'number',
  rate: 'number',
};

function listingOf(report: AnyReport): Listing {
  const columns = report.columns.map(({ key, type }) => [key, { sql: `"${key}"`, type: FILTERED_AS[type] }] as const);
  return { from: 'report', columns: Object.fromEntries(columns), order: report.order };
}
