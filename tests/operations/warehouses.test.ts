import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

type Fields = InputOf<'setup.saveWarehouse'>['fields'];

describe.each(DIALECTS)('warehouses on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a station', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const save = (fields: Fields, existing?: { id: string; version: number }) =>
      station.run('setup.saveWarehouse', { existing: existing ?? null, fields }, { as: 'manager' });

    test('a technician’s stock is his: one open warehouse each, named in the list', async () => {
      const { employeeId: holderId } = await station.actorFor(['technician']);
      const car = await save({ code: 'T1', name: '随车', kind: 'technician', holderId });

      await expect(save({ code: 'T2', name: '又一', kind: 'technician', holderId })).rejects.toMatchObject({
        code: 'warehouse.holder-has-one',
        details: { name: 'technician', code: 'T1' },
      });
      await save({ code: 'T1', name: '随车', kind: 'technician', holderId, isActive: false }, car);
      await save({ code: 'T2', name: '又一', kind: 'technician', holderId });
      const { rows } = await station.run('setup.listWarehouses', {}, { as: 'manager' });
      expect(rows.map(({ code, holder, isActive }) => [code, holder, isActive])).toEqual([
        ['T1', 'technician', false],
        ['T2', 'technician', true],
      ]);
    });

    test('a technician’s stock without its holder, or with one who is none, is refused', async () => {
      const fields = { code: 'T1', name: '随车', kind: 'technician' } as const;
      await expect(save(fields)).rejects.toMatchObject({
        details: { faults: [{ path: 'fields.holderId', rule: 'required' }] },
      });
      const { employeeId: holderId } = await station.actorFor(['keeper']);
      await expect(save({ ...fields, holderId })).rejects.toMatchObject({ code: 'employee.not-a-technician' });
      await expect(save({ ...fields, holderId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
      expect(await station.count('warehouses')).toBe(0);
    });

    test('any other kind has no holder', async () => {
      const { employeeId: holderId } = await station.actorFor(['technician']);
      await save({ code: 'L1', name: '备机', kind: 'loan-units', holderId });
      expect(await station.rows('SELECT holder_id FROM warehouses')).toEqual([{ holderId: null }]);
    });

    test('one with stock is not closed; a closed one is offered nowhere and takes nothing in', async () => {
      const id = await givenWarehouse(station);
      const partId = await givenPart(station, 'C-50');
      await givenReceipt(station, id, partId, 1000, 1);
      const close = (version: number) => save({ code: 'W1', name: '主仓', isActive: false }, { id, version });

      await expect(close(1)).rejects.toMatchObject({ code: 'warehouse.has-stock', details: { code: 'W1' } });
      await station.run('stock.issue', {
        kind: 'in-warranty',
        warehouseId: id,
        lines: [{ partId, quantity: 1000 }],
      });
      await close(1);

      await expect(givenReceipt(station, id, partId, 1000, 1)).rejects.toMatchObject({
        code: 'warehouse.closed',
        details: { code: 'W1' },
      });
      expect((await station.run('stock.choices', {}, { as: 'keeper' })).warehouses).toEqual([]);
      expect((await station.run('transfers.warehouses', {}, { as: 'keeper' })).warehouses).toEqual([]);
      await save({ code: 'W1', name: '主仓' }, { id, version: 2 });
      await givenReceipt(station, id, partId, 1000, 1);
    });
  });
});
