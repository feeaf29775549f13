import type { Knex } from 'knex';
import type { z } from 'zod';
import type { Right } from '#domain/access/rights.ts';
import type { Station } from '#operations/operation.ts';

/** What a column holds decides how it is shown, totalled and typed in Excel. Money in fen, quantities in thousandths. */
export type ColumnType = 'text' | 'date' | 'instant' | 'number' | 'quantity' | 'money' | 'rate';

export type ReportColumn<Row> = Readonly<{
  key: keyof Row & string;
  type: ColumnType;
  total?: 'sum';
  /** Values are codes whose texts stand under this section of renderer/text, as `workOrderStates`. */
  texts?: string;
}>;

export type ReportContext = Readonly<{ station: Station; today: string }>;

/**
 * One report: its file in reports/<area>/, one line in reports/index.ts, one test. Screen, filters, menu entry, right, command
 * line, CSV and Excel follow. Title and column headings are `reports.<id>.title` and `reports.columns.<key>` in renderer/text.
 */
export type Report<Params extends z.ZodObject, Row extends object> = Readonly<{
  id: string;
  right: Right;
  params: Params;
  columns: ReadonlyArray<ReportColumn<Row>>;
  /** Builds the rows' query, in order; every column of the report selected under its own key (`"partNumber"`). */
  query(params: z.output<Params>, context: ReportContext): Knex.QueryBuilder;
}>;

export const defineReport =
  <Row extends object>() =>
  <Params extends z.ZodObject>(report: Report<Params, Row>): Report<Params, Row> =>
    report;
