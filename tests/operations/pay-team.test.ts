import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '../helpers/finished-work.ts';
import { givenItem } from '../helpers/given-pay.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };

describe.each(DIALECTS)('the team of a period on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a station', () => {
    let station: TestStation;
    let workTypeId: string;
    let periodId: string;
    const people = new Map<string, string>();
    beforeEach(async () => {
      station = await openTestStation(dialect);
      workTypeId = await givenWorkType(station);
      for (const number of ['T01', 'T02', 'T03']) people.set(number, await station.givenEmployee({ number }));
      periodId = (await station.run('payroll.openPeriod', MARCH, { as: 'accountant' })).id;
    });
    afterEach(() => station.close());

    const done = (number: string, fee: number, state: 'done' | 'unrepairable' = 'done') =>
      givenFinishedWork(station, {
        technicians: [{ employeeId: people.get(number) ?? '', shareBp: 10_000 }],
        labour: [{ workTypeId, fee }],
        state,
      });
    async function audited(number: string, fee: number) {
      const order = await done(number, fee);
      await station.run('audit.approve', { id: order.id, version: order.version }, { as: 'auditor' });
      return order;
    }
    const team = () => station.run('payroll.team', { periodId }, { as: 'manager' });
    const numbers = async (view: 'no-rule' | 'unaudited' | 'unsettled') =>
      (await station.run('payroll.listUnpaidWork', { periodId, view }, { as: 'manager' })).rows.map(
        ({ number }) => number,
      );

    test('each has his orders, fees and pay by kind before anything is calculated; who earns far more than the middle stands out', async () => {
      await givenRule(station, { component: 'labour', rateBp: 1000 });
      await audited('T01', 10_000);
      await audited('T02', 12_000);
      await audited('T03', 40_000);
      await audited('T03', 20_000);
      const itemId = await givenItem(station, { code: 'P1', kind: 'penalty', amount: 100 });
      const employeeId = people.get('T01') ?? null;
      await station.run('payroll.giveAward', { itemId, employeeId, reason: '迟到' }, { as: 'accountant' });
      const { rows, median } = await team();
      expect(rows).toMatchObject([
        {
          number: 'T01',
          orders: 1,
          labourFees: 10_000,
          commission: 1000,
          penalty: -100,
          total: 900,
          averageStands: null,
        },
        { number: 'T02', orders: 1, labourFees: 12_000, commission: 1200, total: 1200, totalStands: null },
        {
          number: 'T03',
          orders: 2,
          labourFees: 60_000,
          total: 6000,
          average: 3000,
          totalStands: 'high',
          averageStands: 'high',
        },
      ]);
      expect(median).toEqual({ total: 1200, average: 1200 });
    });

    test('work is told apart that no rule matched, that nobody audited and that nobody settled', async () => {
      const unmatched = await audited('T01', 10_000);
      const unaudited = [await done('T02', 10_000), await done('T02', 0, 'unrepairable')];
      await givenRule(station, { component: 'per_job', amount: 500 });
      const unsettled = await audited('T03', 10_000);
      expect(await numbers('no-rule')).toEqual([unmatched.number]);
      expect(await numbers('unaudited')).toEqual(unaudited.map(({ number }) => number));
      expect(await numbers('unsettled')).toEqual([unmatched.number, unsettled.number]);
    });
  });
});
