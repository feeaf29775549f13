import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { auditedWithin } from '#db/repositories/pay-orders.ts';
import { migrateSqlite } from '#db/migrate.ts';
import { openSqliteStore } from '#db/sqlite-store.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { operations, type InputOf, type OperationName, type OutputOf } from '#operations/index.ts';
import { deriverOf } from '#operations/payroll/derive.ts';
import { ORDERS_AT_ONCE } from '#operations/payroll/refresh.ts';
import { perform } from '#operations/perform.ts';
import { environmentOf } from '#server/environment.ts';
import { reportBench } from './lib/bench.ts';
import { MONTH, putMonthInto } from './lib/pay-month.ts';

/**
 * A month of audited orders is calculated: read, rules and shares, beside one plain scan that adds the same rows up, of each the
 * best of three; then with every entry, explained, and every line stored, beside the same rows by raw prepared inserts; then again
 * after one order changed. Memory is the most that the process had until all was stored, with what the month was made of.
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
const store = openSqliteStore(filename);
const env = environmentOf(store, station);

async function run<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  return perform(env, operations[name], { actor: COMMAND_LINE, commandId: uuidv7(), input }) as Promise<OutputOf<N>>;
}

async function timed<T>(work: () => Promise<T> | T): Promise<Readonly<{ seconds: number; result: T }>> {
  globalThis.gc?.();
  const started = performance.now();
  const result = await work();
  return { seconds: (performance.now() - started) / 1000, result };
}

async function bestOfThree<T>(work: () => Promise<T> | T): Promise<Readonly<{ seconds: number; result: T }>> {
  const times = [await timed(work), await timed(work), await timed(work)] as const;
  return times.reduce((best, one) => (one.seconds < best.seconds ? one : best));
}

const scanned = await bestOfThree(scan);
const derived = await bestOfThree(() =>
  store.read(async (sql) => {
    const ids = await auditedWithin(sql, station.unitId, MONTH);
    const derive = deriverOf(sql, { unitId: station.unitId, today: MONTH.to });
    let entries = 0;
    for (let from = 0; from < ids.length; from += ORDERS_AT_ONCE) {
      const earned = await derive(ids.slice(from, from + ORDERS_AT_ONCE));
      for (const some of earned.values()) entries += some.length;
    }
    return entries;
  }),
);
const { id: periodId } = await run('payroll.openPeriod', MONTH);
const calculated = await timed(() => run('payroll.calculate', { periodId, version: 1 }));
if (calculated.result.entries !== derived.result) throw new Error('not all that was derived was calculated');
const memory = process.resourceUsage().maxRSS / 1024;
const rawSeconds = await rawInserts();
const [order] = await store.read((sql) =>
  sql.all<{ id: string; version: number }>('SELECT id, version FROM work_orders LIMIT 1'),
);
await run('audit.withdraw', { id: order?.id ?? '', version: order?.version ?? 0, reason: 'bench' });
const again = await timed(() => run('payroll.calculate', { periodId, version: 2 }));

reportBench('payroll', [
  { name: 'orders', figure: Number(values.orders), unit: '' },
  { name: 'entries', figure: derived.result, unit: '' },
  { name: 'plain scan', figure: scanned.seconds, unit: 's' },
  { name: 'read, rules, shares', figure: derived.seconds, unit: 's' },
  { name: 'read, rules, shares / scan', figure: derived.seconds / scanned.seconds, unit: '', atMost: 12 },
  { name: 'raw inserts of the same rows', figure: rawSeconds, unit: 's' },
  { name: 'calculated and stored', figure: calculated.seconds, unit: 's' },
  { name: 'calculated and stored / raw inserts', figure: calculated.seconds / rawSeconds, unit: '', atMost: 1.5 },
  { name: 'calculated again after one order', figure: again.seconds, unit: 's', atMost: 1 },
  { name: 'memory', figure: memory, unit: 'MiB', atMost: 512 },
]);

function scan(): unknown {
  const database = new Database(filename, { readonly: true });
  const sums = database
    .prepare(
      `SELECT (SELECT SUM(discount) FROM work_orders WHERE audited_on BETWEEN ? AND ?) AS discount,
         (SELECT SUM(fee + labour_cost) FROM work_order_labour) AS labour, (SELECT SUM(share_bp) FROM work_order_technicians) AS shares,
         (SELECT SUM(quantity * price + cost) FROM work_order_parts) AS parts`,
    )
    .get(MONTH.from, MONTH.to);
  database.close();
  return sums;
}

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
