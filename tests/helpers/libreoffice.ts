import { parse } from 'csv-parse/sync';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Comma, quotes, UTF-8, from line 1, cells as they are shown, only the first sheet.
const AS_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,1';

/** The first sheet of an Excel file as LibreOffice shows it, heading and totals included. */
export function shownByLibreOffice(file: string): string[][] {
  const folder = mkdtempSync(path.join(tmpdir(), 'mendway-test-'));
  try {
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    execFileSync('soffice', [profile, '--headless', '--convert-to', AS_CSV, '--outdir', folder, file], {
      stdio: 'ignore',
    });
    const made = readdirSync(folder).find((name) => name.endsWith('.csv'));
    if (made === undefined) throw new Error('LibreOffice made no CSV');
    return parse(readFileSync(path.join(folder, made), 'utf8'), { bom: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
