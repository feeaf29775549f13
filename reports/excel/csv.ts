import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ReportSums } from '../engine/page.ts';
import type { ColumnType, ReportColumn, ReportValue } from '../engine/report.ts';
import type { Export } from './export.ts';
import { decimalText, minorDigits, wallClock } from './figures.ts';
import { headings } from './words.ts';

const BYTE_ORDER_MARK = '\uFEFF'; // without it Excel reads UTF-8 as the code page of the machine

/** RFC 4180 with a byte order mark: headings, rows, and the totals as the last line. */
export async function writeCsv(made: Export, target: Writable): Promise<void> {
  const { request, words, sums } = made;
  const { columns } = request.report;
  const cell = cellText(made);
  const put = async (lines: string) => {
    if (!target.write(lines)) await once(target, 'drain');
  };
  await put(BYTE_ORDER_MARK + csvLine(headings(words, columns).map(textCell)));
  for await (const rows of made.chunks())
    await put(rows.map((row) => csvLine(columns.map((column) => cell(column, row[column.key] ?? null)))).join(''));
  await put(csvLine(totalsLine(columns, sums, cell, words.t('common.total'))));
  target.end();
  await finished(target);
}

type CellText = (column: ReportColumn, value: ReportValue) => string;

function totalsLine(columns: readonly ReportColumn[], sums: ReportSums, cell: CellText, label: string): string[] {
  return columns.map((column, index) => {
    const total = sums.totals[column.key];
    if (total !== undefined) return cell(column, total);
    return index === 0 ? textCell(label) : '';
  });
}

function cellText({ request, words }: Export): CellText {
  const { currency, timeZone } = request.context.station;
  const money = minorDigits(currency);
  const clock = wallClock(timeZone);
  const figures: Readonly<Record<Exclude<ColumnType, 'text' | 'date'>, (value: number) => string>> = {
    number: String,
    year: String,
    money: (value) => decimalText(value, money),
    quantity: (value) => decimalText(value, 3),
    rate: (value) => decimalText(value, 4),
    instant: (value) => new Date(clock(value)).toISOString().slice(0, 16).replace('T', ' '),
  };
  return ({ type, texts }, value) => {
    if (value === null) return '';
    if (type === 'text' || type === 'date' || typeof value === 'string')
      return textCell(String(words.code(texts, value)));
    return figures[type](value);
  };
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe; figures of ours never pass here. */
export function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
