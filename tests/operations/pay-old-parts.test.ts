import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenItem, givenTerms } from '../helpers/given-pay.ts';
import { givenOldReturned } from '../helpers/old-parts.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

const FEBRUARY = { from: '2026-02-01', to: '2026-02-28' };
const MARCH = { from: '2026-03-01', to: '2026-03-31' };

describe.each(DIALECTS)('old parts a technician was charged for on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('when pay is calculated', () => {
    let station: TestStation;
    let technician: Actor;
    let oldPartId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      technician = await station.actorFor(['technician']);
      const warehouseId = await givenWarehouse(station);
      const partId = await givenPart(station, 'C-50', { salePrice: 4500 });
      await givenReceipt(station, warehouseId, partId, 5000, 100);
      await givenOldReturned(station, partId, 30, 700);
      const lines = [{ partId, quantity: 2000 }];
      const { employeeId: recipientId } = technician;
      await station.run('stock.issue', { kind: 'to-technician', warehouseId, recipientId, lines }, { as: 'keeper' });
      oldPartId = (await station.run('oldParts.list', {}, { as: 'keeper' })).rows[0]?.id ?? '';
    });
    afterEach(() => station.close());

    const charge = (quantity: number) =>
      station.run('oldParts.charge', { id: oldPartId, quantity, reason: '遗失' }, { as: 'accountant' });
    async function calculate(period = MARCH): Promise<void> {
      const { rows } = await station.run('payroll.listPeriods', {}, { as: 'accountant' });
      const known = rows.find(({ fromOn }) => fromOn === period.from);
      const opened = known ?? (await station.run('payroll.openPeriod', period, { as: 'accountant' }));
      const { id: periodId, version } = opened;
      await station.run('payroll.calculate', { periodId, version }, { as: 'accountant' });
    }
    const penalties = async () =>
      (await station.rows<{ amount: number }>(`SELECT amount FROM pay_entries WHERE kind = 'penalty' ORDER BY id`)).map(
        ({ amount }) => amount,
      );

    test('each charge is a penalty once, however often the period is calculated', async () => {
      await charge(1000);
      await calculate();
      await calculate();
      expect(await penalties()).toEqual([-700]);
      const { rows } = await station.run('payroll.listAwards', {}, { as: 'accountant' });
      expect(rows).toMatchObject([
        {
          code: 'OLD-PART',
          source: 'old-part',
          employee: 'technician',
          amount: -700,
          givenOn: '2026-03-15',
          paid: -700,
        },
      ]);
      await charge(1000);
      await calculate();
      expect(await penalties()).toEqual([-700, -700]);
    });

    test('a charge that is undone takes its penalty with it', async () => {
      await charge(2000);
      await calculate();
      const { entries } = await station.run('oldParts.get', { id: oldPartId }, { as: 'accountant' });
      const entryId = entries.find(({ kind }) => kind === 'charged')?.id ?? '';
      await station.run('oldParts.undo', { entryId, reason: '找到了' }, { as: 'accountant' });
      await calculate();
      expect(await penalties()).toEqual([-1400, 1400]);
      const { rows } = await station.run('payroll.listAwards', {}, { as: 'accountant' });
      expect(rows).toMatchObject([{ state: 'withdrawn', withdrawnReason: '找到了', paid: 0 }]);
    });

    test('it costs nothing in a period before the charge', async () => {
      await charge(2000);
      await calculate(FEBRUARY);
      expect(await penalties()).toEqual([]);
    });

    test('it costs nothing where the terms of pay do without, or the item is out of use', async () => {
      await charge(2000);
      await givenItem(station, { code: 'OLD-PART', kind: 'penalty', amount: 1, isActive: false });
      await calculate();
      expect(await penalties()).toEqual([]);
      await station.store.write((trx) => trx.run('UPDATE pay_items SET is_active = 1'));
      await givenTerms(station, { off: ['old-parts'] });
      await calculate();
      expect(await penalties()).toEqual([]);
    });

    test('its item is neither offered nor taken when somebody gives a penalty, by hand or by a table', async () => {
      await charge(1000);
      await calculate();
      const { items } = await station.run('payroll.awardChoices', {}, { as: 'accountant' });
      expect(items).toEqual([]);
      const [item] = await station.rows<{ id: string }>('SELECT id FROM pay_items');
      const byHand = { itemId: item?.id ?? '', employeeId: technician.employeeId, reason: '遗失' };
      await expect(station.run('payroll.giveAward', byHand, { as: 'accountant' })).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path: 'itemId', rule: 'onlyBySystem' }] },
      });
      await station.givenEmployee({ number: 'T01', name: '小明', roles: ['technician'] });
      const row = { line: 2, employee: 'T01', item: 'OLD-PART', amount: '5', givenOn: '2026-03-01', reason: '遗失' };
      const table = { source: '三月.csv', rows: [row] };
      await expect(station.run('payroll.importAwards', table, { as: 'accountant' })).rejects.toMatchObject({
        details: { faults: [{ path: 'rows.0.item', rule: 'onlyBySystem' }] },
      });
      expect(await penalties()).toEqual([-700]);
    });

    test('a penalty that was withdrawn by hand is not given again', async () => {
      await charge(2000);
      await calculate();
      const [award] = (await station.run('payroll.listAwards', {}, { as: 'accountant' })).rows;
      const input = { id: award?.id ?? '', version: 1, reason: '已赔偿' };
      await station.run('payroll.withdrawAward', input, { as: 'accountant' });
      await calculate();
      expect(await penalties()).toEqual([-1400, 1400]);
    });
  });
});
