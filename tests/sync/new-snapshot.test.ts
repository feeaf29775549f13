import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { leaveOut } from '#db/repositories/change-log.ts';
import { settledTurn } from '#db/settled.ts';
import { logOwnRowsAgain } from '#db/sync/log-again.ts';
import { endOfLog } from '#db/sync/log.ts';
import { forgetEntries } from '#db/sync/link.ts';
import { takeNewSnapshot } from '#sync/station/new-snapshot.ts';
import { verify } from '#sync/station/verify.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { intake } from './lib/given.ts';
import { openTestCompany, type LinkedStation, type TestCompany } from './lib/company.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe.each(DIALECTS)('a station whose server is on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('takes a new snapshot', () => {
    let company: TestCompany;
    let n1: LinkedStation;
    let n2: LinkedStation;
    let s1: LinkedStation;
    let partId: string;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      [n1, n2, s1] = [await company.join('N1'), await company.join('N2'), await company.join('S1')];
      const part = { number: 'P-1', name: '压缩机', salePrice: 30_000 };
      partId = (await company.run('setup.savePart', { existing: null, fields: part })).id;
      for (const station of [n1, n2, s1]) await station.sync();
    });
    afterEach(() => company.close());

    const receive = async (station: LinkedStation, code: string, quantity: number) => {
      const fields = { code, name: code };
      const warehouse = await station.run('setup.saveWarehouse', { existing: null, fields });
      const lines = [{ partId, quantity, price: 10_000 }];
      const { id } = await station.run('stock.receive', { warehouseId: warehouse.id, lines });
      return { warehouseId: warehouse.id, receiptId: id };
    };

    /** Everything that the server has logged so far is compacted away. */
    async function compact() {
      const settled = await company.store.read(settledTurn);
      const end = await company.store.read((sql) => endOfLog(sql, settled));
      await company.store.write((trx) => leaveOut(trx, end, 1_000_000));
    }

    const renew = (station: LinkedStation) => takeNewSnapshot(station.station, station.line);

    /** All that a station has is as the server has it, and all of it that the station may see. */
    async function expectAlike(station: LinkedStation) {
      expect((await verify(station.store, station.line)).differences).toEqual([]);
    }

    test('when what it missed is no longer in the log: it has all that others did, and nothing of its own is lost', async () => {
      await n2.run('workOrders.registerIntake', intake('王芳'));
      await receive(n2, 'W-N2', 5000);
      await n2.sync();
      await compact();
      const own = await n1.run('workOrders.registerIntake', intake('李雷'));
      const { warehouseId } = await receive(n1, 'W-N1', 3000);

      expect(await n1.pull()).toBe('too-old');
      await renew(n1);

      expect(await n1.rows('SELECT name FROM customers ORDER BY name')).toEqual([{ name: '李雷' }, { name: '王芳' }]);
      expect(await n1.rows('SELECT code FROM warehouses ORDER BY code')).toEqual([{ code: 'W-N1' }, { code: 'W-N2' }]);
      expect(await n1.rows('SELECT warehouse_id, quantity FROM stock_balances')).toEqual([
        { warehouseId, quantity: 3000 },
      ]);
      expect(await n1.sync()).toBeNull();
      expect(await company.rows('SELECT id FROM work_orders WHERE number = ?', [own.number])).toEqual([{ id: own.id }]);
      expect(await company.rows('SELECT quantity FROM stock_balances ORDER BY quantity')).toEqual([
        { quantity: 3000 },
        { quantity: 5000 },
      ]);
      expect(await n1.rows('SELECT * FROM sync_refusals')).toEqual([]);
      await n2.sync();
      for (const station of [n1, n2]) await expectAlike(station);
    });

    test('and a customer changed on both sides meanwhile is merged field by field', async () => {
      await n1.run('workOrders.registerIntake', intake('王芳'));
      await n1.sync();
      await n2.sync();
      const [customer] = await n1.rows<{ id: string }>('SELECT id FROM customers');
      const existing = { id: customer?.id ?? '', version: 1 };
      const fields = { kind: 'person', name: '王芳', phone: '13800000000' } as const;
      n1.clock.now += 1000;
      n2.clock.now += 2000;
      await n1.run('customers.save', { existing, fields: { ...fields, address: '南京路 1 号' } });
      await n2.run('customers.save', { existing, fields: { ...fields, note: '有狗' } });
      await n2.sync();
      await compact();

      expect(await n1.pull()).toBe('too-old');
      await renew(n1);
      const both = [{ address: '南京路 1 号', note: '有狗' }];
      expect(await n1.rows('SELECT address, note FROM customers')).toEqual(both);
      await n1.sync();
      await n2.sync();
      for (const place of [company, n1, n2])
        expect(await place.rows('SELECT address, note FROM customers')).toEqual(both);
      await expectAlike(n1);
    });

    test('when its unit has moved to another region: it sees the new one and no longer the old', async () => {
      for (const [station, name] of [
        [n1, '一'],
        [n2, '二'],
        [s1, '三'],
      ] as const) {
        await station.run('workOrders.registerIntake', intake(name));
        await station.sync();
      }
      for (const station of [n1, n2, s1]) await station.sync();
      const { N1, S } = company.places;
      const fields = { code: 'N1', name: 'N1', kind: 'outlet', timeZone: 'Asia/Shanghai', currency: 'CNY' } as const;
      await company.run('organisation.saveUnit', {
        existing: { id: N1.id, version: 1 },
        fields: { ...fields, parentId: S.id },
      });

      expect(await n1.pull()).toBe('scope');
      await renew(n1);
      expect(await n1.pull()).toBeNull();
      for (const station of [n2, s1]) expect(await station.pull()).toBeNull();
      const names = 'SELECT name FROM customers ORDER BY name';
      expect(await n1.rows(names)).toEqual([{ name: '一' }, { name: '三' }]);
      expect(await s1.rows(names)).toEqual([{ name: '一' }, { name: '三' }]);
      expect(await n2.rows(names)).toEqual([{ name: '二' }]);
      for (const table of ['work_orders', 'work_order_states', 'devices'])
        expect(await n2.rows(`SELECT DISTINCT unit_id FROM ${table}`)).toEqual([{ unitId: n2.place.id }]);
      for (const station of [n1, n2, s1]) await expectAlike(station);
    });

    test('when a unit below it has gone elsewhere: what only that unit and those above see, with its stock, is gone', async () => {
      await receive(n1, 'W-N1', 3000);
      await n1.sync();
      const n = await company.join('N');
      expect(await n.rows('SELECT quantity FROM stock_balances')).toEqual([{ quantity: 3000 }]);
      const { N1, S } = company.places;
      const fields = { code: 'N1', name: 'N1', kind: 'outlet', timeZone: 'Asia/Shanghai', currency: 'CNY' } as const;
      const s = await company.join('S');
      await company.run('organisation.saveUnit', {
        existing: { id: N1.id, version: 1 },
        fields: { ...fields, parentId: S.id },
      });
      expect(await n.pull()).toBe('scope');
      await renew(n);
      for (const table of ['stock_moves', 'stock_documents', 'stock_balances'])
        expect(await n.rows(`SELECT * FROM ${table}`)).toEqual([]);
      expect(await s.pull()).toBe('scope');
      await renew(s);
      expect(await s.rows('SELECT quantity FROM stock_balances')).toEqual([{ quantity: 3000 }]);
      await expectAlike(s);
    });

    test('what a server lost that was set back is sent again, also when it is no longer in the station’s log', async () => {
      await n1.run('workOrders.registerIntake', intake('王芳'));
      await n1.sync();
      const before = await company.rows('SELECT * FROM work_order_states');
      await n1.store.write((trx) => forgetEntries(trx, 1_000_000, 0));
      await company.store.replicate({ origin: 'server', log: 'relay' }, async (trx) => {
        for (const table of ['work_order_states', 'work_orders', 'devices', 'customers'])
          await trx.run(`DELETE FROM ${table}`);
      });
      await n1.store.write(logOwnRowsAgain);
      await n1.push();
      expect(await company.rows('SELECT * FROM work_order_states')).toEqual(before);
      expect(await company.rows('SELECT name FROM customers')).toEqual([{ name: '王芳' }]);
    });
  });
});
