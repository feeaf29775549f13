import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import type { Role } from '#domain/access/roles.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenStarted } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';
import { ledgerFaults } from './lib/ledgers.ts';

const pieces = (count: number) => count * 1000;

describe.each(DIALECTS)('the deposit of a technician on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('is blocked by what he carries', () => {
    let station: TestStation;
    let technician: Actor;
    let [warehouseId, carried, partId] = ['', '', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      technician = await station.actorFor(['technician']);
      warehouseId = await givenWarehouse(station);
      const fields = { code: 'T1', name: '随车', kind: 'technician', holderId: technician.employeeId } as const;
      carried = (await station.run('setup.saveWarehouse', { fields })).id;
      partId = await givenPart(station, 'C-50', { salePrice: 4500 });
      await givenReceipt(station, warehouseId, partId, pieces(20), 100);
    });
    afterEach(async () => {
      expect(await ledgerFaults(station)).toEqual([]);
      await station.close();
    });

    const whose = () => ({ unitId: station.station.unitId, technicianId: technician.employeeId });
    const payIn = (amount: number) =>
      station.run('deposits.payIn', { ...whose(), amount, reason: '押金' }, { as: 'accountant' });
    const payOut = (amount: number) =>
      station.run('deposits.payOut', { ...whose(), amount, reason: '退' }, { as: 'accountant' });
    const issue = (quantity: number, exceed = '', as: Role[] = ['keeper']) =>
      station.run(
        'stock.issue',
        {
          kind: 'to-technician',
          warehouseId,
          recipientId: technician.employeeId,
          lines: [{ partId, quantity }],
          exceed,
        },
        { as },
      );
    const deposit = async () => {
      const { rows } = await station.run('deposits.list', {}, { as: 'keeper' });
      return rows.map(({ held, blocked, free }) => ({ held, blocked, free }));
    };
    const documents = () => station.count('stock_documents');

    test('at cost, until he draws it for work or brings it back', async () => {
      await payIn(1000);
      await issue(pieces(6));
      expect(await deposit()).toEqual([{ held: 1000, blocked: 600, free: 400 }]);
      const account = { holderId: station.station.unitId, ...whose() };
      expect(await station.run('deposits.account', account, { as: 'accountant' })).toMatchObject({
        blocked: 600,
        plans: [{ number: 'T1', amount: 600 }],
      });

      const { id: workOrderId, version } = await givenStarted(station, technician);
      const lines = [{ partId, warehouseId: carried, quantity: pieces(2) }];
      await station.run('jobs.saveMaterial', { workOrderId, version, lines }, { as: technician });
      expect(await deposit()).toEqual([{ held: 1000, blocked: 400, free: 600 }]);
      const back = {
        fromWarehouseId: carried,
        toWarehouseId: warehouseId,
        lines: [{ partId, quantity: pieces(1) }],
      };
      await station.run('transfers.ship', back, { as: 'keeper' });
      expect(await deposit()).toEqual([{ held: 1000, blocked: 300, free: 700 }]);
    });

    test('more than is free is neither issued to him nor transferred, and nothing half done stays', async () => {
      await payIn(500);
      await issue(pieces(3));
      const before = await documents();
      const beyond = { code: 'deposit.exceeded', details: { free: 200, needed: 201 } };
      const other = await givenPart(station, 'C-51');
      await givenReceipt(station, warehouseId, other, 1000, 201);
      const one = [{ partId: other, quantity: 1000 }];
      await expect(
        station.run(
          'stock.issue',
          { kind: 'to-technician', warehouseId, recipientId: technician.employeeId, lines: one },
          { as: 'keeper' },
        ),
      ).rejects.toMatchObject(beyond);
      await expect(
        station.run(
          'transfers.ship',
          { fromWarehouseId: warehouseId, toWarehouseId: carried, lines: one },
          { as: 'keeper' },
        ),
      ).rejects.toMatchObject(beyond);
      expect(await documents()).toBe(before + 1); // the receipt
      expect(await deposit()).toEqual([{ held: 500, blocked: 300, free: 200 }]);
      await issue(pieces(2));
      expect(await deposit()).toEqual([{ held: 500, blocked: 500, free: 0 }]);
    });

    test('beyond it goes only who may and says why, which is written down', async () => {
      await payIn(500);
      await expect(issue(pieces(6), '春节值班')).rejects.toMatchObject({
        code: 'access.denied',
        details: { right: 'requisition.exceed-deposit' },
      });
      await expect(issue(pieces(6), '', ['keeper', 'manager'])).rejects.toMatchObject({ code: 'deposit.exceeded' });
      await issue(pieces(6), '春节值班', ['keeper', 'manager']);

      expect(await deposit()).toEqual([{ held: 500, blocked: 600, free: -100 }]);
      const [transfer] = await station.rows<{ id: string }>("SELECT id FROM requests WHERE kind = 'transfer'");
      expect(await station.run('transfers.get', { id: transfer?.id ?? '' }, { as: 'keeper' })).toMatchObject({
        content: { exceeds: '春节值班' },
      });
    });

    test('what is within it needs no reason, and one that was given is not kept', async () => {
      await payIn(500);
      await issue(pieces(5), '以防万一', ['keeper', 'manager']);
      const [request] = await station.rows<{ content: string }>('SELECT content FROM requests');
      expect(JSON.parse(request?.content ?? '')).toMatchObject({ exceeds: '' });
    });

    test('who has paid no deposit has no limit', async () => {
      await issue(pieces(20));
      expect(await deposit()).toEqual([]);
    });

    test('what he carries is not paid back to him', async () => {
      await payIn(1000);
      await issue(pieces(6));
      await expect(payOut(401)).rejects.toMatchObject({
        code: 'deposit.exceeded',
        details: { free: 400, needed: 401 },
      });
      await payOut(400);
      expect(await deposit()).toEqual([{ held: 600, blocked: 600, free: 0 }]);
    });

    test('two who issue to him at once do not go beyond it together', async () => {
      await payIn(1000);
      const done = await Promise.allSettled([issue(pieces(6)), issue(pieces(6))]);
      expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await deposit()).toEqual([{ held: 1000, blocked: 600, free: 400 }]);
    });
  });
});
