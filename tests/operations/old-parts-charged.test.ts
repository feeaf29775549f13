import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import type { InputOf } from '#operations/index.ts';
import { chargedOldParts } from '#db/repositories/pay-awards.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenOldReturned } from '../helpers/old-parts.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

const pieces = (count: number) => count * 1000;
const DAY = 86_400_000;

describe.each(DIALECTS)('old parts that are charged on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('cost deposits', () => {
    let station: TestStation;
    let technician: Actor;
    let [warehouseId, partId] = ['', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      technician = await station.actorFor(['technician']);
      warehouseId = await givenWarehouse(station);
      partId = await givenPart(station, 'C-50', { salePrice: 4500 });
      await givenReceipt(station, warehouseId, partId, pieces(20), 100);
      await givenOldReturned(station, partId, 30, 333);
    });
    afterEach(() => station.close());

    type Kind = InputOf<'stock.issue'>['kind'];
    const issue = (quantity: number, kind: Kind = 'to-technician', recipientId = technician.employeeId) =>
      station.run('stock.issue', { kind, warehouseId, recipientId, lines: [{ partId, quantity }] }, { as: 'keeper' });
    const list = async () => (await station.run('oldParts.list', {}, { as: 'keeper' })).rows;
    const firstDebt = async () => {
      const [row] = await list();
      if (!row) throw new Error('nothing is owed');
      return row;
    };
    const unitId = () => station.station.unitId;
    const payIn = (amount: number, whose: Readonly<{ unitId: string; technicianId?: string }>) =>
      station.run('deposits.payIn', { ...whose, amount, reason: '押金' }, { as: 'accountant' });

    test('what is charged is taken from the technician’s deposit, by an entry that names the old part, and given back with the decision', async () => {
      const technicianId = technician.employeeId;
      await payIn(400, { unitId: unitId(), technicianId });
      await issue(pieces(3));
      const { id, number } = await firstDebt();
      const charge = (quantity: number) =>
        station.run('oldParts.charge', { id, quantity, reason: '丢失' }, { as: 'accountant' });
      const account = async () => {
        const asked = { holderId: unitId(), unitId: unitId(), technicianId };
        const { held, rows } = await station.run('deposits.account', asked, { as: 'accountant' });
        return { held, rows: rows.map(({ kind, amount, oldPart, reason }) => ({ kind, amount, oldPart, reason })) };
      };
      expect(await charge(1000)).toMatchObject({ amount: 333, isFromDeposit: true });
      const charged = { kind: 'charge', amount: -333, oldPart: number, reason: `${number} · 丢失` };
      expect(await account()).toMatchObject({ held: 67, rows: [charged, { kind: 'pay-in' }] });

      // More than is held is owed, too.
      expect(await charge(pieces(2))).toMatchObject({ amount: 666, isFromDeposit: true });
      expect(await account()).toMatchObject({ held: 67 - 666 });
      const { entries } = await station.run('oldParts.get', { id }, { as: 'accountant' });
      const [first] = entries.filter(({ kind }) => kind === 'charged');
      expect(first?.deposit).toMatch(/^DP-SH01-260315-\d+$/);
      await station.run('oldParts.undo', { entryId: first?.id ?? '', reason: '找到了' }, { as: 'accountant' });
      expect(await account()).toMatchObject({
        held: 400 - 666,
        rows: [{ kind: 'credit', amount: 333, oldPart: number }, {}, {}, {}],
      });
    });

    test('an outlet’s deposit pays for what the outlet owes; where there is no deposit nothing is booked', async () => {
      const outletId = 'u-2';
      await station.store.replicate({ origin: 'server', log: 'keep' }, async (trx) => {
        const settings = { timeZone: 'Asia/Shanghai', currency: 'CNY', version: 1, createdAt: 0 };
        await trx.insert('units', {
          id: outletId,
          code: 'X',
          name: '外点',
          kind: 'outlet',
          parentId: unitId(),
          ...settings,
        });
      });
      await issue(pieces(2), 'to-outlet', outletId);
      await issue(1000);
      const [outlets, own] = (await list()).toSorted((a, b) => (a.employeeId ?? '').localeCompare(b.employeeId ?? ''));
      await payIn(5000, { unitId: outletId });
      const charge = (id = '') => station.run('oldParts.charge', { id, quantity: 1000 }, { as: 'accountant' });

      expect(await charge(outlets?.id)).toMatchObject({ amount: 333, isFromDeposit: true });
      expect(await charge(own?.id)).toMatchObject({ amount: 333, isFromDeposit: false });
      expect(await station.rows("SELECT to_unit_id, amount FROM deposit_entries WHERE kind = 'charge'")).toEqual([
        { toUnitId: outletId, amount: -333 },
      ]);
    });

    test('pay takes what a technician was charged up to a day, but not what his deposit paid, and not what was taken back', async () => {
      const technicianId = technician.employeeId;
      await issue(pieces(3));
      const { id, number } = await firstDebt();
      const charge = () => station.run('oldParts.charge', { id, quantity: 1000 }, { as: 'accountant' });
      const taken = (until: string) => station.store.read((sql) => chargedOldParts(sql, unitId(), until));
      await charge();
      station.clock.now += DAY;
      await payIn(400, { unitId: unitId(), technicianId });
      await charge();
      const { entries } = await station.run('oldParts.get', { id }, { as: 'accountant' });
      const [first = '', second = ''] = entries.filter(({ kind }) => kind === 'charged').map((entry) => entry.id);

      expect(await taken('2026-03-14')).toEqual([]);
      const owed = { id: first, employeeId: technicianId, amount: 333, number, enteredOn: '2026-03-15' };
      expect(await taken('2026-03-16')).toEqual([{ ...owed, part: expect.any(String) }]);

      station.clock.now += DAY;
      for (const entryId of [second, first])
        await station.run('oldParts.undo', { entryId, reason: '找到了' }, { as: 'accountant' });
      expect(await taken('2026-03-31')).toEqual([]);
    });
  });
});
