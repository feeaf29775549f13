import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculatePay } from '#domain/payroll/calculate.ts';
import type { PayScenario } from '#domain/payroll/types.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { ledgerFaults } from './lib/ledgers.ts';
import { givenPayWorld, givenRules, MARCH, payWorld, scenarioOf, TECHNICIANS, type PayWorld } from './lib/pay-world.ts';

// What the product pays is what the engine says, whatever was worked and in whatever sequence it was entered; and what was
// locked stays, whatever happens after.

const SEED = Number(process.env['MENDWAY_SEED'] ?? Date.now() % 1_000_000);
const RUNS = Number(process.env['MENDWAY_RUNS'] ?? 0);
const DAY = 86_400_000;
const APRIL = { from: '2026-04-01', to: '2026-04-30' };

const SUMS = [
  'basePay',
  'commission',
  'tiers',
  'rewards',
  'satisfaction',
  'penalties',
  'deadline',
  'clawback',
  'carriedIn',
  'deductions',
  'carriedOut',
  'net',
] as const;

describe.each(DIALECTS)('pay on %s', (dialect) => {
  test.skipIf(!isAvailable(dialect))(
    `pays what the engine says, again and again, and what was locked stays (seed ${SEED})`,
    async () => {
      const numRuns = RUNS || (dialect === 'sqlite' ? 12 : 4);
      await fc.assert(
        fc.asyncProperty(payWorld, (drawn) => lived(dialect, drawn)),
        { numRuns, seed: SEED, endOnFailure: RUNS === 0 },
      );
    },
    RUNS > 0 ? 3_600_000 : 120_000,
  );
});

async function lived(dialect: (typeof DIALECTS)[number], drawn: PayWorld): Promise<void> {
  const station = await openTestStation(dialect);
  try {
    const given = await givenPayWorld(station, drawn);
    const rules = await givenRules(station, drawn.rules);
    for (const { id, version } of given.orders) await station.run('audit.approve', { id, version }, { as: 'auditor' });
    const late = await givenRules(station, drawn.lateRules);
    const orders = given.orders.map(({ order }) => order);

    const march = await periodOf(station, MARCH);
    await calculated(station, march);
    expect(await payslipsOf(station, march)).toEqual(expected(scenarioOf(given, orders, [...rules, ...late])));
    // Only what is no longer right is made anew.
    const [first] = given.orders;
    if (first) {
      const { id, version } = first;
      await station.run('audit.withdraw', { id, version: version + 1, reason: '漏项' }, { as: 'auditor' });
      await calculated(station, march);
      const open = orders.map((order) => (order.id === id ? { ...order, auditedOn: '2000-01-01' } : order));
      expect(await payslipsOf(station, march)).toEqual(expected(scenarioOf(given, open, [...rules, ...late])));
      await station.run('audit.approve', { id, version: version + 2 }, { as: 'auditor' });
    }
    await calculated(station, march);
    const before = await payslipsOf(station, march);
    expect(before).toEqual(expected(scenarioOf(given, orders, [...rules, ...late])));

    await moved(station, march, 'payroll.review');
    await moved(station, march, 'payroll.lock');
    station.clock.now += 20 * DAY;
    for (const [index, { id, version }] of given.orders.entries())
      if (drawn.works[index]?.isWithdrawn)
        await station.run(
          'audit.withdraw',
          { id, version: version + (index === 0 ? 3 : 1), reason: '投诉' },
          { as: 'auditor' },
        );
    const april = await periodOf(station, APRIL);
    await calculated(station, april);
    expect(await payslipsOf(station, march)).toEqual(before);
    const left = orders.filter((_, index) => !drawn.works[index]?.isWithdrawn);
    expect(await earnedOf(station)).toEqual(earnedBy(scenarioOf(given, left, [...rules, ...late]), orders));
    const faults = await ledgerFaults(station);
    expect(faults.filter((fault) => !fault.startsWith('stock'))).toEqual([]); // no part was ever received
  } finally {
    await station.close();
  }
}

async function periodOf(station: TestStation, days: { from: string; to: string }): Promise<string> {
  return (await station.run('payroll.openPeriod', days, { as: 'accountant' })).id;
}

async function moved(
  station: TestStation,
  periodId: string,
  step: 'payroll.calculate' | 'payroll.review' | 'payroll.lock',
) {
  const { period } = await station.run('payroll.period', { id: periodId }, { as: 'accountant' });
  await station.run(step, { periodId, version: period.version }, { as: 'accountant' });
}

const calculated = (station: TestStation, periodId: string) => moved(station, periodId, 'payroll.calculate');

/** The columns of the sheet, which add up across. */
const ACROSS = [
  'basePay',
  'labour',
  'parts',
  'job',
  'tierPay',
  'rewardPay',
  'satisfactionPay',
  'taken',
  'adjustments',
] as const;

type Sums = Record<string, Record<string, number>>;

async function payslipsOf(station: TestStation, periodId: string): Promise<Sums> {
  const { rows } = await station.run('payroll.period', { id: periodId }, { as: 'accountant' });
  const ours = rows.filter(({ number }) => TECHNICIANS.some((one) => one === number));
  for (const row of ours) expect(ACROSS.reduce((sum, column) => sum + row[column], 0)).toBe(row.net);
  return Object.fromEntries(ours.map((row) => [row.number, Object.fromEntries(SUMS.map((sum) => [sum, row[sum]]))]));
}

function expected(scenario: PayScenario): Sums {
  return Object.fromEntries(
    calculatePay(scenario).payslips.map((slip) => [
      slip.employee,
      Object.fromEntries(SUMS.map((sum) => [sum, sum === 'carriedIn' ? 0 - slip.carriedIn : slip[sum]])),
    ]),
  );
}

/** Of everybody, what his work stands for on all payslips together. */
async function earnedOf(station: TestStation): Promise<Record<string, number>> {
  const rows = await station.rows<{ number: string; amount: number }>(
    `SELECT e.number, SUM(x.amount) AS amount FROM payslip_lines l JOIN pay_entries x ON x.id = l.pay_entry_id
     JOIN employees e ON e.id = x.employee_id GROUP BY e.number HAVING SUM(x.amount) <> 0 ORDER BY e.number`,
  );
  return Object.fromEntries(rows.map(({ number, amount }) => [number, amount]));
}

/** The same by the engine, of what is audited still; `all` is what it may look up. */
function earnedBy(scenario: PayScenario, all: PayScenario['orders']): Record<string, number> {
  const left = new Set(scenario.orders.map(({ id }) => id));
  const orders = all.map((order) => (left.has(order.id) ? order : { ...order, auditedOn: '2000-01-01' }));
  const entries = calculatePay({ ...scenario, orders }).payslips.flatMap((slip) => slip.entries);
  const sums = new Map<string, number>();
  for (const { orderId, employee, amount } of entries)
    if (orderId !== null) sums.set(employee, (sums.get(employee) ?? 0) + amount);
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
