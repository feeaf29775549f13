import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { FieldFault } from '#domain/errors.ts';
import { isTextKey, type Translate } from '#renderer/text/index.ts';
import { csvLine, textCell } from '#reports/excel/csv.ts';

/** A row that was not imported: the line it starts on, and what is wrong with which value. */
export type RefusedRow = Readonly<{ line: number; id: string; faults: readonly RowFault[] }>;

/** `path` is the column, '' for the row as a whole. */
export type RowFault = FieldFault & Readonly<{ value: string }>;

export type RefusedRowsFile = Readonly<{
  add(rows: readonly RefusedRow[]): Promise<void>;
  /** Where the rows are; undefined while there are none. */
  place(): string | undefined;
  close(): Promise<void>;
}>;

const BYTE_ORDER_MARK = '\uFEFF'; // without it Excel reads UTF-8 as the code page of the machine

/**
 * The file beside the imported one, or in `folder` when nothing may be written there. It tells of this import only: what an
 * earlier one left is removed, and without a refused row there is no file.
 */
export async function refusedRowsFile(file: string, folder: string, t: Translate): Promise<RefusedRowsFile> {
  const beside = `${file}.refused.csv`;
  const places = [beside, path.join(path.resolve(folder), path.basename(beside))];
  for (const place of places) await rm(place, { force: true }).catch(() => undefined);
  let opened: Readonly<{ handle: FileHandle; place: string }> | undefined;
  return {
    add: async (rows) => {
      if (rows.length === 0) return;
      if (!opened) {
        opened = await openFirst(places);
        await opened.handle.appendFile(
          BYTE_ORDER_MARK + csvLine([t('imports.line'), t('imports.id'), t('imports.reason')]),
        );
      }
      await opened.handle.appendFile(rows.map((row) => lineOf(row, t)).join(''));
    },
    place: () => opened?.place,
    close: async () => opened?.handle.close(),
  };
}

async function openFirst(places: readonly string[]): Promise<{ handle: FileHandle; place: string }> {
  const [place, ...others] = places;
  if (place === undefined) throw new Error('no place for the refused rows');
  try {
    return { handle: await open(place, 'w'), place };
  } catch (error) {
    if (others.length === 0) throw error;
    return openFirst(others);
  }
}

function lineOf(row: RefusedRow, t: Translate): string {
  const reasons = row.faults.map((fault) => reasonOf(fault, t));
  return csvLine([String(row.line), textCell(row.id), textCell(reasons.join('; '))]);
}

const SHOWN = 60;

/** What is wrong with which value. */
export function reasonOf(fault: RowFault, t: Translate): string {
  const key = `fieldRules.${fault.rule}`;
  const value = fault.value.length > SHOWN ? `${fault.value.slice(0, SHOWN)}…` : fault.value;
  const words = {
    what: fault.path || t('imports.row'),
    value: value === '' ? '' : t('imports.quoted', { value }),
    rule: isTextKey(key) ? t(key, fault.params) : fault.rule,
  };
  return t('imports.fault', words).replace(/ {2,}/g, ' ');
}
