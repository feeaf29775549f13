import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculatePay } from '#domain/payroll/calculate.ts';
import type { PayScenario, PeriodOrder } from '#domain/payroll/types.ts';
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
const MAY = { from: '2026-05-01', to: '2026-05-31' };

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
    const said = await changedLate(station, drawn, given.orders);
    const april = await periodOf(station, APRIL);
    await calculated(station, april);
    await calculated(station, april);
    expect(await payslipsOf(station, march)).toEqual(before);
    const left = said.filter((_, index) => !drawn.works[index]?.isWithdrawn);
    const all = [...rules, ...late];
    expect(await earnedOf(station)).toEqual(earnedBy(scenarioOf(given, left, all), said));
    expect(await byMonthOf(station)).toEqual(byMonth(scenarioOf(given, left, all)));

    await moved(station, april, 'payroll.review');
    await moved(station, april, 'payroll.lock');
    station.clock.now += 30 * DAY;
    const isBack = (index: number) => drawn.works[index]?.isWithdrawn && drawn.works[index].isAuditedAgain;
    for (const [index, { id }] of given.orders.entries())
      if (isBack(index))
        await station.run('audit.approve', { id, version: await versionOf(station, id) }, { as: 'auditor' });
    await calculated(station, await periodOf(station, MAY));
    const back = said.filter((_, index) => isBack(index)).map((order) => ({ ...order, auditedOn: '2026-05-04' }));
    const inMay = { ...scenarioOf(given, back, all), period: MAY };
    expect(await byMonthOf(station)).toEqual(byMonth(scenarioOf(given, left, all), inMay));
    const faults = await ledgerFaults(station);
    expect(faults.filter((fault) => !fault.startsWith('stock'))).toEqual([]); // no part was ever received
  } finally {
    await station.close();
  }
}

/** After the month was locked some of its audits are taken back, and customers say something else; gives the orders as they are then. */
async function changedLate(
  station: TestStation,
  { works }: PayWorld,
  orders: readonly Readonly<{ id: string; order: PeriodOrder }>[],
): Promise<PeriodOrder[]> {
  const changed: PeriodOrder[] = [];
  for (const [index, { id, order }] of orders.entries()) {
    const { lateFollowUp: result, isWithdrawn = false } = works[index] ?? {};
    if (isWithdrawn)
      await station.run(
        'audit.withdraw',
        { id, version: await versionOf(station, id), reason: '投诉' },
        { as: 'auditor' },
      );
    if (result !== undefined)
      await station.run(
        'workOrders.setFollowUp',
        { id, version: await versionOf(station, id), result },
        { as: 'manager' },
      );
    changed.push(result === undefined ? order : { ...order, followUp: result });
  }
  return changed;
}

async function versionOf(station: TestStation, id: string): Promise<number> {
  const [order] = await station.rows<{ version: number }>('SELECT version FROM work_orders WHERE id = ?', [id]);
  return order?.version ?? 0;
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
  const entries = entriesOf({ ...scenario, orders });
  const sums = new Map<string, number>();
  for (const { orderId, employee, amount } of entries)
    if (orderId !== null) sums.set(employee, (sums.get(employee) ?? 0) + amount);
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of everybody, what was paid by the month on all payslips together: tiers and points. */
async function byMonthOf(station: TestStation): Promise<Record<string, number>> {
  const rows = await station.rows<{ number: string; kind: string; amount: number }>(
    `SELECT e.number, COALESCE(l.adjusts, l.kind) AS kind, SUM(l.amount) AS amount FROM payslip_lines l
     JOIN payslips s ON s.id = l.payslip_id JOIN employees e ON e.id = s.employee_id
     WHERE COALESCE(l.adjusts, l.kind) IN ('tier', 'satisfaction-month')
     GROUP BY e.number, COALESCE(l.adjusts, l.kind) HAVING SUM(l.amount) <> 0`,
  );
  return Object.fromEntries(rows.map(({ number, kind, amount }) => [`${number} ${kind}`, amount]));
}

/** The same by the engine, each month worked out whole. */
function byMonth(...scenarios: readonly PayScenario[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { kind, employee, amount } of scenarios.flatMap(entriesOf))
    if (kind === 'tier' || kind === 'satisfaction-month')
      sums.set(`${employee} ${kind}`, (sums.get(`${employee} ${kind}`) ?? 0) + amount);
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0));
}

const entriesOf = (scenario: PayScenario) => calculatePay(scenario).payslips.flatMap((slip) => slip.entries);
