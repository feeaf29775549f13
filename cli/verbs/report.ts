import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { businessDate } from '#domain/dates.ts';
import type { Sql } from '#db/store.ts';
import { requestOf } from '#operations/reports/request.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { reportChunks, reportSums, type ReportRequest } from '#reports/engine/page.ts';
import { isWords, type ReportRow } from '#reports/engine/report.ts';
import { writeReport, type ExportFormat } from '#reports/excel/export.ts';
import { plainText, totalsInText, widthOf } from '#reports/excel/plain.ts';
import { headings, reportWords } from '#reports/excel/words.ts';
import { reports } from '#reports/index.ts';
import { isTextKey, type Translate } from '#renderer/text/index.ts';
import { EXIT, UsageError, type Cli, type Verb } from '../verb.ts';

/** Lists the reports with their parameters; needs no data. */
export const reportList: Verb = {
  name: 'report list',
  usage: '[--json]',
  help: 'reportList',
  options: {},

  async run(cli) {
    const words = reportWords(cli.language);
    const listed = reports.map((report) => ({
      id: report.id,
      title: words.title(report.id),
      params: Object.keys(report.params.shape),
      columns: report.columns.map(({ key, type }) => ({ key, type })),
    }));
    const width = Math.max(...listed.map(({ id }) => id.length));
    const line = ({ id, title, params }: (typeof listed)[number]) =>
      `${id.padEnd(width)}  ${title}\n${''.padEnd(width)}  ${params.map((name) => `--param ${name}=…`).join('  ')}`;
    cli.answer(listed, () => listed.map(line).join('\n'));
    return EXIT.ok;
  },
};

/** Runs a report and prints it, or writes it to files; what is not given as a parameter does not limit the rows. */
export const reportRun: Verb = {
  name: 'report run',
  usage: 'ID [--param NAME=VALUE …] [--xlsx FILE] [--csv FILE] [--json]',
  help: 'reportRun',
  options: { param: { type: 'string', multiple: true }, xlsx: { type: 'string' }, csv: { type: 'string' } },

  async run(cli) {
    const asked = { id: idOf(cli), params: paramsOf(cli) };
    const { environment, store } = await cli.open();
    const { station } = environment;
    const madeAt = environment.now();
    const today = businessDate(madeAt, station.timeZone);
    await store.read(async (sql) => {
      const request = await refusedByName(cli.t, () => requestOf({ sql, actor: COMMAND_LINE, station, today }, asked));
      for (const format of ['xlsx', 'csv'] as const) await writeFileOf(cli, sql, request, format, madeAt);
      if (cli.values['json']) await printJson(sql, request);
      else if (cli.values['xlsx'] === undefined && cli.values['csv'] === undefined) await printTable(cli, sql, request);
    });
    return EXIT.ok;
  },
};

function idOf({ positionals, t }: Cli): string {
  const [id, ...others] = positionals;
  if (id === undefined || others.length > 0) throw new UsageError(t('cli.reportIdMissing'));
  if (!reports.some((report) => report.id === id))
    throw new UsageError(t('cli.unknownReport', { id, ids: reports.map((report) => report.id).join(', ') }));
  return id;
}

/** @throws UsageError on one that is not NAME=VALUE or is there twice */
function paramsOf({ values, t }: Pick<Cli, 'values' | 't'>): Record<string, string> {
  const params: Record<string, string> = {};
  for (const param of [values['param'] ?? []].flat()) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(String(param)) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageError(t('cli.paramWithoutValue', { param: String(param) }));
    if (Object.hasOwn(params, name)) throw new UsageError(`--param ${name}: ${t('fieldRules.duplicate')}`);
    params[name] = value;
  }
  return params;
}

/** What the door refuses about a parameter is a mistake in the call, told with the parameter's name. */
async function refusedByName<T>(t: Translate, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'input.invalid') throw error;
    const faults = (error.details['faults'] ?? []) as readonly FieldFault[];
    throw new UsageError(faults.map((fault) => faultLine(t, fault)).join('\n'));
  }
}

function faultLine(t: Translate, { path, rule, params = {} }: FieldFault): string {
  const key = `fieldRules.${rule}`;
  return `--param ${path.replace('params.', '')}: ${isTextKey(key) ? t(key, params) : rule}`;
}

/** Under another name until it is whole, so that what bears the name is never half a file. */
async function writeFileOf(cli: Cli, sql: Sql, request: ReportRequest, format: ExportFormat, madeAt: number) {
  const file = cli.values[format];
  if (typeof file !== 'string') return;
  const unfinished = `${file}.unfinished`;
  const { language, signal } = cli;
  const onProgress = progressOn(cli);
  const options = { format, language, madeAt, madeBy: COMMAND_LINE.name, signal, onProgress };
  try {
    const { total } = await writeReport(sql, request, options, createWriteStream(unfinished));
    await rename(unfinished, file);
    cli.say(cli.t('cli.reportWritten', { rows: total, file }));
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error instanceof Error && 'syscall' in error) throw new UsageError(error.message);
    throw error;
  }
}

const STEP = 20_000; // rows between two lines of progress

function progressOn(cli: Cli): (written: number, total: number) => void {
  let next = STEP;
  return (written, total) => {
    if (written < next) return;
    cli.say(`${written} / ${total}`);
    next = written + STEP;
  };
}

/** `{"rows": […], "totals": {…}}` with figures as they are kept: fen, thousandths, ms UTC, codes. */
async function printJson(sql: Sql, request: ReportRequest): Promise<void> {
  const { totals } = await reportSums(sql, request);
  let separator = '{"rows": [\n';
  for await (const rows of reportChunks(sql, request)) {
    await put(separator + rows.map((row) => JSON.stringify(row)).join(',\n'));
    separator = ',\n';
  }
  await put(`${separator === ',\n' ? '' : separator}\n], "totals": ${JSON.stringify(totals)}}\n`);
}

const WIDEST = 40;

/** As wide as the heading and the first rows need; what is longer is cut. */
async function printTable(cli: Cli, sql: Sql, request: ReportRequest): Promise<void> {
  const { columns } = request.report;
  const words = reportWords(cli.language);
  const plain = plainText(request.context, words);
  const lineOf = (row: ReportRow) =>
    columns.map((column) => plain(column, row[column.key] ?? null).replaceAll(/\s+/g, ' '));
  const { total, totals } = await reportSums(sql, request);
  const sums = totalsInText(columns, totals, words.t('common.total'), plain);
  const titles = headings(words, columns);
  let widths: number[] | undefined;
  for await (const rows of reportChunks(sql, request)) {
    const lines = rows.map(lineOf);
    const head = widths === undefined ? [titles] : [];
    widths ??= titles.map((_, i) =>
      Math.min(WIDEST, Math.max(...[titles, sums, ...lines].map((line) => widthOf(line[i] ?? '')))),
    );
    await put([...head, ...lines].map((line) => tableLine(request, line, widths ?? [])).join(''));
  }
  widths ??= titles.map((title, i) => Math.max(widthOf(title), widthOf(sums[i] ?? '')));
  if (total === 0) await put(tableLine(request, titles, widths));
  await put(tableLine(request, sums, widths));
  cli.say(words.t('common.rowCount', { total }));
}

function tableLine({ report }: ReportRequest, cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, i) => {
    const width = widths[i] ?? 0;
    const text = cutTo(cell, width);
    const space = ' '.repeat(Math.max(0, width - widthOf(text)));
    return isWords(report.columns[i]?.type) ? text + space : space + text;
  });
  return `${padded.join('  ').trimEnd()}\n`;
}

function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let cut = '';
  for (const character of text) {
    if (widthOf(cut) + widthOf(character) > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

async function put(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    process.stdout.write(text, (error) => (error ? reject(error) : resolve())),
  );
}
