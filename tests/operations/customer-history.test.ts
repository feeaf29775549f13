import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { clockOf } from '#domain/clock.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenStation, givenUnit } from '../helpers/given-sync.ts';
import { givenIntake } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const AT = Date.parse('2026-03-14T02:00:00Z');

describe.each(DIALECTS)('earlier values of a customer on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('where two wrote at the same time', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const nodeOf = (databaseId: string) => databaseId.replaceAll('-', '').slice(-12);
    const here = async () => {
      const [row] = await station.rows<{ databaseId: string }>('SELECT database_id FROM installation');
      return nodeOf(row?.databaseId ?? '');
    };
    const history = (id: string, as: 'clerk' | 'keeper' = 'clerk') => station.run('customers.history', { id }, { as });

    async function overwritten(
      tableName: string,
      rowId: string,
      field: string,
      nodes: readonly [lost: string, kept: string],
      at = AT,
    ) {
      await station.store.write((trx) =>
        trx.insert('field_history', {
          id: uuidv7(),
          unitId: station.station.unitId,
          tableName,
          rowId,
          field,
          lostValue: '"021-1"',
          lostClock: clockOf(AT - 2000, 0, nodes[0]),
          keptValue: '"021-2"',
          keptClock: clockOf(AT - 1000, 0, nodes[1]),
          at,
        }),
      );
    }

    test('the value that counts and the one that does not are shown, with where each came from, the latest first', async () => {
      const { customerId, deviceId } = await givenIntake(station);
      const databaseId = uuidv7();
      const unitId = await givenUnit(station.store, { name: '二站' });
      await givenStation(station.store, unitId, { databaseId });
      await overwritten('customers', customerId ?? '', 'second_phone', [nodeOf(databaseId), await here()]);
      await overwritten('devices', deviceId, 'serial', ['0123456789ab', nodeOf(databaseId)], AT + 1);
      await overwritten('customers', uuidv7(), 'name', ['0123456789ab', '0123456789ab']); // somebody else

      const { values } = await history(customerId ?? '');
      expect(values).toMatchObject([
        {
          tableName: 'devices',
          field: 'serial',
          device: '空调 格力 KFR-35',
          lost: { setBy: '' },
          kept: { setBy: '二站' },
        },
        {
          tableName: 'customers',
          field: 'second_phone',
          device: null,
          lost: { value: '021-1', setAt: AT - 2000, setBy: '二站' },
          kept: { value: '021-2', setAt: AT - 1000, setBy: '上海一站' },
        },
      ]);
    });

    test('a customer with nothing overwritten has none; one that is not there is not found', async () => {
      const { customerId } = await givenIntake(station);
      expect(await history(customerId ?? '')).toEqual({ values: [] });
      await expect(history(uuidv7())).rejects.toMatchObject({ code: 'not-found' });
      await expect(history(customerId ?? '', 'keeper')).rejects.toMatchObject({ code: 'access.denied' });
    });

    test('a change says when under the name that other databases read', async () => {
      const { customerId } = await givenIntake(station);
      const id = customerId ?? '';
      const { customer } = await station.run('customers.get', { id }, { as: 'clerk' });
      const { kind, name, phone, address, note, version } = customer;
      const fields = { kind, name, phone, secondPhone: '021-5', address, note };
      await station.run('customers.save', { existing: { id, version }, fields }, { as: 'clerk' });
      const [row] = await station.rows<{ clocks: string }>('SELECT clocks FROM customers');
      expect(Object.keys(JSON.parse(row?.clocks ?? '{}') as object)).toEqual(['*', 'second_phone']);
    });
  });
});
