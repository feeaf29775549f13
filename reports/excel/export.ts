import { Writable } from 'node:stream';
import { businessDate } from '#domain/dates.ts';
import type { Sql } from '#db/store.ts';
import type { Language } from '#renderer/text/index.ts';
import { reportChunks, reportSums, type ReportRequest, type ReportSums } from '../engine/page.ts';
import type { ReportRow } from '../engine/report.ts';
import { writeCsv } from './csv.ts';
import { reportWords, type ReportWords } from './words.ts';
import { writeExcel } from './workbook.ts';

/** The one exporter of all reports: the rows and totals of a request as a file. */

export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ExportOptions = Readonly<{
  format: ExportFormat;
  language: Language;
  /** ms UTC and the name of who asked, for the sheet that says what the file is. */
  madeAt: number;
  madeBy: string;
  onProgress?: (written: number, total: number) => void;
  /** Aborted, the export ends with its reason and the file is not whole. */
  signal?: AbortSignal;
}>;

/** An export under way, as the writers of the formats see it. */
export type Export = Readonly<{
  request: ReportRequest;
  words: ReportWords;
  sums: ReportSums;
  madeAt: number;
  madeBy: string;
  /** Aborted by who asked, or when the target takes no more. */
  signal: AbortSignal;
  chunks(): AsyncIterable<ReportRow[]>;
}>;

export type ExportedFile = Readonly<{ name: string; mediaType: string; base64: string }>;

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** Writes the file to `target` and ends it, or throws what the target or who asked had against it. `sql` is one read transaction, so that totals and rows are of the same moment. */
export async function writeReport(
  sql: Sql,
  request: ReportRequest,
  options: ExportOptions,
  target: Writable,
): Promise<ReportSums> {
  const { format, language, madeAt, madeBy } = options;
  const failure = new AbortController();
  target.on('error', (error) => failure.abort(error));
  const signal = AbortSignal.any([failure.signal, ...(options.signal ? [options.signal] : [])]);
  const sums = await reportSums(sql, request);
  const chunks = () => withProgress(reportChunks(sql, request), sums.total, signal, options.onProgress);
  const made: Export = { request, words: reportWords(language), sums, madeAt, madeBy, signal, chunks };
  await (format === 'xlsx' ? writeExcel(made, target) : writeCsv(made, target));
  return sums;
}

/** The file in memory, for a caller at the other end of a connection. */
export async function exportReport(sql: Sql, request: ReportRequest, options: ExportOptions): Promise<ExportedFile> {
  const parts: Buffer[] = [];
  const target = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part);
      done();
    },
  });
  await writeReport(sql, request, options, target);
  const { station } = request.context;
  const title = reportWords(options.language).title(request.report.id);
  const name = `${title} ${businessDate(options.madeAt, station.timeZone)}.${options.format}`;
  return { name, mediaType: MEDIA_TYPES[options.format], base64: Buffer.concat(parts).toString('base64') };
}

async function* withProgress(
  chunks: AsyncIterable<ReportRow[]>,
  total: number,
  signal: AbortSignal,
  onProgress: ExportOptions['onProgress'],
): AsyncGenerator<ReportRow[]> {
  let written = 0;
  signal.throwIfAborted();
  for await (const rows of chunks) {
    yield rows;
    written += rows.length;
    onProgress?.(written, total);
    signal.throwIfAborted();
  }
}
