import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { migrateSqlite } from '#db/migrate.ts';
import { reportBench } from './lib/bench.ts';
import type { PayCalculation } from './lib/pay-calculation.ts';
import { putMonthInto } from './lib/pay-month.ts';
import { FLAGS } from '../../build/lib/bundles.mjs';

/**
 * A month of audited orders is calculated: read, rules and shares, beside one plain scan that adds the same rows up, of each the
 * best of three; then with every entry, explained, and every line stored, beside the same rows by raw prepared inserts; then again
 * after one order changed. Memory is the most that the process had in which all this was done.
 */

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '200000' },
    people: { type: 'string', default: '2000' },
    json: { type: 'boolean' },
  },
});

// Beside the checkout, not in the temporary folder: that may be memory, where nothing waits for a disk.
const folder = mkdtempSync(path.resolve('out-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const filename = path.join(folder, 'pay.db');
const station = { unitId: uuidv7(), code: 'SH01', name: 'bench', timeZone: 'Asia/Shanghai', currency: 'CNY' };
await migrateSqlite(filename);
putMonthInto(filename, station, { orders: Number(values.orders), people: Number(values.people) });
/** The product's part in a process of its own, run as its programs are. */
const calculation = path.resolve('tests/bench/lib/pay-calculation.ts');
const flags = [...FLAGS, '--expose-gc', calculation, filename, JSON.stringify(station)];
const said = execFileSync(process.execPath, flags, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const told = JSON.parse(said) as PayCalculation;
const rawSeconds = await rawInserts();

reportBench('payroll', [
  { name: 'orders', figure: Number(values.orders), unit: '' },
  { name: 'entries', figure: told.entries, unit: '' },
  { name: 'plain scan', figure: told.scanned, unit: 's' },
  { name: 'read, rules, shares', figure: told.derived, unit: 's' },
  { name: 'read, rules, shares / scan', figure: told.derived / told.scanned, unit: '', atMost: 12 },
  { name: 'raw inserts of the same rows', figure: rawSeconds, unit: 's' },
  { name: 'calculated and stored', figure: told.calculated, unit: 's' },
  { name: 'calculated and stored / raw inserts', figure: told.calculated / rawSeconds, unit: '', atMost: 1.5 },
  { name: 'calculated again after one order', figure: told.again, unit: 's', atMost: 1 },
  { name: 'memory', figure: told.memory, unit: 'MiB', atMost: 512 },
]);

/** The rows that were stored, into a file of the same schema, in one transaction. */
async function rawInserts(): Promise<number> {
  const target = path.join(folder, 'raw.db');
  await migrateSqlite(target);
  const raw = new Database(target);
  const from = new Database(filename, { readonly: true });
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = OFF');
  raw.pragma('cache_size = -32768');
  let spent = 0;
  const begin = () => raw.exec('BEGIN');
  begin();
  for (const table of ['pay_entries', 'payslips', 'payslip_lines']) {
    const rows = from.prepare(`SELECT * FROM ${table}`).raw();
    const width = rows.columns().length;
    const insert = raw.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: width }, () => '?').join(', ')})`);
    let some: unknown[][] = [];
    const put = () => {
      const started = performance.now();
      for (const row of some) insert.run(row);
      spent += performance.now() - started;
      some = [];
    };
    for (const row of rows.iterate() as Iterable<unknown[]>) {
      some.push(row);
      if (some.length === 10_000) put();
    }
    put();
  }
  const started = performance.now();
  raw.exec('COMMIT');
  spent += performance.now() - started;
  raw.close();
  from.close();
  return spent / 1000;
}
