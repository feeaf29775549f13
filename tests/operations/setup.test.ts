import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenLink, givenUnit } from '../helpers/given-units.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

describe.each(DIALECTS)('set-up on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('parts, suppliers, warehouses, work types, places of sale', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const PART = { number: 'P-1', name: '压缩机', measure: '台', barcode: '123', salePrice: 80_000 };

    test('a part is saved, found, changed and listed', async () => {
      const { id, version } = await station.run('setup.savePart', { fields: PART }, { as: 'administrator' });
      const fields = { ...PART, name: '变频压缩机', isActive: false };
      const changed = await station.run('setup.savePart', { existing: { id, version }, fields }, { as: 'manager' });

      expect(changed).toMatchObject({ id, version: 2 });
      expect(await station.run('setup.listParts', {}, { as: 'manager' })).toMatchObject({
        total: 1,
        rows: [{ number: 'P-1', name: '变频压缩机', salePrice: 80_000, isActive: false, onHand: 0, version: 2 }],
      });
      expect(await station.run('stock.findParts', { fragment: '压缩' }, { as: 'manager' })).toEqual({ parts: [] });
      expect(await station.rows('SELECT event, entity FROM audit_log ORDER BY seq')).toEqual([
        { event: 'created', entity: 'part' },
        { event: 'changed', entity: 'part' },
      ]);
    });

    test('a station of a company puts its code before the numbers it gives, so that no other gives the same', async () => {
      const keeper = await station.actorFor(['manager']); // people are head office's to enter, once there is one
      const alone = await station.run('setup.savePart', { fields: PART }, { as: keeper });
      expect(alone).toMatchObject({ number: 'P-1' });
      await givenLink(station);

      const fields = { ...PART, number: 'P-2', barcode: '' };
      const made = await station.run('setup.savePart', { fields }, { as: keeper });
      expect(made).toMatchObject({ number: 'SH01-P-2', version: 1 });
      const typed = { ...fields, number: 'SH01-P-3' };
      expect(await station.run('setup.savePart', { fields: typed }, { as: keeper })).toMatchObject({
        number: 'SH01-P-3',
      });
      // What is there keeps its number; another one is the station's own again.
      const same = { existing: { id: alone.id, version: 1 }, fields: { ...PART, name: '压缩机（大）' } };
      expect(await station.run('setup.savePart', same, { as: keeper })).toMatchObject({ number: 'P-1' });
      const renamed = { existing: { id: alone.id, version: 2 }, fields: { ...PART, number: 'P-9' } };
      expect(await station.run('setup.savePart', renamed, { as: keeper })).toMatchObject({ number: 'SH01-P-9' });

      await expect(station.run('setup.savePart', { fields }, { as: keeper })).rejects.toMatchObject({
        code: 'value.taken',
        details: { value: 'SH01-P-2' },
      });
      const long = { ...fields, number: 'P'.repeat(46) };
      await expect(station.run('setup.savePart', { fields: long }, { as: keeper })).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path: 'fields.number', rule: 'tooLong', params: { max: 45 } }] },
      });
      expect(await station.count('parts')).toBe(3);
    });

    test('a receipt tells the numbers of the parts that are new with it', async () => {
      const { id: warehouseId } = await station.run('setup.saveWarehouse', { fields: { code: 'W1', name: '主仓' } });
      const keeper = await station.actorFor(['keeper']);
      await givenLink(station);
      const lines = [{ newPart: { number: 'N-1', name: '新件' }, quantity: 1000, price: 100 }];
      const receipt = await station.run('stock.receive', { warehouseId, lines }, { as: keeper });
      expect(receipt.newParts).toMatchObject([{ line: 1, number: 'SH01-N-1' }]);
      expect(await station.rows('SELECT number FROM parts')).toEqual([{ number: 'SH01-N-1' }]);
    });

    test('a number or barcode of another part is refused, naming the field', async () => {
      await station.run('setup.savePart', { fields: PART });
      for (const [field, fields] of [
        ['number', { ...PART, barcode: '' }],
        ['barcode', { ...PART, number: 'P-2' }],
      ] as const)
        await expect(station.run('setup.savePart', { fields })).rejects.toMatchObject({
          code: 'value.taken',
          details: { field, value: PART[field] },
        });
      expect(await station.count('parts')).toBe(1);
    });

    test('a change to what somebody else changed in the meantime is refused', async () => {
      const { id, version } = await station.run('setup.savePart', { fields: PART });
      const input = { existing: { id, version }, fields: PART };
      await station.run('setup.savePart', input);
      await expect(station.run('setup.savePart', input)).rejects.toMatchObject({ code: 'document.changed' });
    });

    const SAVES = [
      ['setup.saveSupplier', 'setup.listSuppliers', 'name', { name: '华东配件', phone: '021-5550000' }],
      ['setup.saveWarehouse', 'setup.listWarehouses', 'code', { code: 'W1', name: '主仓', kind: 'parts' }],
      [
        'setup.saveWorkType',
        'setup.listWorkTypes',
        'code',
        { code: 'R1', name: '中修', standardFee: 8000, standardMinutes: 60, isActive: true },
      ],
      [
        'setup.saveStore',
        'setup.listStores',
        'name',
        { name: '国美', kind: 'mall', phone: '021-5551111', address: '南京东路 1 号' },
      ],
    ] as const;

    test.each(SAVES)('%s: new, changed, listed by %s', async (save, list, unique, fields) => {
      const run = (input: object, as: 'administrator' | 'keeper' = 'administrator', commandId?: string) =>
        station.run(save, input as never, { as, ...(commandId ? { commandId } : {}) }) as Promise<{
          id: string;
          version: number;
        }>;
      const first = await run({ fields }, 'administrator', 'once');
      expect(await run({ fields }, 'administrator', 'once')).toEqual(first);
      await expect(run({ fields })).rejects.toMatchObject({ code: 'value.taken', details: { field: unique } });
      await expect(run({ fields: { ...fields, [unique]: ' ' } })).rejects.toMatchObject({
        details: { faults: [{ path: `fields.${unique}`, rule: 'required' }] },
      });
      await expect(run({ fields: { ...fields, [unique]: 'X' } }, 'keeper')).rejects.toMatchObject({
        code: 'access.denied',
      });
      expect(await run({ existing: first, fields })).toEqual({ id: first.id, version: 2 });
      const listed = await station.run(
        list,
        { filters: [{ column: unique, op: 'contains', value: '' }] },
        { as: 'administrator' },
      );
      expect(listed).toMatchObject({ total: 1, rows: [{ ...fields, version: 2 }] });
    });

    test('a place of sale is listed with the unit that keeps it, and changed by that unit only', async () => {
      const { id } = await station.run('setup.saveStore', { fields: { name: '国美' } });
      const other = await givenUnit(station, { code: 'HZ01', name: '杭州一站' });
      await station.store.write(async (trx) => {
        await trx.run('UPDATE installation SET unit_id = ?', [other.id]);
        await trx.insert('stores', {
          id: 's',
          unitId: other.id,
          name: '苏宁',
          kind: 'mall',
          version: 1,
          createdAt: 1,
        });
        await trx.run('UPDATE installation SET unit_id = ?', [station.station.unitId]);
      });
      expect((await station.run('setup.listStores', {})).rows).toMatchObject([
        { id, name: '国美', unitName: '上海一站', phone: '', address: '' },
        { id: 's', name: '苏宁', unitId: other.id, unitName: '杭州一站' },
      ]);
      await expect(
        station.run('setup.saveStore', { existing: { id: 's', version: 1 }, fields: { name: '苏宁易购' } }),
      ).rejects.toMatchObject({ code: 'document.of-another-unit' });
    });
  });
});
