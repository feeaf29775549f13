import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Writable } from 'node:stream';
import type { Column, Row, stream, Style, Worksheet } from 'exceljs';
import { DomainError } from '#domain/errors.ts';
import {
  isWords,
  type ColumnType,
  type FigureType,
  type ReportColumn,
  type ReportRow,
  type ReportValue,
} from '../engine/report.ts';
import type { ReportSums } from '../engine/page.ts';
import type { Export } from './export.ts';
import { minorDigits } from '#domain/money.ts';
import { wallClock } from './figures.ts';
import { widthOf } from './plain.ts';
import { headings, paramsInWords } from './words.ts';

type ExcelValue = string | number | Date | null;
type WorkbookWriter = stream.xlsx.WorkbookWriter;

const MOST_ROWS = 1_048_576; // of a sheet, with heading and totals

/**
 * One sheet with a heading that stays and filters, typed cells and a line of totals, and one that says what it is. Rows are
 * written as they are read, so memory doesn't grow with them.
 * @throws DomainError `report.too-long-for-excel`
 */
export async function writeExcel(made: Export, target: Writable): Promise<void> {
  const { sums } = made;
  if (sums.total > MOST_ROWS - 2)
    throw new DomainError('report.too-long-for-excel', { count: sums.total, most: MOST_ROWS - 2 });
  const { default: excel } = await import('exceljs'); // a third of a second, and few commands need it
  const workbook = new excel.stream.xlsx.WorkbookWriter({
    stream: target,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 4 } },
  });
  workbook.created = new Date(made.madeAt);
  workbook.creator = made.madeBy;
  await writeRows(made, workbook);
  writeAbout(made, workbook);
  await unlessAborted(workbook.commit(), made.signal);
}

/** A sheet being written, how many rows it has, and what they add up to. */
type Begun = { readonly sheet: Worksheet; readonly name: string; count: number; readonly sums: Record<string, number> };

/** All on one sheet, or on one for each of what the report's sheets are by. */
async function writeRows(made: Export, workbook: WorkbookWriter): Promise<void> {
  const { request, words } = made;
  const { columns, sheetBy } = request.report;
  const valueOf = excelValue(made);
  const titles = headings(words, columns);
  const styles = columns.map((column) => styleOf(made, column));
  const begin = (name: string, rows: readonly ReportRow[]): Begun => {
    const sheet = workbook.addWorksheet(sheetName(name), { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = columns.map((column, i) => excelColumn(made, column, titles[i] ?? '', rows));
    styleHeading(sheet.addRow(titles));
    return { sheet, name, count: 0, sums: {} };
  };
  const end = ({ sheet, count, sums }: Begun) => {
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: count + 1, column: columns.length } };
    writeTotals(made, sheet, valueOf, { total: count, totals: sheetBy ? sums : made.sums.totals });
    sheet.commit();
  };
  const title = words.title(request.report.id);
  const nameOf = (row: ReportRow) => (sheetBy ? sheetBy.map((key) => row[key] ?? '').join(' ') : title);
  let begun: Begun | undefined;
  for await (const rows of made.chunks()) {
    for (const row of rows) {
      const name = nameOf(row);
      if (begun && begun.name !== name) end(begun);
      if (!begun || begun.name !== name) begun = begin(name, rows);
      writeRow(
        begun.sheet,
        styles,
        columns.map((column) => valueOf(column, row[column.key] ?? null)),
      );
      begun.count += 1;
      if (sheetBy) addTo(begun.sums, columns, row);
    }
    if (begun) await written(begun.sheet, made.signal);
  }
  end(begun ?? begin(title, []));
}

function addTo(sums: Record<string, number>, columns: readonly ReportColumn[], row: ReportRow): void {
  for (const { key, total } of columns) if (total === 'sum') sums[key] = (sums[key] ?? 0) + Number(row[key] ?? 0);
}

/** An empty cell isn't written. A style is the same object for all cells of a column: exceljs looks up what it has not met before. */
function writeRow(sheet: Worksheet, styles: readonly Partial<Style>[], values: readonly ExcelValue[]): void {
  const row = sheet.addRow(values.map((value) => value ?? undefined));
  values.forEach((value, i) => {
    const style = styles[i];
    if (value !== null && style !== undefined) row.getCell(i + 1).style = style;
  });
  row.commit();
}

function styleHeading(row: Row): void {
  row.font = { bold: true };
  row.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EDF3' } };
  row.alignment = { vertical: 'middle' };
  row.commit();
}

/** The formula follows the filters a reader sets; its value, for who doesn't compute, is the database's own total. */
function writeTotals(
  { request, words }: Export,
  sheet: Worksheet,
  valueOf: ToExcel,
  sums: Pick<ReportSums, 'total' | 'totals'>,
): void {
  const cells = request.report.columns.map((column, i) => {
    const total = sums.totals[column.key];
    if (total === undefined) return i === 0 ? words.t('common.total') : null;
    const result = Number(valueOf(column, total));
    const letter = sheet.getColumn(i + 1).letter;
    return sums.total === 0 ? result : { formula: `SUBTOTAL(9,${letter}2:${letter}${sums.total + 1})`, result };
  });
  const row = sheet.addRow(cells);
  row.font = { bold: true };
  row.border = { top: { style: 'thin' } };
  row.commit();
}

type ToExcel = (column: ReportColumn, value: ReportValue) => ExcelValue;

function excelValue({ request, words }: Export): ToExcel {
  const { currency, timeZone } = request.context.station;
  const minorUnits = 10 ** minorDigits(currency);
  const clock = wallClock(timeZone);
  const figures: Readonly<Record<FigureType, (value: number) => ExcelValue>> = {
    number: (value) => value,
    year: (value) => value,
    money: (value) => value / minorUnits,
    quantity: (value) => value / 1000,
    rate: (value) => value / 10_000,
    instant: (value) => new Date(clock(value)),
  };
  return ({ type, texts }, value) => {
    if (value === null || value === '') return null;
    if (type === 'date') return new Date(`${value}T00:00:00Z`);
    if (type === 'text' || type === 'code' || typeof value === 'string')
      return String(words.code(texts, value)).toWellFormed();
    return figures[type](value);
  };
}

const NARROWEST = 9;
const WIDEST = 42;

const WIDTHS: Readonly<Partial<Record<ColumnType, number>>> = { date: 12, instant: 17, money: 13, quantity: 12 };

/** As wide as the heading and the first rows need. */
function excelColumn(made: Export, column: ReportColumn, title: string, rows: readonly ReportRow[]): Partial<Column> {
  const { key, type, texts } = column;
  const { words } = made;
  const texted = isWords(type) ? rows.map((row) => widthOf(String(words.code(texts, row[key] ?? '')))) : [];
  const width = Math.max(WIDTHS[type] ?? NARROWEST, widthOf(title) + 4, ...texted.map((its) => its + 2));
  return { key, width: Math.min(WIDEST, width), style: styleOf(made, column) };
}

function styleOf({ request }: Export, { type }: ReportColumn): Partial<Style> {
  const numFmt = formatOf(type, minorDigits(request.context.station.currency));
  return numFmt === undefined ? {} : { numFmt };
}

function formatOf(type: ColumnType, decimals: number): string | undefined {
  const formats: Readonly<Record<ColumnType, string | undefined>> = {
    text: undefined,
    code: undefined,
    date: 'yyyy-mm-dd',
    instant: 'yyyy-mm-dd hh:mm',
    number: '#,##0',
    year: '0',
    quantity: '#,##0.000',
    money: decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`,
    rate: '0.00%',
  };
  return formats[type];
}

/** Excel's own limits. */
function sheetName(title: string): string {
  return title.replaceAll(/[\\/?*:[\]]/g, ' ').slice(0, 31);
}

function writeAbout(made: Export, workbook: WorkbookWriter): void {
  const { request, words, sums } = made;
  const { station } = request.context;
  const sheet = workbook.addWorksheet(words.t('reports.about'));
  sheet.columns = [{ width: 24 }, { width: 48 }];
  const facts: [string, string | number | Date][] = [
    [words.t('reports.report'), words.title(request.report.id)],
    [words.t('reports.station'), station.name],
    ...paramsInWords(words, request),
    [words.t('reports.ownFilters'), request.filters?.length ?? 0],
    [words.t('reports.rows'), sums.total],
    [words.t('reports.madeAt'), new Date(wallClock(station.timeZone)(made.madeAt))],
    [words.t('reports.madeBy'), made.madeBy],
  ];
  for (const [name, value] of facts) {
    const row = sheet.addRow([name, value]);
    row.getCell(1).font = { bold: true };
    row.getCell(2).alignment = { horizontal: 'left' };
    if (value instanceof Date) row.getCell(2).numFmt = 'yyyy-mm-dd hh:mm';
    row.commit();
  }
  sheet.commit();
}

const MOST_WAITING = 1 << 20; // bytes

/** The streams inside exceljs are of an old make, which keeps to itself how much is waiting. */
type OldStream = Readonly<{ _writableState?: { length: number }; destroyed?: boolean }>;

/** exceljs takes rows faster than it compresses them; waiting for that keeps memory bounded, and lets others work meanwhile. */
async function written(sheet: Worksheet, signal: AbortSignal): Promise<void> {
  const { stream } = sheet as unknown as { stream?: { pipes?: readonly OldStream[] } };
  const isBehind = () => stream?.pipes?.some((pipe) => !pipe.destroyed && waitingIn(pipe) > MOST_WAITING) ?? false;
  do await nextTurn();
  while (!signal.aborted && isBehind());
}

const waitingIn = (pipe: OldStream): number => pipe._writableState?.length ?? 0;

/** exceljs would wait for ever for a target that has failed. */
async function unlessAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  await Promise.race([work, aborted]);
}
