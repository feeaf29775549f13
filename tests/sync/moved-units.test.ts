import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rowsAsJson } from '#db/sync/read.ts';
import { scopeOfUnit } from '#db/sync/scope.ts';
import { lockStation } from '#db/sync/stations.ts';
import { syncedTable } from '#db/sync/tables.ts';
import { takeNewSnapshot } from '#sync/station/new-snapshot.ts';
import { verify } from '#sync/station/verify.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenRefusal } from '../helpers/given-sync.ts';
import { intake } from './lib/given.ts';
import { openTestCompany, type LinkedStation, type TestCompany } from './lib/company.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe.each(DIALECTS)('when head office moves a unit to another region, with its server on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('nothing that was done meanwhile is lost', () => {
    let company: TestCompany;
    let n1: LinkedStation;
    let n2: LinkedStation;
    let s1: LinkedStation;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      [n1, n2, s1] = [await company.join('N1'), await company.join('N2'), await company.join('S1')];
      await n1.run('workOrders.registerIntake', intake('一'));
      await n2.run('workOrders.registerIntake', intake('二'));
      for (const station of [n1, n2, n1, s1]) await station.sync();
    });
    afterEach(() => company.close());

    const moveN1ToS = () => {
      const { N1, S } = company.places;
      const place = { timeZone: 'Asia/Shanghai', currency: 'CNY' };
      const fields = { code: 'N1', name: 'N1', kind: 'outlet', parentId: S.id, ...place } as const;
      return company.run('organisation.saveUnit', { existing: { id: N1.id, version: 1 }, fields });
    };

    const note = async (station: LinkedStation, name: string, words: string) => {
      const text = 'SELECT id, version, phone FROM customers WHERE name = ?';
      const [row] = await station.rows<{ id: string; version: number; phone: string }>(text, [name]);
      if (!row) throw new Error(`${name} is not seen`);
      const { id, version, phone } = row;
      const fields = { kind: 'person', name, phone, note: words } as const;
      await station.run('customers.save', { existing: { id, version }, fields });
    };

    const noteAt = async (place: Pick<TestCompany, 'rows'>, name: string) =>
      place.rows('SELECT note FROM customers WHERE name = ?', [name]);

    async function settle() {
      for (const station of [n1, n2, s1, n1, n2, s1])
        if ((await station.sync()) !== null) await takeNewSnapshot(station.station, station.line);
    }

    async function expectAllAlike() {
      for (const station of [n1, n2, s1]) {
        expect(await station.rows('SELECT * FROM sync_refusals')).toEqual([]);
        expect((await verify(station.store, station.line)).differences).toEqual([]);
      }
      expect(await company.rows('SELECT * FROM sync_refusals')).toEqual([]);
    }

    test('what it changed of a customer of the old region arrives, and the customer is seen no more', async () => {
      await note(n1, '二', '有狗');
      await moveN1ToS();
      await settle();
      for (const place of [company, n2]) expect(await noteAt(place, '二')).toEqual([{ note: '有狗' }]);
      expect(await noteAt(n1, '二')).toEqual([]);
      await expectAllAlike();
    });

    test('what those it left changed of its customers arrives there, and is seen by the new region', async () => {
      await note(n2, '一', '有猫');
      await moveN1ToS();
      await settle();
      for (const place of [company, n1, s1]) expect(await noteAt(place, '一')).toEqual([{ note: '有猫' }]);
      expect(await noteAt(n2, '一')).toEqual([]);
      await expectAllAlike();
    });

    test('a customer changed after all was sent and before it was told stays until the change is sent, too', async () => {
      await moveN1ToS();
      for (const [station, name] of [
        [n1, '二'],
        [n2, '一'],
      ] as const) {
        await station.push();
        await note(station, name, '刚说的');
        if ((await station.pull()) !== null) await takeNewSnapshot(station.station, station.line);
        expect(await noteAt(station, name)).toEqual([{ note: '刚说的' }]);
      }
      await settle();
      for (const name of ['一', '二']) expect(await noteAt(company, name)).toEqual([{ note: '刚说的' }]);
      expect(await noteAt(n1, '二')).toEqual([]);
      expect(await noteAt(n2, '一')).toEqual([]);
      await expectAllAlike();
    });

    test('a row that could not be taken in before does not come back once it is seen no more', async () => {
      const [row] = await company.rows<{ id: string }>("SELECT id FROM customers WHERE name = '一'");
      const customers = syncedTable('customers')!;
      const { text } = await n2.store.read((sql) => rowsAsJson(sql, customers, [row!.id], null));
      const wire = JSON.stringify((JSON.parse(text) as unknown[])[0]);
      const refused = { stationId: n2.id, direction: 'in', tableName: 'customers', rowId: row!.id, content: wire };
      await givenRefusal(n2.store, refused);
      await moveN1ToS();
      await settle();
      expect(await noteAt(n2, '一')).toEqual([]);
      await expectAllAlike();
    });

    test('who has been told may not write to the other region any more', async () => {
      await moveN1ToS();
      await settle();
      const [row] = await company.rows<{ id: string }>("SELECT id FROM customers WHERE name = '二'");
      await n1.store.replicate({ origin: '', log: 'relay' }, async (trx) => {
        await trx.insert('customers', { ...CUSTOMER, id: row?.id, unitId: n2.place.id });
      });
      await n1.push();
      expect(await noteAt(company, '二')).toEqual([{ note: '' }]);
      expect(await n1.rows('SELECT row_id, code FROM sync_refusals')).toEqual([
        { rowId: row?.id, code: 'sync.not-the-owner' },
      ]);
    });

    test('the stock it brings along is what its moves say, also when the last of them were never told to its new centre before', async () => {
      const s = await company.join('S');
      const part = { number: 'P-1', name: '压缩机', salePrice: 30_000 };
      const { id: partId } = await company.run('setup.savePart', { existing: null, fields: part });
      await n1.sync();
      const { id: warehouseId } = await n1.run('setup.saveWarehouse', {
        existing: null,
        fields: { code: 'W', name: 'W' },
      });
      await n1.run('stock.receive', { warehouseId, lines: [{ partId, quantity: 5000, price: 100 }] });
      for (const station of [n1, s]) await station.sync();
      const lines = [{ partId, quantity: 3000, price: 300 }];
      await n1.run('stock.issue', { kind: 'counter-sale', warehouseId, lines });
      await n1.sync();
      await moveN1ToS();
      for (const station of [s, n1])
        if ((await station.sync()) !== null) await takeNewSnapshot(station.station, station.line);
      const balances = 'SELECT quantity, value, moves FROM stock_balances';
      expect(await s.rows(balances)).toEqual([{ quantity: 2000, value: 200, moves: 2 }]);
      expect(await s.rows(balances)).toEqual(await n1.rows(balances));
      await n1.run('stock.receive', { warehouseId, lines: [{ partId, quantity: 1000, price: 100 }] });
      for (const station of [n1, s]) await station.sync();
      expect(await s.rows(balances)).toEqual([{ quantity: 3000, value: 300, moves: 3 }]);
    });

    test('a customer that arrives in the very moment is seen by the new region', async () => {
      const arriving = Promise.withResolvers<void>();
      const pushing = company.store.replicate({ origin: n1.id, log: 'relay' }, async (trx) => {
        await lockStation(trx, n1.id);
        expect((await scopeOfUnit(trx, n1.place.id)).region).toBe(company.places.N.id);
        await trx.insert('customers', { ...CUSTOMER, id: 'c-1', unitId: n1.place.id });
        arriving.resolve();
        await sleep(500); // longer than a move takes that doesn't wait
      });
      await arriving.promise;
      await Promise.all([pushing, moveN1ToS()]);
      await s1.sync();
      expect(await noteAt(s1, '王')).toEqual([{ note: '送货' }]);
    });
  });
});

const CUSTOMER = {
  kind: 'person',
  name: '王',
  phone: '13900000000',
  secondPhone: '',
  address: '',
  note: '送货',
  searchText: '',
  clocks: '{}',
  version: 1,
  createdAt: 1,
};
