import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenAllSent, givenLink, givenStation } from '../helpers/given-sync.ts';
import { givenStarted } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

type Lists = NonNullable<InputOf<'setup.savePart'>['lists']>;
const FIELDS = { number: 'C-50', name: '电容 50µF', measure: '个', barcode: '690001', salePrice: 4500 };

describe.each(DIALECTS)('the catalogue on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of parts', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const save = (lists: Lists, fields = FIELDS) => station.run('setup.savePart', { fields, lists });
    const found = async (fragment: string, more: object = {}) =>
      (await station.run('stock.findParts', { fragment, ...more }, { as: 'keeper' })).parts;

    async function givenLists() {
      const { id: supplierId } = await station.run('setup.saveSupplier', { fields: { name: '华东配件' } });
      return {
        models: [{ brand: '格力', model: 'KFR-35' }],
        barcodes: ['690002', '690003'],
        suppliers: [{ supplierId, supplierNumber: 'HD-1', price: 1600, leadDays: 3, isPreferred: true }],
        prices: [
          { level: '', customerClass: 'dealer', price: 4000 },
          { level: 'outlet', customerClass: 'warranty', price: 0 },
        ],
      } satisfies Lists;
    }

    test('a part is saved whole with models, barcodes, suppliers and prices, and read so', async () => {
      const lists = await givenLists();
      const fields = { ...FIELDS, category: '电气', isOldReturned: true, oldDueDays: 14, oldAmount: 2000 };
      const { id } = await save(lists, fields);
      const part = await station.run('stock.part', { id }, { as: 'technician' });

      expect(part).toMatchObject({ ...fields, tracking: 'none', isOwn: true, mergedInto: null, lists });
      expect(part.supplierNames).toMatchObject([{ name: '华东配件' }]);
    });

    test('a scan of any of its barcodes finds the part, and so does a model it fits', async () => {
      await save(await givenLists());
      await givenPart(station, '690003-B');

      expect((await found('690003')).map(({ number, distance }) => [number, distance])).toEqual([
        ['C-50', 0],
        ['690003-B', 1],
      ]);
      expect(await found('kfr-35')).toMatchObject([{ number: 'C-50' }]);
    });

    test('lists that are left out stay as they are; given, they are replaced whole', async () => {
      const { id } = await save(await givenLists());
      await station.run('setup.savePart', { existing: { id, version: 1 }, fields: { ...FIELDS, name: '电容' } });
      expect(await station.count('part_barcodes')).toBe(2);
      expect(await found('kfr-35')).toHaveLength(1);

      await station.run('setup.savePart', { existing: { id, version: 2 }, fields: FIELDS, lists: { barcodes: ['7'] } });
      expect((await station.run('stock.part', { id })).lists).toEqual({
        models: [],
        barcodes: ['7'],
        suppliers: [],
        prices: [],
      });
      expect(await found('kfr-35')).toEqual([]);
    });

    test('a list that has not changed is not written again', async () => {
      const { id } = await save(await givenLists());
      const before = await station.rows('SELECT id FROM part_models');
      const { lists } = await station.run('stock.part', { id });
      await station.run('setup.savePart', {
        existing: { id, version: 1 },
        fields: FIELDS,
        lists: { ...lists, barcodes: ['690002'] } as Lists,
      });
      expect(await station.rows('SELECT id FROM part_models')).toEqual(before);
      expect(await station.count('part_barcodes')).toBe(1);
    });

    test.each<[name: string, barcode: string, lists: Lists]>([
      ['a further barcode that is another part’s own', '', { barcodes: ['690001'] }],
      ['a further barcode that is another part’s further one', '', { barcodes: ['690002'] }],
      ['an own barcode that is another part’s further one', '690002', {}],
    ])('%s is refused', async (_name, barcode, lists) => {
      await save({ barcodes: ['690002'] });
      const refused = save(lists, { ...FIELDS, number: 'X', barcode });
      await expect(refused).rejects.toMatchObject({ code: 'value.taken', details: { field: 'barcode' } });
      expect(await station.count('parts')).toBe(1);
    });

    test('what is there twice is named: barcode, model, supplier, price, and who is preferred', async () => {
      const { suppliers, prices } = await givenLists();
      const lists = {
        models: [{ model: 'a' }, { model: 'A' }],
        barcodes: ['690001'],
        suppliers: [...suppliers, ...suppliers],
        prices: [...prices, ...prices.slice(0, 1)],
      };
      await expect(save(lists)).rejects.toMatchObject({
        code: 'input.invalid',
        details: {
          faults: [
            { path: 'lists.models.1.model', rule: 'duplicate' },
            { path: 'lists.barcodes.0', rule: 'duplicate' },
            { path: 'lists.suppliers.1.supplierId', rule: 'duplicate' },
            { path: 'lists.suppliers.1.isPreferred', rule: 'duplicate' },
            { path: 'lists.prices.2.customerClass', rule: 'duplicate' },
          ],
        },
      });
    });

    test('a supplier that does not exist is refused, and nothing is kept', async () => {
      const suppliers = [{ supplierId: 'nobody' }];
      await expect(save({ suppliers })).rejects.toMatchObject({ code: 'not-found' });
      expect(await station.count('parts')).toBe(0);
    });

    test('the price is that of the customer’s class, or else the sale price', async () => {
      const { id } = await save(await givenLists());
      const priceOf = async (customerClass: 'person' | 'dealer' | 'warranty') => {
        const [part] = await found('C-50', { customerClass });
        const { prices } = await station.run('stock.prices', { partIds: [id], customerClass }, { as: 'clerk' });
        expect(prices).toEqual([{ partId: id, price: part?.price, classPrice: part?.classPrice }]);
        return [part?.price, part?.classPrice];
      };
      expect(await priceOf('dealer')).toEqual([4000, 4000]);
      expect(await priceOf('warranty')).toEqual([0, 0]);
      expect(await priceOf('person')).toEqual([4500, null]);
    });

    test('the prices of many parts are resolved together', async () => {
      const partIds: string[] = [];
      for (let i = 0; i < 30; i++) {
        const prices = [{ customerClass: 'dealer' as const, price: i }];
        const fields = { number: `P-${i}`, name: '件' };
        partIds.push((await station.run('setup.savePart', { fields, lists: { prices } })).id);
      }
      const { prices } = await station.run('stock.prices', { partIds, customerClass: 'dealer' });
      expect(prices.map(({ price }) => price).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 30 }, (_, i) => i),
      );
    });

    test('once it has moved, neither number nor tracking can be changed, anything else can', async () => {
      const warehouseId = await givenWarehouse(station);
      const { id } = await save({});
      await station.run('setup.savePart', { existing: { id, version: 1 }, fields: { ...FIELDS, number: 'C-51' } });
      await givenReceipt(station, warehouseId, id, 1000, 1);
      const change = (fields: object, version = 2) =>
        station.run('setup.savePart', { existing: { id, version }, fields: { ...FIELDS, number: 'C-51', ...fields } });

      await expect(change({ number: 'C-52', tracking: 'serial' })).rejects.toMatchObject({
        code: 'part.in-use',
        details: {
          number: 'C-51',
          faults: [
            { path: 'fields.number', rule: 'fixedByMoves' },
            { path: 'fields.tracking', rule: 'fixedByMoves' },
          ],
        },
      });
      expect(await change({ name: '大电容' })).toMatchObject({ version: 3 });
    });

    test('what a station made can be renamed until its server has it', async () => {
      const { id } = await save({});
      await givenLink(station.store);
      const change = (version: number, fields: object) =>
        station.run('setup.savePart', { existing: { id, version }, fields: { ...FIELDS, ...fields } });
      await change(1, { number: 'SH01-1' });

      await givenAllSent(station.store);
      await expect(change(2, { number: 'SH01-2', tracking: 'serial' })).rejects.toMatchObject({
        code: 'part.in-use',
        details: {
          faults: [
            { path: 'fields.number', rule: 'fixedBySharing' },
            { path: 'fields.tracking', rule: 'fixedBySharing' },
          ],
        },
      });
      expect(await change(2, { number: 'SH01-1', name: '大电容' })).toMatchObject({ version: 3 });
    });

    test('at head office with stations neither number nor tracking is changed: they may have moved it meanwhile', async () => {
      const { id } = await save({});
      await givenStation(station.store, station.station.unitId, { state: 'revoked' });
      const change = (version: number, fields: object) =>
        station.run('setup.savePart', { existing: { id, version }, fields: { ...FIELDS, ...fields } });
      await change(1, { number: 'C-51' });

      await givenStation(station.store, station.station.unitId, {});
      await expect(change(2, { number: 'C-51', tracking: 'batch' })).rejects.toMatchObject({
        details: { faults: [{ path: 'fields.tracking', rule: 'fixedBySharing' }] },
      });
    });

    describe('merged', () => {
      let fromId: string;
      let intoId: string;
      beforeEach(async () => {
        fromId = (await save({ barcodes: ['690009'] }, { ...FIELDS, number: 'OLD-1', barcode: '690008' })).id;
        intoId = (await save({})).id;
      });
      const merge = (input = { fromId, intoId }, commandId?: string) =>
        station.run('parts.merge', input, { as: 'manager', ...(commandId ? { commandId } : {}) });

      test('whoever finds the one is led to the other, also over two steps', async () => {
        await merge();
        for (const code of ['OLD-1', '690008', '690009'])
          expect(await found(code)).toMatchObject([{ id: intoId, distance: 0 }]);
        const last = await givenPart(station, 'NEW-1');
        await merge({ fromId: intoId, intoId: last });

        expect(await found('OLD-1')).toMatchObject([{ id: last, distance: 0 }]);
        expect(await station.run('stock.part', { id: fromId })).toMatchObject({ isActive: false, mergedInto: 'NEW-1' });
        expect(await station.rows("SELECT event FROM audit_log WHERE event = 'merged'")).toHaveLength(2);
      });

      test('it can be neither changed nor merged again', async () => {
        await merge();
        const refused = { code: 'part.merged', details: { number: 'OLD-1' } };
        await expect(merge()).rejects.toMatchObject(refused);
        await expect(merge({ fromId: intoId, intoId: fromId })).rejects.toMatchObject(refused);
        await expect(
          station.run('setup.savePart', { existing: { id: fromId, version: 2 }, fields: FIELDS }),
        ).rejects.toMatchObject(refused);
      });

      test('in use it is refused, with what it is used for', async () => {
        const warehouseId = await givenWarehouse(station);
        await givenReceipt(station, warehouseId, fromId, 2000, 1);
        const place = { warehouseId, partId: fromId };
        await station.run('stock.reserve', { ...place, quantity: 1000, reservedFor: '王', untilOn: '2026-03-20' });
        const technician = await station.actorFor(['technician']);
        const order = await givenStarted(station, technician);
        await station.run('jobs.saveMaterial', {
          workOrderId: order.id,
          version: order.version,
          lines: [{ ...place, quantity: 1000 }],
        });

        await expect(merge()).rejects.toMatchObject({
          code: 'part.in-use',
          details: {
            number: 'OLD-1',
            faults: [
              { path: 'fromId', rule: 'hasStock' },
              { path: 'fromId', rule: 'isReserved' },
              { path: 'fromId', rule: 'isOnOpenOrder' },
            ],
          },
        });
        expect(await station.rows('SELECT id FROM parts WHERE merged_into_id IS NOT NULL')).toEqual([]);
      });

      test('what is being bought or counted is in use', async () => {
        const warehouseId = await givenWarehouse(station);
        const newSupplier = { name: '华东配件' };
        const lines = [{ partId: fromId, quantity: 1000, price: 1 }];
        await station.run('purchases.save', { warehouseId, newSupplier, lines });
        const { id } = await station.run('stockCounts.start', { warehouseId, scopeKind: 'warehouse' });
        await station.run('stockCounts.count', { id, partId: fromId, way: 'set', quantity: 1000 });

        await expect(merge()).rejects.toMatchObject({
          details: {
            faults: [
              { path: 'fromId', rule: 'isOnPurchase' },
              { path: 'fromId', rule: 'isBeingCounted' },
            ],
          },
        });
      });

      test('what is on its way to another unit is in use', async () => {
        const warehouseId = await givenWarehouse(station);
        await givenReceipt(station, warehouseId, fromId, 2000, 1);
        const there = await station.run('setup.saveWarehouse', { fields: { code: 'W2', name: '另一仓' } });
        const lines = [{ partId: fromId, quantity: 2000 }];
        await station.run('transfers.ship', { fromWarehouseId: warehouseId, toWarehouseId: there.id, lines });
        await station.run('stock.issue', { kind: 'in-warranty', warehouseId: there.id, lines });
        await station.store.write((trx) => trx.run('DELETE FROM answers')); // as if it had gone to another unit

        await expect(merge()).rejects.toMatchObject({
          details: { faults: [{ path: 'fromId', rule: 'isInTransit' }] },
        });
      });

      test('into itself or into one not in use it is refused', async () => {
        const wrong = { code: 'input.invalid', details: { faults: [{ path: 'intoId', rule: 'notAllowed' }] } };
        await expect(merge({ fromId, intoId: fromId })).rejects.toMatchObject(wrong);
        await station.run('setup.savePart', {
          existing: { id: intoId, version: 1 },
          fields: { ...FIELDS, isActive: false },
        });
        await expect(merge()).rejects.toMatchObject(wrong);
      });

      test('delivered twice, it happens once; a keeper may not', async () => {
        expect(await merge({ fromId, intoId }, 'm-1')).toEqual(await merge({ fromId, intoId }, 'm-1'));
        await expect(station.run('parts.merge', { fromId, intoId }, { as: 'keeper' })).rejects.toMatchObject({
          code: 'access.denied',
        });
      });
    });
  });
});
