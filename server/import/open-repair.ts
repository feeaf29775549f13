import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Actor } from '#domain/access/actor.ts';
import { DomainError } from '#domain/errors.ts';
import {
  OLDER_NAMES,
  OPEN_REPAIR_COLUMNS,
  openRepairRow,
  REQUIRED_COLUMNS,
  type OpenRepairColumn,
} from '#operations/imports/open-repair-row.ts';
import { operations, type InputOf, type OutputOf } from '#operations/index.ts';
import { faultsOf } from '#operations/inputs.ts';
import type { Environment } from '#operations/operation.ts';
import { perform } from '#operations/perform.ts';
import { csvRecords, type CsvRecord } from '#reports/excel/csv-records.ts';
import { decoded, encodingOf, type Encoding } from './encoding.ts';
import type { RefusedRow, RefusedRowsFile } from './refused-rows.ts';

/** A file of the Open Repair format, found to be one. */
export type OpenRepairFile = Readonly<{ name: string; size: number; encoding: Encoding; columns: Columns }>;

/** Where each column of the format stands. */
type Columns = ReadonlyMap<OpenRepairColumn, number>;

export type ImportCounts = Readonly<{ read: number; imported: number; unchanged: number; refused: number }>;

export const NOTHING: ImportCounts = { read: 0, imported: 0, unchanged: 0, refused: 0 };

/** `share` of the file that is read, 1 only at the end; all that is counted is saved. */
export type ImportProgress = ImportCounts & Readonly<{ share: number }>;

type Import = Readonly<{
  environment: Environment;
  actor: Actor;
  file: OpenRepairFile;
  refusedRows: RefusedRowsFile;
  onProgress(progress: ImportProgress): void;
  /** Aborted, the import ends after the batch at hand. */
  signal: AbortSignal;
}>;

/**
 * Looks at encoding and heading. Of a file that passes, only single rows can still be refused.
 * @throws DomainError `file.missing`, `file.not-a-file`, `file.unreadable`, `file.wrong-format`
 */
export async function openRepairFile(name: string): Promise<OpenRepairFile> {
  try {
    const found = await stat(name);
    // A pipe could be read only once; a file is read first to know its encoding.
    if (!found.isFile()) throw new DomainError('file.not-a-file', { file: name });
    const encoding = await encodingOf(name);
    return { name, size: found.size, encoding, columns: columnsOf(name, await headingOf(name, encoding)) };
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    if (code === 'ENOENT') throw new DomainError('file.missing', { file: name });
    throw new DomainError('file.unreadable', { file: name, reason: code ?? syscall });
  }
}

async function headingOf(file: string, encoding: Encoding): Promise<readonly string[]> {
  for await (const records of csvRecords(decoded(file, encoding)))
    for (const record of records) return record.fault ? [] : record.values;
  return [];
}

function columnsOf(file: string, heading: readonly string[]): Columns {
  const names = heading.map((name) => name.trim().toLowerCase());
  const columns = new Map<OpenRepairColumn, number>();
  for (const column of OPEN_REPAIR_COLUMNS) {
    const own = names.indexOf(column);
    const at = own === -1 ? names.findIndex((name) => OLDER_NAMES[name] === column) : own;
    if (at !== -1) columns.set(column, at);
  }
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.has(column));
  if (missing.length > 0) throw new DomainError('file.wrong-format', { file, missing: missing.join(', ') });
  return columns;
}

/** Rows of one transaction: enough to make its cost small, few enough to let others write in between. */
export const BATCH = 500;

/**
 * Imports a file row by row in bounded memory, a batch in each transaction: whenever it ends, what it has counted is saved,
 * and running it again imports the rest.
 * @throws DomainError `access.denied`
 */
export async function importOpenRepair(work: Import): Promise<ImportCounts> {
  const { file, refusedRows, signal } = work;
  let counts = NOTHING;
  let share = 0;
  let batch: RawRow[] = [];
  const save = async (rows: RawRow[]) => {
    counts = added(counts, await saveRows(work, rows));
    work.onProgress({ ...counts, share });
  };
  const text = decoded(file.name, file.encoding, { onBytes: (bytes) => (share = Math.min(0.99, bytes / file.size)) });
  let isHeading = true;
  for await (const records of csvRecords(text)) {
    const refused: RefusedRow[] = [];
    for (const record of isHeading ? records.slice(1) : records) {
      const row = rowOf(record, file.columns);
      if ('faults' in row) refused.push(row);
      else batch.push(row);
    }
    isHeading = false;
    await refusedRows.add(refused);
    counts = added(counts, { ...NOTHING, read: refused.length, refused: refused.length });
    for (; batch.length >= BATCH && !signal.aborted; batch = batch.slice(BATCH)) await save(batch.slice(0, BATCH));
    if (signal.aborted) return counts;
  }
  share = 1;
  await save(batch);
  return counts;
}

type RawRow = InputOf<'imports.openRepairRows'>['rows'][number];

async function saveRows({ environment, actor, file }: Import, rows: RawRow[]): Promise<ImportCounts> {
  if (rows.length === 0) return NOTHING;
  const result = (await perform(environment, operations['imports.openRepairRows'], {
    actor,
    commandId: environment.newId(),
    input: { source: path.basename(file.name), rows },
  })) as OutputOf<'imports.openRepairRows'>;
  return { ...result, read: rows.length, refused: 0 };
}

export function added(a: ImportCounts, b: ImportCounts): ImportCounts {
  return {
    read: a.read + b.read,
    imported: a.imported + b.imported,
    unchanged: a.unchanged + b.unchanged,
    refused: a.refused + b.refused,
  };
}

/** The row as the operation takes it, or why it would not. */
function rowOf(record: CsvRecord, columns: Columns): RawRow | RefusedRow {
  const valueOf = (column: OpenRepairColumn) => record.values[columns.get(column) ?? -1] ?? '';
  const id = valueOf('id').trim();
  if (record.fault) return { line: record.line, id, faults: [{ path: '', ...record.fault, value: '' }] };
  const raw = Object.fromEntries(OPEN_REPAIR_COLUMNS.map((column) => [column, valueOf(column)])) as RawRow;
  const parsed = openRepairRow.safeParse(raw);
  if (parsed.success) return raw;
  const faults = faultsOf(parsed.error).map((fault) => ({ ...fault, value: valueOf(fault.path as OpenRepairColumn) }));
  return { line: record.line, id, faults };
}
