import Database from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import { auditedWithin } from '#db/repositories/pay-orders.ts';
import { openSqliteStore } from '#db/sqlite-store.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { operations, type InputOf, type OperationName, type OutputOf } from '#operations/index.ts';
import type { Station } from '#operations/operation.ts';
import { deriverOf } from '#operations/payroll/derive.ts';
import { ORDERS_AT_ONCE } from '#operations/payroll/refresh.ts';
import { perform } from '#operations/perform.ts';
import { environmentOf } from '#server/environment.ts';
import { MONTH } from './pay-month.ts';

/** Calculates a month that lies in a file, and says on stdout how long each part took, as `PayCalculation`. */

export type PayCalculation = Readonly<{
  entries: number;
  /** Seconds: the plain scan, what all pay, all of it stored, and again after one order. */
  scanned: number;
  derived: number;
  calculated: number;
  again: number;
  /** MiB at most until all was stored. */
  memory: number;
}>;

const [filename = '', ofStation = ''] = process.argv.slice(2);
const station = JSON.parse(ofStation) as Station;
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
const [order] = await store.read((sql) =>
  sql.all<{ id: string; version: number }>('SELECT id, version FROM work_orders LIMIT 1'),
);
await run('audit.withdraw', { id: order?.id ?? '', version: order?.version ?? 0, reason: 'bench' });
const again = await timed(() => run('payroll.calculate', { periodId, version: 2 }));

const told: PayCalculation = {
  entries: derived.result,
  scanned: scanned.seconds,
  derived: derived.seconds,
  calculated: calculated.seconds,
  again: again.seconds,
  memory,
};
console.log(JSON.stringify(told));

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
