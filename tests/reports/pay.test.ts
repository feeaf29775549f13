import excel from 'exceljs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '../helpers/finished-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const APRIL = { from: '2026-04-01', to: '2026-04-30' };
const DAY = 86_400_000;

describe.each(DIALECTS)('reports of pay on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('after a month', () => {
    let station: TestStation;
    let order: { id: string; version: number };
    beforeEach(async () => {
      station = await openTestStation(dialect);
      const people = [
        await station.givenEmployee({ number: 'T01', name: '小明', roles: ['technician'], baseSalary: 300_000 }),
        await station.givenEmployee({ number: 'T02', name: '小华', roles: ['technician'], baseSalary: 200_000 }),
      ];
      await givenRule(station, { component: 'labour', rateBp: 3000, code: 'L30' });
      await givenRule(station, { component: 'per_job', amount: 501, code: 'J5' });
      order = await givenFinishedWork(station, {
        technicians: people.map((employeeId) => ({ employeeId, shareBp: 5000 })),
        labour: [{ workTypeId: await givenWorkType(station, '大修'), fee: 10_000 }],
      });
      await station.run('audit.approve', order, { as: 'auditor' });
      await paid(MARCH);
    });
    afterEach(() => station.close());

    async function paid(days: { from: string; to: string }): Promise<void> {
      const { id: periodId } = await station.run('payroll.openPeriod', days, { as: 'accountant' });
      for (const [version, step] of (['payroll.calculate', 'payroll.review', 'payroll.lock'] as const).entries())
        await station.run(step, { periodId, version: version + 1 }, { as: 'accountant' });
    }

    const run = (id: string, params: Record<string, string> = {}) =>
      station.run('reports.run', { id, params }, { as: 'accountant' });

    async function workbookOf(id: string): Promise<excel.Workbook> {
      const asked = { id, format: 'xlsx', language: 'zh-CN', params: MARCH } as const;
      const { base64 } = await station.run('reports.export', asked, { as: 'accountant' });
      const workbook = new excel.Workbook();
      await workbook.xlsx.load(Buffer.from(base64, 'base64') as unknown as ArrayBuffer);
      return workbook;
    }

    test('the entries add up to the pay sheet, and rules and work types to their part of it', async () => {
      const sheet = await run('pay-sheet', MARCH);
      const entries = await run('pay-entries', MARCH);
      expect(entries.totals['amount']).toBe(sheet.totals['netPay']);
      const byRule = await run('pay-by-rule', MARCH);
      expect(byRule.rows).toMatchObject([
        { rule: 'J5', component: 'per_job', people: 2, orders: 1, count: 2, amount: 501 },
        { rule: 'L30', component: 'labour', people: 2, orders: 1, count: 2, amount: 3000 },
      ]);
      expect(byRule.totals['amount']).toBe(sheet.totals['commission']);
      expect((await run('pay-by-work-type', MARCH)).rows).toMatchObject([
        { workType: '大修', people: 2, amount: 3000 },
      ]);
    });

    test('an audit taken back after the month is a deduction of the next, beside which the month before stands', async () => {
      station.clock.now += 20 * DAY;
      await station.run('audit.withdraw', { ...order, version: 2, reason: '返修' }, { as: 'auditor' });
      await paid(APRIL);
      const { rows } = await run('pay-comparison', APRIL);
      expect(rows).toMatchObject([
        ...rows.filter(({ employeeNumber }) => String(employeeNumber).startsWith('E')),
        { employeeNumber: 'T01', netBefore: 301_751, netPay: 298_249, netChange: -3502 },
        { employeeNumber: 'T02', netBefore: 201_750, netPay: 198_250, netChange: -3500 },
      ]);
      const taken = await run('pay-entries', { ...APRIL, employee: 'T01' });
      expect(taken.rows.filter(({ payKind }) => payKind === 'adjustment').map(({ amount }) => amount)).toEqual([
        -1500, -251,
      ]);
      expect((await run('pay-deductions', APRIL)).rows).toEqual([]);
    });

    test('a month that was worked out again stands in the lines with what of it and which period it was', async () => {
      const tier = {
        component: 'monthly_tier',
        measure: 'orders',
        mode: 'step',
        tiers: [{ from: 1, amount: 700 }],
      } as const;
      await givenRule(station, { ...tier, tiers: [...tier.tiers], code: 'T1' });
      station.clock.now += 20 * DAY;
      await station.run('workOrders.setFollowUp', { id: order.id, version: 2, result: 'satisfied' }, { as: 'manager' });
      await paid(APRIL);
      const lines = await run('pay-entries', { ...APRIL, employee: 'T01' });
      expect(lines.rows.filter(({ payKind }) => payKind === 'adjustment')).toMatchObject([
        { entryKind: 'tier', adjustedPeriod: '2026-03-01 – 2026-03-31', amount: 700 },
      ]);
      expect(lines.totals['amount']).toBe((await run('pay-sheet', { ...APRIL, employee: 'T01' })).totals['netPay']);
      expect((await run('pay-by-rule', APRIL)).rows).toMatchObject([
        { rule: 'T1', component: 'monthly_tier', people: 2, orders: 0, count: 2, amount: 1400 },
      ]);
    });

    test('payslips have a sheet each, with figures as figures and totals as on the screen', async () => {
      const workbook = await workbookOf('payslips');
      const sheets = workbook.worksheets.map(({ name }) => name);
      expect(sheets).toContain('T01 小明 2026-03-01');
      const slip = workbook.getWorksheet('T01 小明 2026-03-01');
      const headings = slip?.getRow(1).values as string[];
      const amounts = slip?.getColumn(headings.indexOf('金额')).values.slice(2) as (number | { result: number })[];
      expect(amounts.slice(0, -1)).toEqual([3000, 15, 2.51]);
      expect(amounts.at(-1)).toMatchObject({ result: 3017.51 });
    });
  });
});
