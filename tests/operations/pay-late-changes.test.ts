import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PayTerms } from '#db/repositories/pay-terms.ts';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '../helpers/finished-work.ts';
import { givenTerms } from '../helpers/given-pay.ts';
import { givenUnit } from '../helpers/given-units.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { ledgerFaults } from './lib/ledgers.ts';

// What is reckoned by the month follows its orders also after the period was closed: what it pays more or less then comes on the
// next payslip.

const DAY = 86_400_000;
const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const APRIL = { from: '2026-04-01', to: '2026-04-30' };
const MAY = { from: '2026-05-01', to: '2026-05-31' };

const BY_ORDERS: Omit<InputOf<'payroll.saveRule'>, 'code' | 'validFrom'> = {
  component: 'monthly_tier',
  measure: 'orders',
  mode: 'step',
  tiers: [
    { from: 1, amount: 1000 },
    { from: 2, amount: 5000 },
    { from: 3, amount: 9000 },
  ],
};
const POINTS = { perOrder: {}, monthly: { threshold: 40, pointAmount: 10 } } as const;

type Order = Readonly<{ id: string }>;

describe.each(DIALECTS)('late changes on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('at a station', () => {
    let station: TestStation;
    let workTypeId: string;
    const people = new Map<string, string>();
    beforeEach(async () => {
      station = await openTestStation(dialect);
      workTypeId = await givenWorkType(station);
      for (const number of ['T01', 'T02'])
        people.set(number, await station.givenEmployee({ number, baseSalary: 60_000 }));
    });
    afterEach(async () => {
      expect(await ledgerFaults(station)).toEqual([]);
      await station.close();
    });

    const idOf = (number: string) => people.get(number) ?? '';
    const versionOf = async (id: string) =>
      (await station.rows<{ version: number }>('SELECT version FROM work_orders WHERE id = ?', [id]))[0]?.version ?? 0;
    async function audited(...numbers: string[]): Promise<Order> {
      const shareBp = 10_000 / numbers.length;
      const technicians = numbers.map((number) => ({ employeeId: idOf(number), shareBp }));
      const order = await givenFinishedWork(station, { technicians, labour: [{ workTypeId, fee: 10_000 }] });
      await approve(order);
      return order;
    }
    async function approve({ id }: Order) {
      await station.run('audit.approve', { id, version: await versionOf(id) }, { as: 'auditor' });
    }
    async function withdraw({ id }: Order) {
      await station.run('audit.withdraw', { id, version: await versionOf(id), reason: '漏项' }, { as: 'auditor' });
    }
    async function said({ id }: Order, result: 'very_satisfied' | 'dissatisfied' | null) {
      await station.run('workOrders.setFollowUp', { id, version: await versionOf(id), result }, { as: 'manager' });
    }
    async function opened(days: typeof MARCH): Promise<string> {
      return (await station.run('payroll.openPeriod', days, { as: 'accountant' })).id;
    }
    async function moved(id: string, ...steps: ('calculate' | 'review' | 'lock' | 'reopen')[]) {
      for (const step of steps) {
        const { period } = await station.run('payroll.period', { id }, { as: 'accountant' });
        await station.run(`payroll.${step}`, { periodId: id, version: period.version }, { as: 'accountant' });
      }
    }
    async function calculated(days: typeof MARCH): Promise<string> {
      const id = await opened(days);
      await moved(id, 'calculate');
      return id;
    }
    /** The work of March is paid, and it is April. */
    async function marchLocked(): Promise<string> {
      const id = await calculated(MARCH);
      await moved(id, 'review', 'lock');
      station.clock.now += 20 * DAY;
      return id;
    }
    const sheetOf = (periodId: string, number = 'T01') =>
      station.run('payroll.payslip', { periodId, employeeId: idOf(number) }, { as: 'accountant' });
    const adjustmentsOf = async (periodId: string, number = 'T01') =>
      (await sheetOf(periodId, number)).lines
        .filter(({ kind }) => kind === 'adjustment')
        .map(({ entryKind, amount, again }) => ({ entryKind, amount, ...again }));

    const FOR_MARCH = MARCH;
    const tierFell = { entryKind: 'tier', amount: -4000, ...FOR_MARCH, now: 5000, paid: 9000 };

    test('work un-audited after its period was locked lowers the tier on the next payslip, which says how', async () => {
      const { id: ruleId } = await givenRule(station, BY_ORDERS);
      const [rule] = await station.rows<{ code: string }>('SELECT code FROM commission_rules WHERE id = ?', [ruleId]);
      const [first] = [await audited('T01'), await audited('T01'), await audited('T01')];
      const march = await marchLocked();
      const before = await sheetOf(march);
      await withdraw(first);
      const april = await calculated(APRIL);
      const { payslip, lines } = await sheetOf(april);
      expect(payslip).toMatchObject({ basePay: 60_000, tiers: -4000, net: 56_000 });
      const line = lines.find(({ kind }) => kind === 'adjustment');
      expect(line).toMatchObject({
        entryKind: 'tier',
        amount: -4000,
        workOrder: null,
        again: { ...FOR_MARCH, now: 5000, paid: 9000 },
        why: { component: 'tier', rule: rule?.code, base: 2, tiers: { measure: 'orders', mode: 'step' } },
      });
      expect(await sheetOf(march)).toEqual(before);
      const { rows } = await station.run('payroll.period', { id: april }, { as: 'accountant' });
      expect(rows.find(({ number }) => number === 'T01')).toMatchObject({ tierPay: 0, adjustments: -4000 });
    });

    test('what is audited again counts to the month in which it is, and not to the one before', async () => {
      await givenRule(station, BY_ORDERS);
      const [first] = [await audited('T01'), await audited('T01'), await audited('T01')];
      await marchLocked();
      await withdraw(first);
      await approve(first);
      const april = await calculated(APRIL);
      expect(await adjustmentsOf(april)).toEqual([tierFell]);
      expect((await sheetOf(april)).payslip).toMatchObject({ tiers: 1000 - 4000 });
    });

    test('an answer that comes late raises the points of its month', async () => {
      await givenTerms(station, { satisfaction: POINTS });
      const [first, second] = [await audited('T01'), await audited('T01')];
      await said(first, 'dissatisfied');
      await marchLocked();
      await said(second, 'very_satisfied');
      const april = await calculated(APRIL);
      expect(await adjustmentsOf(april)).toEqual([
        { entryKind: 'satisfaction-month', amount: 100, ...FOR_MARCH, now: 100, paid: 0 },
      ]);
      const { payslip, lines } = await sheetOf(april);
      expect(payslip).toMatchObject({ satisfaction: 100, net: 60_100 });
      expect(lines.at(-1)?.why).toMatchObject({ subject: '1/2', base: 50, reason: '40', share: 10, rateBp: 10 });
    });

    test('what comes to the same in the end adjusts nothing', async () => {
      await givenRule(station, BY_ORDERS);
      await givenTerms(station, { satisfaction: POINTS });
      const order = await audited('T01');
      await marchLocked();
      await said(order, 'very_satisfied');
      await said(order, null);
      const april = await calculated(APRIL);
      expect(await adjustmentsOf(april)).toEqual([]);
    });

    test('everybody who worked on an order has his month worked out again, which is noted once', async () => {
      await givenRule(station, { ...BY_ORDERS, mode: 'progressive', measure: 'labour_base', tiers: [TENTH] });
      const [first, second] = [await audited('T01', 'T02'), await audited('T01', 'T02')];
      await marchLocked();
      await withdraw(first);
      await withdraw(second);
      expect(await station.count('late_changes')).toBe(2);
      const april = await calculated(APRIL);
      for (const number of ['T01', 'T02'])
        expect(await adjustmentsOf(april, number)).toEqual([
          { entryKind: 'tier', amount: -1000, ...FOR_MARCH, now: 0, paid: 1000 },
        ]);
    });

    test('a difference is paid once, however often it is calculated, and the next one goes by what was paid until then', async () => {
      await givenRule(station, BY_ORDERS);
      const [first, second] = [await audited('T01'), await audited('T01'), await audited('T01')];
      await marchLocked();
      await withdraw(first);
      const april = await calculated(APRIL);
      for (let again = 0; again < 2; again++) {
        await moved(april, 'calculate');
        expect(await adjustmentsOf(april)).toEqual([tierFell]);
      }
      await moved(april, 'reopen', 'calculate');
      expect(await adjustmentsOf(april)).toEqual([tierFell]);
      await moved(april, 'review', 'lock');
      station.clock.now += 30 * DAY;
      const may = await calculated(MAY);
      expect(await adjustmentsOf(may)).toEqual([]);
      await withdraw(second);
      await moved(may, 'calculate');
      expect(await adjustmentsOf(may)).toEqual([
        { entryKind: 'tier', amount: -4000, ...FOR_MARCH, now: 1000, paid: 5000 },
      ]);
    });

    test('what changes after the next period was calculated makes its payslip anew, and no other', async () => {
      await givenRule(station, BY_ORDERS);
      const [first] = [await audited('T01'), await audited('T01'), await audited('T01'), await audited('T02')];
      await marchLocked();
      const april = await calculated(APRIL);
      const other = await sheetOf(april, 'T02');
      await withdraw(first);
      await moved(april, 'calculate');
      expect(await adjustmentsOf(april)).toEqual([tierFell]);
      expect(await sheetOf(april, 'T02')).toEqual({ ...other, period: expect.anything() });
    });

    test('what is changed in a later month than the one that is calculated falls into that one', async () => {
      await givenRule(station, BY_ORDERS);
      const [first] = [await audited('T01'), await audited('T01'), await audited('T01')];
      await marchLocked();
      station.clock.now += 30 * DAY;
      await withdraw(first);
      const april = await calculated(APRIL);
      expect(await adjustmentsOf(april)).toEqual([]);
      await moved(april, 'review', 'lock');
      expect(await adjustmentsOf(await calculated(MAY))).toEqual([tierFell]);
    });

    test('what changes between calculation and review is adjusted, and what is calculated anew before it is not', async () => {
      await givenRule(station, BY_ORDERS);
      const [first, second] = [await audited('T01'), await audited('T01'), await audited('T01')];
      const march = await calculated(MARCH);
      await withdraw(first);
      await moved(march, 'review');
      await withdraw(second);
      await moved(march, 'reopen', 'calculate');
      expect((await sheetOf(march)).payslip).toMatchObject({ tiers: 1000 });
      await approve(second);
      await moved(march, 'review', 'lock');
      station.clock.now += 20 * DAY;
      expect(await adjustmentsOf(await calculated(APRIL))).toEqual([
        { entryKind: 'tier', amount: 4000, ...FOR_MARCH, now: 5000, paid: 1000 },
      ]);
    });

    test('who left since gets a payslip for the difference alone, and keeps it', async () => {
      await givenRule(station, BY_ORDERS);
      const [first] = [await audited('T02'), await audited('T02'), await audited('T02'), await audited('T01')];
      const march = await calculated(MARCH);
      await moved(march, 'review', 'lock');
      await station.store.write((trx) =>
        trx.run(`UPDATE employees SET left_on = '2026-03-31', version = 2 WHERE number = 'T02'`),
      );
      station.clock.now += 20 * DAY;
      await withdraw(first);
      const april = await calculated(APRIL);
      for (let again = 0; again < 2; again++) {
        const { payslip, lines } = await sheetOf(april, 'T02');
        expect(payslip).toMatchObject({ basePay: 0, tiers: -4000, net: -4000 });
        expect(lines).toHaveLength(1);
        await moved(april, 'calculate');
      }
    });

    test('points that are taken back are a deduction: above the limit they wait for the period after', async () => {
      const terms: Partial<PayTerms> = { satisfaction: { ...POINTS, monthly: { threshold: 0, pointAmount: 500 } } };
      await givenTerms(station, { ...terms, deductionCapBp: 5000 });
      const order = await audited('T01');
      await said(order, 'very_satisfied');
      await marchLocked();
      await said(order, 'dissatisfied');
      const april = await calculated(APRIL);
      expect((await sheetOf(april)).payslip).toMatchObject({
        satisfaction: -50_000,
        deductions: -30_000,
        carriedOut: 20_000,
        net: 30_000,
      });
      await moved(april, 'review', 'lock');
      station.clock.now += 30 * DAY;
      expect((await sheetOf(await calculated(MAY))).payslip).toMatchObject({ deductions: -20_000, net: 40_000 });
    });

    test('a month is worked out again for the grade and the unit that its person had then', async () => {
      const { unitId } = station.station;
      await givenRule(station, { ...BY_ORDERS, conditions: { grade: 'A', unitId } });
      const [first] = [await audited('T01'), await audited('T01'), await audited('T01')];
      const march = await marchLocked();
      const { id: elsewhere } = await givenUnit(station, { code: 'SH02' });
      await station.store.write((trx) =>
        trx.run(`UPDATE employees SET grade = 'B', unit_id = ?, version = 2 WHERE number = 'T01'`, [elsewhere]),
      );
      await withdraw(first);
      const april = await calculated(APRIL);
      expect(await adjustmentsOf(april)).toEqual([tierFell]);
      expect((await sheetOf(march)).payslip.grade).toBe('A');
      expect((await sheetOf(april)).payslip).toMatchObject({ grade: 'B', basePay: 0 });
    });

    test('a tier that was ended for its month since is taken back, and the line says that none applies', async () => {
      const rule = await givenRule(station, BY_ORDERS);
      const order = await audited('T01');
      await marchLocked();
      await station.store.write((trx) =>
        trx.run(`UPDATE commission_rules SET valid_to = '2026-03-30', version = 2 WHERE id = ?`, [rule.id]),
      );
      await said(order, 'very_satisfied');
      const april = await calculated(APRIL);
      const line = (await sheetOf(april)).lines.find(({ kind }) => kind === 'adjustment');
      expect(line).toMatchObject({ amount: -1000, why: { rule: '', base: 1, tiers: { steps: [] } } });
    });
  });
});

const TENTH = { from: 0, rateBp: 1000 };
