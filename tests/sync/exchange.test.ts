import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '#sync/station/https.ts';
import { push } from '#sync/station/push.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { intake } from './lib/given.ts';
import { openTestCompany, type LinkedStation, type TestCompany } from './lib/company.ts';

const WORD = { dictionary: 'symptom', value: '漏水', searchText: '漏水', uses: 1 };

describe.each(DIALECTS)('stations and a central server on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('exchange what was done', () => {
    let company: TestCompany;
    let n1: LinkedStation;
    let n2: LinkedStation;
    let s1: LinkedStation;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      [n1, n2, s1] = [await company.join('N1'), await company.join('N2'), await company.join('S1')];
    });
    afterEach(() => company.close());

    test('a work order taken at one station is at head office and at its region’s stations, nowhere else', async () => {
      const { id, number } = await n1.run('workOrders.registerIntake', intake('王芳'));
      for (const station of [n1, n2, s1]) await station.sync();

      expect(await company.rows('SELECT number FROM work_orders')).toEqual([{ number }]);
      expect(await n2.rows('SELECT id, number FROM work_orders')).toEqual([{ id, number }]);
      expect(await n2.rows('SELECT name FROM customers')).toEqual([{ name: '王芳' }]);
      expect(await n2.rows('SELECT serial FROM devices')).toEqual([{ serial: 'SN-王芳' }]);
      for (const table of ['work_orders', 'work_order_states', 'customers', 'devices', 'dictionary_entries'])
        expect(await s1.rows(`SELECT * FROM ${table}`)).toEqual([]);
      expect(await n1.rows('SELECT * FROM sync_refusals')).toEqual([]);
    });

    test('what head office sets up is at every station; a station can’t set it up', async () => {
      const fields = { code: 'W1', name: '清洗', standardFee: 5000, standardMinutes: 30 };
      await company.run('setup.saveWorkType', { existing: null, fields });
      for (const station of [n1, s1]) {
        await station.sync();
        expect(await station.rows('SELECT code FROM work_types')).toEqual([{ code: 'W1' }]);
      }
      await expect(
        n1.run('setup.saveWorkType', { existing: null, fields: { ...fields, code: 'W2' } }),
      ).rejects.toMatchObject({ code: 'sync.head-office-only' });
    });

    test('two stations change different fields of a customer while apart: both changes stand, everywhere', async () => {
      await n1.run('workOrders.registerIntake', intake('王芳'));
      await n1.sync();
      await n2.sync();
      const [customer] = await n1.rows<{ id: string }>('SELECT id FROM customers');
      const { id } = customer!;
      const fields = { kind: 'person', name: '王芳', phone: '13800000000' } as const;
      n1.clock.now += 1000;
      n2.clock.now += 2000;
      await n1.run('customers.save', { existing: { id, version: 1 }, fields: { ...fields, address: '南京路 1 号' } });
      await n2.run('customers.save', { existing: { id, version: 1 }, fields: { ...fields, note: '有狗' } });
      for (const station of [n1, n2, n1, n2]) await station.sync();

      const merged = [{ address: '南京路 1 号', note: '有狗' }];
      for (const place of [company, n1, n2])
        expect(await place.rows('SELECT address, note FROM customers')).toEqual(merged);
      const rows = 'SELECT * FROM customers';
      expect(await n1.rows(rows)).toEqual(await company.rows(rows));
      expect(await n2.rows(rows)).toEqual(await company.rows(rows));
    });

    test('two stations change the same field: the later stands, the other is kept', async () => {
      await n1.run('workOrders.registerIntake', intake('王芳'));
      await n1.sync();
      await n2.sync();
      const [customer] = await n1.rows<{ id: string }>('SELECT id FROM customers');
      const { id } = customer!;
      const fields = { kind: 'person', name: '王芳' } as const;
      n1.clock.now += 2000;
      n2.clock.now += 1000;
      await n1.run('customers.save', { existing: { id, version: 1 }, fields: { ...fields, phone: '13811111111' } });
      await n2.run('customers.save', { existing: { id, version: 1 }, fields: { ...fields, phone: '13822222222' } });
      for (const station of [n1, n2, n1, n2]) await station.sync();

      for (const place of [company, n1, n2]) {
        expect(await place.rows('SELECT phone FROM customers')).toEqual([{ phone: '13811111111' }]);
        expect(await place.rows("SELECT lost_value, kept_value FROM field_history WHERE field = 'phone'")).toEqual([
          { lostValue: '"13822222222"', keptValue: '"13811111111"' },
        ]);
      }
    });

    test('a batch whose answer was lost is sent again and happens once', async () => {
      await n1.run('workOrders.registerIntake', intake('王芳'));
      const before = await n1.link();
      await n1.push();
      // As if the answer had never arrived.
      await n1.store.write((trx) =>
        trx.run('UPDATE server_link SET pushed_seq = ?, pushed_digest = ?', [before.pushedSeq, before.pushedDigest]),
      );
      await n1.run('workOrders.registerIntake', intake('李强'));
      await n1.push();
      expect(await company.rows('SELECT COUNT(*) AS n FROM work_orders')).toEqual([{ n: 2 }]);
      expect(await company.rows('SELECT COUNT(*) AS n FROM work_order_states')).toEqual([{ n: 2 }]);
    });

    test('two batches arrive and neither answer: the station goes on from there, and nothing happens twice', async () => {
      for (const name of ['王芳', '李强', '张伟']) await n1.run('workOrders.registerIntake', intake(name));
      const [oneArrived, bothArrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let asked = 0;
      const request: Client['request'] = async (call) => {
        asked += 1;
        const which = asked;
        // One that overtakes another isn't taken in: here both are.
        if (which === 3) await oneArrived.promise;
        const answer = await n1.line.client.request(call);
        if (which === 1) return answer;
        if (which === 2) oneArrived.resolve();
        else bothArrived.resolve();
        await bothArrived.promise;
        throw new Error('the line is down');
      };
      const line = { ...n1.line, client: { ...n1.line.client, request } };
      const pushed = push(n1.station, line, await n1.link(), 4);
      await expect(pushed).rejects.toThrow('the line is down');
      const [station] = await company.rows<{ seq: number }>('SELECT pushed_seq AS seq FROM stations WHERE id = ?', [
        n1.id,
      ]);
      const link = await n1.link();
      expect(link.pushedSeq).toBeLessThan(link.sentSeq);
      expect(link.sentSeq).toBeLessThan(station?.seq ?? 0);

      await n1.run('workOrders.registerIntake', intake('赵敏'));
      await n1.push(4);
      expect(await company.rows('SELECT COUNT(*) AS n FROM work_orders')).toEqual([{ n: 4 }]);
      expect(await company.rows('SELECT COUNT(*) AS n FROM work_order_states')).toEqual([{ n: 4 }]);
      expect(await n1.rows('SELECT code FROM sync_refusals')).toEqual([]);
    });

    test('stock moves of a station make the balances at head office', async () => {
      const { id: warehouseId } = await n1.run('setup.saveWarehouse', {
        existing: null,
        fields: { code: 'A', name: '主仓', kind: 'parts' },
      });
      const newPart = { number: 'P1', name: '电容', measure: '个', salePrice: 1000 };
      await n1.run('stock.receive', { warehouseId, lines: [{ newPart, quantity: 5000, price: 300 }] });
      const [part] = await n1.rows<{ id: string }>('SELECT id FROM parts');
      const lines = [{ partId: part!.id, quantity: 2000, price: 1000 }];
      await n1.run('stock.issue', { kind: 'counter-sale', warehouseId, lines });
      await n1.sync();
      const balances = 'SELECT warehouse_id, part_id, quantity, value, moves FROM stock_balances';
      expect(await company.rows(balances)).toEqual(await n1.rows(balances));
      await n2.sync();
      expect(await n2.rows(balances)).toEqual([]);
    });

    test('a row that names another unit is refused and named; the rest goes on', async () => {
      const mine = await n1.run('workOrders.registerIntake', intake('王芳'));
      await n1.store.replicate({ origin: '', log: 'relay' }, async (trx) => {
        await trx.run("UPDATE sync_session SET origin = 'x'"); // past the guard of this database
        await trx.run('UPDATE work_orders SET unit_id = ?', [s1.place.id]);
      });
      await n1.store.write((trx) => trx.run("UPDATE change_log SET origin = ''"));
      const good = await n1.run('workOrders.registerIntake', intake('李强'));
      await n1.push();

      expect(await company.rows('SELECT id FROM work_orders')).toEqual([{ id: good.id }]);
      const refused = await n1.rows<{ code: string }>('SELECT table_name, row_id, code FROM sync_refusals');
      expect(refused).toContainEqual({ tableName: 'work_orders', rowId: mine.id, code: 'sync.not-the-owner' });
      expect(await company.rows("SELECT row_id FROM sync_refusals WHERE table_name = 'work_orders'")).toEqual([
        { rowId: mine.id },
      ]);
    });

    test('an order on a device that is no longer seen, since the unit went to another region, is still worked on', async () => {
      await n2.run('workOrders.registerIntake', intake('王芳'));
      for (const station of [n2, n1]) await station.sync();
      const [device] = await n1.rows<{ id: string; customerId: string }>('SELECT id, customer_id FROM devices');
      const { id: deviceId, customerId } = device!;
      const known = { customer: { id: customerId }, device: { id: deviceId } };
      const { id, number } = await n1.run('workOrders.registerIntake', { ...intake('王芳'), ...known });
      await n1.store.replicate({ origin: 'x', log: 'keep' }, async (trx) => {
        await trx.run('DELETE FROM devices');
        await trx.run('DELETE FROM customers');
      });
      const page = await n1.run('workOrders.get', { id });
      expect(page).toMatchObject({ customer: null, device: { id: deviceId, category: '' }, order: { number } });
      expect((await n1.run('dispatch.queue', {})).orders.map((order) => order.number)).toEqual([number]);
    });

    test('what is deleted at a station is deleted at head office', async () => {
      await n1.run('payroll.openPeriod', { from: '2026-03-01', to: '2026-03-31' });
      await n1.store.write((trx) => trx.insert('dictionary_entries', { id: 'd-1', unitId: n1.place.id, ...WORD }));
      await n1.sync();
      expect(await company.rows('SELECT id FROM dictionary_entries')).toEqual([{ id: 'd-1' }]);
      await n1.store.write((trx) => trx.run("DELETE FROM dictionary_entries WHERE id = 'd-1'"));
      await n1.sync();
      expect(await company.rows('SELECT id FROM dictionary_entries')).toEqual([]);
      expect(await company.rows('SELECT from_on FROM pay_periods')).toEqual([{ fromOn: '2026-03-01' }]);
    });
  });
});
