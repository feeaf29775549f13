import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const ROW = {
  id: 'rcwales_3',
  product_category: 'Iron',
  brand: 'Philips',
  repair_status: 'Fixed',
  group_identifier: 'Cardiff Cathays',
  event_date: '2017-04-01',
  problem: 'Does not heat',
} as const;

describe.each(DIALECTS)('rows of Open Repair data on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('through the door', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    test('come in together, with one line in the audit log that says which', async () => {
      const rows = [ROW, { ...ROW, id: 'rcwales_4' }, ROW];
      const result = await station.run(
        'imports.openRepairRows',
        { source: 'wales.csv', rows },
        { as: 'administrator' },
      );

      expect(result).toEqual({ imported: 2, unchanged: 1 });
      const [line] = await station.rows<{ change: string }>('SELECT event, entity, entity_id, change FROM audit_log');
      expect(line).toMatchObject({ event: 'imported', entity: 'import', entityId: 'wales.csv' });
      expect(JSON.parse(line?.change ?? '')).toEqual({
        after: { imported: 2, unchanged: 1, from: 'WO-SH01-170401-0001', to: 'WO-SH01-170401-0002' },
      });
      expect(await station.rows("SELECT row_id FROM change_log WHERE table_name = 'work_orders'")).toHaveLength(2);
    });

    test('categories and brands are offered at the next intake, the most frequent first', async () => {
      const rows = ['Philips', 'Philo', 'Philo'].map((brand, i) => ({ ...ROW, id: `a_${i}`, brand }));
      await station.run('imports.openRepairRows', { source: 'a.csv', rows });
      await station.run('imports.openRepairRows', { source: 'a.csv', rows });
      const suggested = await station.run('dictionaries.suggest', { dictionary: 'brand', fragment: 'phil' });
      expect(suggested).toEqual({ values: ['Philo', 'Philips'] });
      expect(await station.rows("SELECT uses FROM dictionary_entries WHERE dictionary = 'category'")).toEqual([
        { uses: 3 },
      ]);
    });

    test('a place of that name which is known already is where the work comes from', async () => {
      const store = { id: 's-1', unitId: station.station.unitId, name: ROW.group_identifier, kind: 'mall' };
      await station.store.write((trx) => trx.insert('stores', { ...store, version: 1, createdAt: 0 }));
      await station.run('imports.openRepairRows', { source: 'a.csv', rows: [ROW] });
      expect(await station.rows('SELECT store_id FROM work_orders')).toEqual([{ storeId: 's-1' }]);
      expect(await station.count('stores')).toBe(1);
    });

    test('delivered twice, they are imported once and answered the same', async () => {
      const actor = await station.actorFor(['administrator']);
      const input = { source: 'a.csv', rows: [ROW] };
      const first = await station.run('imports.openRepairRows', input, { as: actor, commandId: 'c-1' });
      expect(await station.run('imports.openRepairRows', input, { as: actor, commandId: 'c-1' })).toEqual(first);
      expect(await station.count('work_orders')).toBe(1);
    });

    test('one bad row refuses them all, naming row and column, and leaves only a line in the audit log', async () => {
      const rows = [ROW, { ...ROW, id: 'rcwales_4', event_date: '2025-02-30' }];
      await expect(station.run('imports.openRepairRows', { source: 'a.csv', rows })).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path: 'rows.1.event_date', rule: 'notADate' }] },
      });
      for (const table of ['work_orders', 'devices', 'stores', 'sequences']) expect(await station.count(table)).toBe(0);
      expect(await station.rows('SELECT event FROM audit_log')).toEqual([{ event: 'refused' }]);
    });

    test('a manager may not import', async () => {
      await expect(
        station.run('imports.openRepairRows', { source: 'a.csv', rows: [ROW] }, { as: 'manager' }),
      ).rejects.toMatchObject({ code: 'access.denied' });
      expect(await station.count('work_orders')).toBe(0);
    });
  });
});
