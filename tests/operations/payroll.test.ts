import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '../helpers/finished-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const DAY = 86_400_000;
const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const APRIL = { from: '2026-04-01', to: '2026-04-30' };
const MAY = { from: '2026-05-01', to: '2026-05-31' };

describe.each(DIALECTS)('payroll on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a station', () => {
    let station: TestStation;
    let workTypeId: string;
    let ming: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      workTypeId = await givenWorkType(station, '大修');
      ming = await station.givenEmployee({ number: 'T01', name: '小明', roles: ['technician'], baseSalary: 300_000 });
    });
    afterEach(() => station.close());

    async function givenAudited(fee: number, employeeId = ming) {
      const order = await givenFinishedWork(station, {
        technicians: [{ employeeId, shareBp: 10_000 }],
        labour: [{ workTypeId, fee }],
      });
      return station.run('audit.approve', order, { as: 'auditor' });
    }

    const openPeriod = (period: { from: string; to: string }) =>
      station.run('payroll.openPeriod', period, { as: 'accountant' });
    const calculate = (periodId: string, version: number) =>
      station.run('payroll.calculate', { periodId, version }, { as: 'accountant' });
    /** After a review. */
    const lock = async (periodId: string, version: number) => {
      await station.run('payroll.review', { periodId, version }, { as: 'accountant' });
      return station.run('payroll.lock', { periodId, version: version + 1 }, { as: 'accountant' });
    };
    const payslip = (periodId: string, employeeId = ming) =>
      station.run('payroll.payslip', { periodId, employeeId }, { as: 'accountant' });

    test('a payslip has base pay for the days employed and every entry of the period, each line with its working', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000, code: 'L30' });
      const order = await givenAudited(10_000);
      await station.store.write((trx) =>
        trx.run(`UPDATE employees SET joined_on = '2026-03-22', grade_allowance = 31000 WHERE id = ?`, [ming]),
      );
      const { id } = await openPeriod(MARCH);
      await calculate(id, 1);

      const { payslip: slip, lines } = await payslip(id);
      expect(slip).toMatchObject({ basePay: 96_774 + 10_000, commission: 3000, net: 109_774 });
      expect(lines.map(({ kind, amount, base }) => [kind, amount, base])).toEqual([
        ['base-salary', 96_774, { whole: 300_000, daysEmployed: 10, daysOfPeriod: 31 }],
        ['grade-allowance', 10_000, { whole: 31_000, daysEmployed: 10, daysOfPeriod: 31 }],
        ['commission', 3000, null],
      ]);
      expect(lines[2]).toMatchObject({
        workOrder: { id: order.id, number: order.number },
        why: { rule: 'L30', base: 10_000, shareBp: 10_000, share: 10_000, rateBp: 3000 },
        origin: null,
      });
    });

    test('the pay sheet adds up: rows, columns and totals', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000 });
      await givenRule(station, { component: 'per_job', amount: 500 });
      await givenAudited(10_000);
      const { id } = await openPeriod(MARCH);
      await calculate(id, 1);
      const sheet = await station.run('payroll.period', { id }, { as: 'accountant' });
      const row = sheet.rows.find(({ number }) => number === 'T01');
      expect(row).toMatchObject({
        baseSalary: 300_000,
        labour: 3000,
        job: 500,
        parts: 0,
        adjustments: 0,
        net: 303_500,
      });
      expect(sheet.totals.net).toBe(sheet.period.net);
      expect(sheet.period).toMatchObject({ state: 'calculated', version: 2 });
      expect(sheet.unpaid).toBe(0);
    });

    test('calculated again, the same comes out; what has come since is counted, then included', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000 });
      await givenAudited(10_000);
      const { id } = await openPeriod(MARCH);
      const first = await calculate(id, 1);
      const again = await calculate(id, 2);
      expect({ ...again, version: 0 }).toEqual({ ...first, version: 0 });
      await givenAudited(1000);
      expect((await station.run('payroll.period', { id }, { as: 'accountant' })).unpaid).toBe(1);
      expect((await calculate(id, 3)).net).toBe(first.net + 300);
    });

    test('an audit taken back after its period was locked is an adjustment of the next one, which names where it was paid', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000 });
      const order = await givenAudited(10_000);
      const march = await openPeriod(MARCH);
      await calculate(march.id, 1);
      await lock(march.id, 2);
      const before = await payslip(march.id);
      station.clock.now += 20 * DAY;
      await station.run('audit.withdraw', { id: order.id, version: 2, reason: '返修' }, { as: 'auditor' });
      const april = await openPeriod(APRIL);
      await calculate(april.id, 1);

      expect(await payslip(march.id)).toEqual(before);
      const { payslip: slip, lines } = await payslip(april.id);
      expect(slip.commission).toBe(-3000);
      expect(lines.at(-1)).toMatchObject({
        kind: 'adjustment',
        amount: -3000,
        isReversal: true,
        origin: { earnedOn: '2026-04-04', paidFrom: '2026-03-01', paidTo: '2026-03-31' },
        workOrder: { number: order.number },
      });
    });

    test('what is audited in a period after it was locked is paid late in the next', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3000 });
      const march = await openPeriod(MARCH);
      await calculate(march.id, 1);
      await lock(march.id, 2);
      await givenAudited(10_000);
      const april = await openPeriod(APRIL);
      await calculate(april.id, 1);
      const { lines } = await payslip(april.id);
      expect(lines.at(-1)).toMatchObject({
        kind: 'adjustment',
        amount: 3000,
        origin: { earnedOn: '2026-03-15', paidFrom: null },
      });
    });

    test('periods are calculated in their order, and do not overlap', async () => {
      const march = await openPeriod(MARCH);
      const april = await openPeriod(APRIL);
      await expect(openPeriod({ from: '2026-03-31', to: '2026-04-02' })).rejects.toMatchObject({
        code: 'pay-period.overlap',
        details: MARCH,
      });
      await expect(openPeriod({ from: '2026-06-02', to: '2026-06-01' })).rejects.toMatchObject({
        code: 'input.invalid',
      });
      await expect(openPeriod({ from: '2026-02-30', to: '2026-03-01' })).rejects.toMatchObject({
        code: 'input.invalid',
      });
      await expect(calculate(april.id, 1)).rejects.toMatchObject({
        code: 'pay-period.earlier-unlocked',
        details: MARCH,
      });
      await calculate(march.id, 1);
      await expect(calculate(april.id, 1)).rejects.toMatchObject({ code: 'pay-period.earlier-unlocked' });
      await lock(march.id, 2);
      await calculate(april.id, 1);
    });

    test('a period goes from open to calculated, reviewed, locked and paid; until it is locked it can be opened again', async () => {
      const march = await openPeriod(MARCH);
      const step = (name: 'payroll.review' | 'payroll.lock' | 'payroll.markPaid' | 'payroll.reopen', version: number) =>
        station.run(name, { periodId: march.id, version }, { as: 'accountant' });
      for (const name of ['payroll.review', 'payroll.lock', 'payroll.markPaid', 'payroll.reopen'] as const)
        await expect(step(name, 1)).rejects.toMatchObject({
          code: 'pay-period.wrong-state',
          details: { state: 'open' },
        });
      await calculate(march.id, 1);
      await step('payroll.reopen', 2);
      expect(await station.count('payslips')).toBe(0);
      await calculate(march.id, 3);
      await expect(step('payroll.review', 3)).rejects.toMatchObject({ code: 'document.changed' });
      await expect(step('payroll.lock', 4)).rejects.toMatchObject({ code: 'pay-period.wrong-state' });
      await step('payroll.review', 4);
      await expect(calculate(march.id, 5)).rejects.toMatchObject({ code: 'pay-period.wrong-state' });
      await step('payroll.reopen', 5);
      expect(await station.count('payslips')).toBe(0);
      await calculate(march.id, 6);
      await step('payroll.review', 7);
      await step('payroll.lock', 8);
      await expect(step('payroll.reopen', 9)).rejects.toMatchObject({ code: 'pay-period.wrong-state' });
      await expect(calculate(march.id, 9)).rejects.toMatchObject({ code: 'pay-period.wrong-state' });
      await step('payroll.markPaid', 9);
      const [row] = (await station.run('payroll.listPeriods', {}, { as: 'accountant' })).rows;
      expect(row).toMatchObject({ state: 'paid', basePay: 300_000 });
    });

    test('the database itself refuses to change a locked period or its payslips', async () => {
      await givenRule(station, { component: 'per_job', amount: 500 });
      await givenAudited(10_000);
      const march = await openPeriod(MARCH);
      await calculate(march.id, 1);
      await lock(march.id, 2);
      const [slip] = await station.rows<{ id: string }>('SELECT id FROM payslips WHERE net > 0');
      const line = {
        id: uuidv7(),
        payslipId: slip?.id ?? '',
        lineNo: 99,
        kind: 'commission',
        amount: 1,
        explanation: '{}',
      };
      const attempts = [
        `UPDATE payslips SET net = net + 1`,
        `DELETE FROM payslip_lines`,
        `UPDATE payslip_lines SET amount = 0`,
        `DELETE FROM payslips`,
        `UPDATE pay_periods SET state = 'open'`,
        `UPDATE pay_periods SET state = 'paid', to_on = '2026-03-30'`,
        `DELETE FROM pay_periods`,
      ];
      for (const text of attempts) await expect(station.store.write((trx) => trx.run(text))).rejects.toThrow('locked');
      await expect(station.store.write((trx) => trx.insert('payslip_lines', line))).rejects.toThrow('locked');
    });

    test('a technician sees his own payslip from its calculation on, and nobody else’s', async () => {
      const march = await openPeriod(MARCH);
      const as = await station.actorFor(['technician']);
      expect((await station.run('payroll.ownPayslips', {}, { as })).rows).toEqual([]);
      await expect(station.run('payroll.ownPayslip', { periodId: march.id }, { as })).rejects.toMatchObject({
        code: 'not-found',
      });
      await calculate(march.id, 1);
      const own = await station.run('payroll.ownPayslips', {}, { as });
      expect(own.rows).toMatchObject([{ periodId: march.id, state: 'calculated', net: 0 }]);
      const mine = await station.run('payroll.ownPayslip', { periodId: march.id }, { as });
      expect(mine.payslip.employeeId).toBe(as.employeeId);
      await expect(
        station.run('payroll.payslip', { periodId: march.id, employeeId: ming }, { as }),
      ).rejects.toMatchObject({ code: 'access.denied' });
      await expect(station.run('payroll.period', { id: march.id }, { as })).rejects.toMatchObject({
        code: 'access.denied',
      });
    });

    test('a clerk opens, calculates and locks nothing; a double click calculates once', async () => {
      await expect(station.run('payroll.openPeriod', MARCH, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      const march = await openPeriod(MARCH);
      await expect(
        station.run('payroll.calculate', { periodId: march.id, version: 1 }, { as: 'auditor' }),
      ).rejects.toMatchObject({ code: 'access.denied' });
      const as = await station.actorFor(['accountant']);
      const input = { periodId: march.id, version: 1 };
      const first = await station.run('payroll.calculate', input, { as, commandId: 'once' });
      expect(await station.run('payroll.calculate', input, { as, commandId: 'once' })).toEqual(first);
      await expect(calculate(march.id, 1)).rejects.toMatchObject({ code: 'document.changed' });
      expect((await station.rows('SELECT version FROM pay_periods'))[0]).toEqual({ version: 2 });
    });

    test('whoever left before the period has no payslip, unless something is still owed to him', async () => {
      await givenRule(station, { component: 'per_job', amount: 500 });
      const gone = await station.givenEmployee({ number: 'T08', baseSalary: 1000 });
      const owed = await station.givenEmployee({ number: 'T09', baseSalary: 1000 });
      await givenAudited(100, owed);
      await station.store.write((trx) =>
        trx.run(`UPDATE employees SET left_on = '2026-02-28' WHERE id IN (?, ?)`, [gone, owed]),
      );
      const { id } = await openPeriod(MARCH);
      await calculate(id, 1);
      await expect(payslip(id, gone)).rejects.toMatchObject({ code: 'not-found' });
      expect((await payslip(id, owed)).payslip).toMatchObject({ basePay: 0, commission: 500, net: 500 });
    });

    type Step = { do: 'audit'; fee: number } | { do: 'undo'; which: number } | { do: 'calculate' | 'lock' | 'wait' };

    /** Plays the steps, then locks all that is left. Returns the payslips as they were when they were locked. */
    async function play(steps: readonly Step[]): Promise<Map<string, unknown>> {
      const periods = [MARCH, APRIL, MAY, { from: '2026-06-01', to: '2026-12-31' }];
      let current = await openPeriod(periods.shift() ?? MARCH);
      const audited: string[] = [];
      const frozen = new Map<string, unknown>();
      const calculateCurrent = async () => (current = await calculate(current.id, current.version));
      const lockCurrent = async () => {
        const { id, version } = await calculateCurrent();
        await lock(id, version);
        frozen.set(id, (await payslip(id)).lines);
        const next = periods.shift();
        if (next) current = await openPeriod(next);
        return next !== undefined;
      };
      const perform: Record<Step['do'], (step: Step) => Promise<unknown>> = {
        audit: async (step) => audited.push((await givenAudited('fee' in step ? step.fee : 0)).id),
        undo: async (step) => {
          const [id] = audited.splice('which' in step ? step.which % Math.max(1, audited.length) : 0, 1);
          if (id) await station.run('audit.withdraw', { id, version: 2, reason: 'x' }, { as: 'auditor' });
        },
        wait: async () => (station.clock.now += 3 * DAY),
        calculate: calculateCurrent,
        lock: async () => periods.length > 1 && lockCurrent(),
      };
      for (const step of steps) await perform[step.do](step);
      station.clock.now += 100 * DAY;
      while (await lockCurrent());
      return frozen;
    }

    test('whatever is audited, taken back and locked in whatever order: payslips are their lines, and all that stands is paid once', async () => {
      await givenRule(station, { component: 'labour', rateBp: 3333 });
      const step = fc.oneof(
        fc.record({ do: fc.constant('audit' as const), fee: fc.integer({ min: 0, max: 99_999 }) }),
        fc.record({ do: fc.constant('undo' as const), which: fc.nat(20) }),
        fc.record({ do: fc.constantFrom('calculate', 'lock', 'wait') }),
      );
      const seed = Number(process.env['MENDWAY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
      const [steps] = fc.sample(fc.array(step, { minLength: 30, maxLength: 40 }), { numRuns: 1, seed });
      const frozen = await play(steps ?? []);

      for (const [id, lines] of frozen) expect({ seed, lines: (await payslip(id)).lines }).toEqual({ seed, lines });
      const wrong = await station.rows(
        `SELECT s.id FROM payslips s LEFT JOIN payslip_lines l ON l.payslip_id = s.id
         GROUP BY s.id, s.net HAVING s.net <> COALESCE(SUM(l.amount), 0)`,
      );
      expect({ seed, wrong }).toEqual({ seed, wrong: [] });
      const [paid] = await station.rows<{ amount: number }>(
        'SELECT COALESCE(SUM(amount), 0) AS amount FROM payslip_lines WHERE pay_entry_id IS NOT NULL',
      );
      const standing = await station.rows<{ amount: number }>(
        `SELECT e.amount FROM pay_entries e JOIN work_orders o ON o.id = e.work_order_id
         WHERE o.state = 'audited' AND e.reverses_id IS NULL`,
      );
      expect({ seed, paid: paid?.amount }).toEqual({
        seed,
        paid: standing.reduce((sum, { amount }) => sum + amount, 0),
      });
    });

    test('five thousand entries are all on their payslips', async () => {
      await givenRule(station, { component: 'per_job', amount: 500 });
      await givenAudited(100);
      const [entry] = await station.rows<Record<string, string | number | null>>('SELECT * FROM pay_entries');
      await station.store.write(async (trx) => {
        for (let n = 0; n < 5000; n++)
          await trx.insert('pay_entries', { ...entry, id: uuidv7(), kind: 'reward', workOrderId: null, ruleId: null });
      });
      const { id } = await openPeriod(MARCH);
      expect(await calculate(id, 1)).toMatchObject({ entries: 5001 });
    });
  });
});
