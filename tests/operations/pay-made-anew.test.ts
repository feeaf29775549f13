import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '../helpers/finished-work.ts';
import { givenTerms } from '../helpers/given-pay.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };

describe.each(DIALECTS)('a period calculated again on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('at a station', () => {
    let station: TestStation;
    let workTypeId: string;
    const people = new Map<string, string>();
    beforeEach(async () => {
      station = await openTestStation(dialect);
      workTypeId = await givenWorkType(station);
      for (const number of ['T01', 'T02', 'T03']) people.set(number, await station.givenEmployee({ number }));
      await givenRule(station, { component: 'labour', rateBp: 1000 });
    });
    afterEach(() => station.close());

    async function audited(...numbers: string[]) {
      const technicians = numbers.map((number) => ({
        employeeId: people.get(number) ?? '',
        shareBp: 10_000 / numbers.length,
      }));
      const order = await givenFinishedWork(station, { technicians, labour: [{ workTypeId, fee: 10_000 }] });
      await station.run('audit.approve', { id: order.id, version: order.version }, { as: 'auditor' });
      return { id: order.id, version: order.version + 1 };
    }
    async function calculated(periodId: string): Promise<Map<string, Record<string, unknown>>> {
      const { period } = await station.run('payroll.period', { id: periodId }, { as: 'accountant' });
      await station.run('payroll.calculate', { periodId, version: period.version }, { as: 'accountant' });
      const rows = await station.rows<{ number: string }>(
        `SELECT e.number, s.id, s.commission, s.satisfaction, s.is_stale FROM payslips s
         JOIN employees e ON e.id = s.employee_id WHERE s.period_id = ?`,
        [periodId],
      );
      return new Map(rows.map((row) => [row.number, row]));
    }

    test('makes anew the payslips of those whose work has changed, and no others', async () => {
      const shared = await audited('T01', 'T02');
      await audited('T03');
      const { id: periodId } = await station.run('payroll.openPeriod', MARCH, { as: 'accountant' });
      const before = await calculated(periodId);
      await station.run('audit.withdraw', { ...shared, reason: '漏项' }, { as: 'auditor' });
      const after = await calculated(periodId);
      for (const number of ['T01', 'T02']) {
        expect(before.get(number)).toMatchObject({ commission: 500 });
        expect(after.get(number)).toMatchObject({ commission: 0, isStale: false });
        expect(after.get(number)?.['id']).not.toBe(before.get(number)?.['id']);
      }
      expect(after.get('T03')).toEqual(before.get('T03'));
      expect(await calculated(periodId)).toEqual(after);
    });

    test('what a customer says later counts for the month of his technician, also where it pays nothing by itself', async () => {
      await givenTerms(station, {
        satisfaction: { perOrder: {}, monthly: { threshold: 60, pointAmount: 10 } },
      });
      const order = await audited('T01');
      const { id: periodId } = await station.run('payroll.openPeriod', MARCH, { as: 'accountant' });
      expect((await calculated(periodId)).get('T01')).toMatchObject({ satisfaction: 0 });
      const said = { id: order.id, version: order.version, result: 'very_satisfied' as const };
      await station.run('workOrders.setFollowUp', said, { as: 'manager' });
      expect((await calculated(periodId)).get('T01')).toMatchObject({ satisfaction: 400 });
    });

    test('who earns here for the first time gets the payslip that he has not had yet', async () => {
      people.set('T04', await station.givenEmployee({ number: 'T04' }));
      await station.store.write((trx) => trx.run(`UPDATE employees SET left_on = '2026-02-28' WHERE number = 'T04'`));
      const { id: periodId } = await station.run('payroll.openPeriod', MARCH, { as: 'accountant' });
      expect((await calculated(periodId)).has('T04')).toBe(false);
      await audited('T04');
      expect((await calculated(periodId)).get('T04')).toMatchObject({ commission: 1000 });
    });

    test('who left before keeps the payslip for what he earned, however often the period is calculated', async () => {
      people.set('T04', await station.givenEmployee({ number: 'T04' }));
      await station.store.write((trx) => trx.run(`UPDATE employees SET left_on = '2026-02-28' WHERE number = 'T04'`));
      const order = await audited('T04');
      const { id: periodId } = await station.run('payroll.openPeriod', MARCH, { as: 'accountant' });
      const first = await calculated(periodId);
      expect(await calculated(periodId)).toEqual(first);
      await givenRule(station, { component: 'per_job', amount: 300 });
      expect((await calculated(periodId)).get('T04')).toMatchObject({ commission: 1300 });
      await station.run('audit.withdraw', { ...order, reason: '漏项' }, { as: 'auditor' });
      expect((await calculated(periodId)).has('T04')).toBe(false);
    });
  });
});
