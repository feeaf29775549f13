import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { isWords } from '../engine/report.ts';
import type { Export } from './export.ts';
import { plainText, totalsInText } from './plain.ts';
import { headings } from './words.ts';

const BYTE_ORDER_MARK = '\uFEFF'; // without it Excel reads UTF-8 as the code page of the machine

/** RFC 4180 with a byte order mark: headings, rows, and the totals as the last line. */
export async function writeCsv({ request, words, sums, chunks }: Export, target: Writable): Promise<void> {
  const { columns } = request.report;
  const plain = plainText(request.context, words);
  const line = (cells: readonly string[]) =>
    csvLine(cells.map((text, i) => (isWords(columns[i]?.type) ? textCell(text) : text)));
  const put = async (lines: string) => {
    if (!target.write(lines)) await once(target, 'drain');
  };
  await put(BYTE_ORDER_MARK + csvLine(headings(words, columns).map(textCell)));
  for await (const rows of chunks())
    await put(rows.map((row) => line(columns.map((column) => plain(column, row[column.key] ?? null)))).join(''));
  await put(line(totalsInText(columns, sums.totals, words.t('common.total'), plain)));
  target.end();
  await finished(target);
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe; figures of ours never pass here. */
export function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
