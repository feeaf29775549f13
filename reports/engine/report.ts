import type { Knex } from 'knex';
import type { z } from 'zod';
import type { Right } from '#domain/access/rights.ts';
import type { Sql } from '#db/store.ts';
import type { Station } from '#operations/operation.ts';

/**
 * What a column holds decides how it is shown, filtered, totalled and typed in Excel. Money in fen, quantities in thousandths,
 * rates in basis points, instants in ms UTC, dates as text; a code is short text such as the number of a document, a year a
 * number nobody groups or adds up.
 */
export type ColumnType = 'text' | 'code' | 'date' | 'instant' | 'number' | 'year' | 'quantity' | 'money' | 'rate';

export type FigureType = Exclude<ColumnType, 'text' | 'code' | 'date'>;

export const isWords = (type: ColumnType | undefined): boolean => type === 'text' || type === 'code';

export type ReportColumn<Key extends string = string> = Readonly<{
  key: Key;
  type: ColumnType;
  total?: 'sum';
  /** Values are codes whose texts stand under this path of renderer/text, as `workOrderStates`; `values` are all there are. */
  texts?: string;
  values?: readonly string[];
}>;

export type ReportValue = string | number | null;
export type ReportRow = Readonly<Record<string, ReportValue>>;

export type ReportContext = Readonly<{ station: Station; today: string }>;

/** Something to choose as a parameter: employees, warehouses. Its label is a name, the same in every language. */
export type Choice = Readonly<{ value: string; label: string }>;

/**
 * One report: its file in reports/<area>/, one line in reports/index.ts, one test. Screen, filters, menu entry, right, command
 * line, CSV and Excel follow. Its texts are `reports.titles.<id>`, column headings `reports.columns.<key>`, parameters
 * `reports.params.<name>` in renderer/text.
 */
export type Report<Params extends z.ZodObject, Row extends object> = Readonly<{
  id: string;
  right: Right;
  /** Made of the pieces in params.ts, all optional: what is not given does not limit the rows. */
  params: Params;
  /** What may be chosen where that depends on the data, by name of the parameter. */
  choices?: Readonly<{ [Name in keyof z.output<Params>]?: (sql: Sql, context: ReportContext) => Promise<Choice[]> }>;
  columns: ReadonlyArray<ReportColumn<keyof Row & string>>;
  /** The rows' order unless the reader chose another; ends in something unique, so that pages don't overlap. */
  order: ReadonlyArray<readonly [key: keyof Row & string, direction: 'asc' | 'desc']>;
  /** In Excel a sheet for each of these together, which `order` begins with, named by them. */
  sheetBy?: ReadonlyArray<keyof Row & string>;
  /** The rows' query, without order; every column of the report selected under its own key (`"partNumber"`). */
  query(params: z.output<Params>, context: ReportContext): Knex.QueryBuilder;
}>;

/** Any of them, its parameters checked by whoever calls `query`. */
export type AnyReport = Readonly<{
  id: string;
  right: Right;
  params: z.ZodObject;
  choices?: Readonly<Record<string, ((sql: Sql, context: ReportContext) => Promise<Choice[]>) | undefined>>;
  columns: readonly ReportColumn[];
  order: ReadonlyArray<readonly [key: string, direction: 'asc' | 'desc']>;
  sheetBy?: readonly string[];
  query(params: Readonly<Record<string, unknown>>, context: ReportContext): Knex.QueryBuilder;
}>;

export const defineReport =
  <Row extends object>() =>
  <Params extends z.ZodObject>(report: Report<Params, Row>): AnyReport =>
    report;
