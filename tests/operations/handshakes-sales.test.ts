import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import type { TestStation } from '../helpers/station.ts';
import { carry, exchange, openTwoUnits } from '../helpers/two-units.ts';

const SALE = {
  wants: 'installation',
  store: '苏宁南京路店',
  soldOn: '2026-03-14',
  wishedOn: '2026-03-18',
  address: '苏州市工业园区星海街 1 号',
  invoice: 'FP-1',
  customer: { name: '李雷', phone: '13900000001', address: '苏州市工业园区星海街 1 号' },
  device: { category: '空调', brand: '格力', model: 'KFR-50' },
} as const;

describe.each(DIALECTS)('sales reported on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('by a store to whom the place belongs', () => {
    let a: TestStation;
    let b: TestStation;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ a, b, close } = await openTwoUnits(dialect));
      const row = {
        id: 'contract-1',
        unitId: b.station.unitId,
        number: 'C-1',
        provider: '园区安装公司',
        contact: '',
        phone: '',
        areas: JSON.stringify(['苏州市', '工业园区']),
        kinds: JSON.stringify(['installation']),
        fromOn: '2026-01-01',
        toOn: null,
        state: 'active',
        rating: 0,
        note: '',
        version: 1,
        createdAt: 0,
      };
      await a.store.write((trx) => trx.insert('contracts', row));
    });
    afterEach(() => close());

    const report = async (input: object = {}, commandId = 'report') =>
      a.run('sales.report', { ...SALE, ...input }, { as: await a.actorFor(['clerk']), commandId });
    const listed = async (station: TestStation, box: 'inbox' | 'outbox') =>
      (await station.run(`sales.${box}`, {}, { as: 'clerk' })).rows;

    test('the provider whose contract covers address and kind is suggested, and gets it', async () => {
      const offered = await a.run('sales.providers', { address: SALE.address, wants: 'installation' }, { as: 'clerk' });
      expect(offered.suggested).toEqual({ unitId: b.station.unitId, area: '工业园区' });
      expect(offered.units.map(({ code, isOwn }) => [code, isOwn])).toEqual([
        ['SH01', true],
        ['RC01', false],
      ]);
      const reported = await report();
      expect(reported).toMatchObject({ number: 'SA-SH01-260315-0001', unit: '大区维修中心', workOrder: null });
      expect(await a.count('customers')).toBe(0); // of another region, and not ours to keep

      await carry(a, b);
      expect(await listed(b, 'inbox')).toMatchObject([
        { state: 'waiting', subject: '李雷 · 格力 KFR-50 空调', unit: '上海一站' },
      ]);
      const { workOrderId, number } = await b.run('sales.accept', { id: reported.id }, { as: 'clerk' });
      const { order, customer, device } = await b.run('workOrders.get', { id: workOrderId }, { as: 'clerk' });
      expect(order).toMatchObject({
        kind: 'installation',
        mode: 'on-site',
        channel: 'store',
        visitAddress: SALE.address,
        promisedAt: Date.parse('2026-03-18T18:00:00+08:00'),
        requestId: reported.id,
      });
      expect(customer).toMatchObject({ name: '李雷' });
      expect(device).toMatchObject({ boughtOn: '2026-03-14', placeOfPurchase: '苏宁南京路店' });

      await carry(b, a);
      expect(await listed(a, 'outbox')).toMatchObject([{ state: 'accepted', theirWorkOrder: number }]);
      await b.run('workOrders.cancel', { id: workOrderId, version: 1, reason: '客户退货' }, { as: 'clerk' });
      await carry(b, a);
      expect(await listed(a, 'outbox')).toMatchObject([{ state: 'ended', outcome: 'cancelled' }]);
    });

    test('where nobody else serves it, it is work of the own unit at once', async () => {
      const { workOrder, number } = await report({ wants: 'delivery', note: '送货上门' });
      expect(workOrder?.number).toBe('WO-SH01-260315-0001');
      expect(await a.rows('SELECT kind, symptom, state FROM work_orders')).toEqual([
        { kind: 'delivery', symptom: '送货上门', state: 'registered' },
      ]);
      expect(await listed(a, 'outbox')).toMatchObject([
        { number, state: 'accepted', theirWorkOrder: workOrder?.number },
      ]);
    });

    test('the clerk may send it to another unit than the one suggested', async () => {
      expect((await report({ toUnitId: a.station.unitId })).workOrder).not.toBeNull();
    });

    test('a known place of sale stands in the order', async () => {
      const { id: storeId } = await a.run('setup.saveStore', { fields: { name: '国美', kind: 'store' } });
      const { id } = await report({ storeId });
      await exchange(a, b);
      await b.run('sales.accept', { id }, { as: 'clerk' });
      expect(await b.rows('SELECT store_id FROM work_orders')).toEqual([{ storeId }]);
      await expect(report({ storeId: 'none' }, 'c-2')).rejects.toMatchObject({ code: 'not-found' });
    });

    test('what is refused comes back, and is sent to somebody else once', async () => {
      const first = await report();
      await carry(a, b);
      await b.run('sales.refuse', { id: first.id, reason: '太远' }, { as: 'clerk' });
      await carry(b, a);
      expect(await listed(a, 'outbox')).toMatchObject([{ state: 'refused', reason: '太远' }]);

      const second = await report({ toUnitId: a.station.unitId, replacesId: first.id }, 'c-2');
      expect(second.workOrder).not.toBeNull();
      expect((await listed(a, 'outbox')).map(({ state, outcome }) => [state, outcome])).toEqual([
        ['accepted', ''],
        ['ended', 'replaced'],
      ]);
      const sheet = await a.run('sales.get', { id: second.id }, { as: 'clerk' });
      expect(sheet.content.replaces).toBe(first.number);
      await expect(report({ replacesId: first.id }, 'c-3')).rejects.toMatchObject({
        code: 'request.wrong-state',
        details: { state: 'ended' },
      });
    });

    test('only what was refused is sent to somebody else; what waits is withdrawn first', async () => {
      const first = await report();
      await expect(report({ replacesId: first.id }, 'c-2')).rejects.toMatchObject({ code: 'request.wrong-state' });
      await a.run('sales.withdraw', { id: first.id, version: 1, reason: '不要了' }, { as: 'clerk' });
      await carry(a, b);
      await expect(b.run('sales.accept', { id: first.id }, { as: 'clerk' })).rejects.toMatchObject({
        code: 'request.wrong-state',
      });
      expect(await listed(b, 'inbox')).toMatchObject([{ state: 'withdrawn', reason: '不要了' }]);
      expect(await b.count('work_orders')).toBe(0);
    });

    test('refused: sold tomorrow, to a unit that is closed or unknown', async () => {
      await expect(report({ soldOn: '2026-03-16' })).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(report({ toUnitId: 'nowhere' }, 'c-2')).rejects.toMatchObject({ code: 'not-found' });
      await a.store.write((trx) => trx.run('UPDATE units SET is_active = 0 WHERE id = ?', [b.station.unitId]));
      await expect(report({ toUnitId: b.station.unitId }, 'c-3')).rejects.toMatchObject({ code: 'input.invalid' });
      const offered = await a.run('sales.providers', { address: SALE.address, wants: 'installation' }, { as: 'clerk' });
      expect(offered).toMatchObject({ suggested: null, units: [{ code: 'SH01' }] });
      expect(await a.count('requests')).toBe(0);
    });

    test('reported twice by a retry it is one; without the right it is none', async () => {
      expect(await report()).toEqual(await report());
      expect(await a.count('requests')).toBe(1);
      for (const name of ['sales.report', 'sales.accept', 'sales.refuse', 'sales.withdraw'] as const)
        await expect(a.run(name, {} as never, { as: 'technician' })).rejects.toMatchObject({ code: 'access.denied' });
    });
  });
});
