import type { CellValue, Worksheet } from 'exceljs';
import { DomainError } from '#domain/errors.ts';
import { csvRecords, type CsvRecord } from './csv-records.ts';

/** What somebody filled in in a spreadsheet, an Excel workbook or CSV, as text: the one reader of tables that people bring. */

export type TableFile = Readonly<{ name: string; base64: string }>;

/** The heading first; `line` is the row of the sheet or the line of the file. */
export type TableRecord = CsvRecord;

const ZIP = 'PK'; // what an Excel workbook begins with

/**
 * Of a workbook the first sheet. CSV may be UTF-8 or, as Excel in China saves it, GBK.
 * @throws DomainError `file.unreadable`, `input.invalid` for more than `most` rows
 */
export async function readTable({ name, base64 }: TableFile, most: number): Promise<TableRecord[]> {
  const content = Buffer.from(base64, 'base64');
  const isWorkbook = content.subarray(0, ZIP.length).toString('latin1') === ZIP;
  const records = isWorkbook ? await sheetRecords(name, content) : await textRecords(textOf(content));
  if (records.length - 1 > most)
    throw new DomainError('input.invalid', { faults: [{ path: 'rows', rule: 'tooMany', params: { max: most } }] });
  return records;
}

async function textRecords(text: string): Promise<TableRecord[]> {
  const found: TableRecord[] = [];
  for await (const records of csvRecords(only(text))) found.push(...records);
  return found;
}

async function* only(text: string): AsyncGenerator<string, void> {
  yield text;
}

function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('gb18030').decode(content);
  }
}

async function sheetRecords(name: string, content: Buffer): Promise<TableRecord[]> {
  const { default: excel } = await import('exceljs'); // a third of a second, and few commands need it
  const workbook = new excel.Workbook();
  try {
    await workbook.xlsx.load(content as unknown as Parameters<typeof workbook.xlsx.load>[0]); // typed for an older Node
  } catch (error) {
    throw new DomainError('file.unreadable', { file: name, reason: error instanceof Error ? error.message : '' });
  }
  const [sheet] = workbook.worksheets;
  return sheet ? rowsOf(sheet) : [];
}

function rowsOf(sheet: Worksheet): TableRecord[] {
  const records: TableRecord[] = [];
  sheet.eachRow((row, line) => {
    const values = Array.from({ length: sheet.columnCount }, (_, at) => textOfCell(row.getCell(at + 1).value).trim());
    if (values.some((value) => value !== '')) records.push({ line, values });
  });
  return records;
}

const PLACES = 15; // digits that a figure of Excel has; what stands behind them comes from counting in halves

function textOfCell(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(PLACES)));
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return value.text;
  return 'result' in value ? textOfCell(value.result ?? null) : '';
}
