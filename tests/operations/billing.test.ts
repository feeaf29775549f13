import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork, givenPart, givenRule, givenWorkType, type FinishedWork } from '../helpers/finished-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const TOMORROW = 86_400_000;

describe.each(DIALECTS)('billing on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of audited work', () => {
    let station: TestStation;
    let workTypeId: string;
    let partId: string;
    let ming: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      workTypeId = await givenWorkType(station, '大修');
      partId = await givenPart(station);
      ming = await station.givenEmployee({ number: 'T01', name: '小明', roles: ['technician'] });
    });
    afterEach(() => station.close());

    /** ¥80 labour and ¥30 parts, ¥20 paid as a deposit: ¥90 due. */
    async function givenAudited(changes: Partial<FinishedWork> = {}) {
      const order = await givenFinishedWork(station, {
        technicians: [{ employeeId: ming, shareBp: 10_000 }],
        labour: [{ workTypeId, fee: 8000 }],
        parts: [{ partId, quantity: 2000, price: 1500, cost: 2000, charge: 'customer' }],
        deposit: 2000,
        ...changes,
      });
      return station.run('audit.approve', order, { as: 'auditor' });
    }

    const statement = (workOrderId: string) => station.run('billing.statement', { workOrderId }, { as: 'clerk' });
    const money = () =>
      station.rows('SELECT kind, method, amount, entered_on FROM customer_entries ORDER BY at, amount, id');

    test('the statement names every line, what was received and what is due', async () => {
      const { id } = await givenAudited({ travelFee: 500, discount: 300 });
      const bill = await statement(id);
      expect(bill.lines.map(({ kind, name, amount }) => [kind, name, amount])).toEqual([
        ['labour', '大修', 8000],
        ['part', '压缩机', 3000],
      ]);
      expect(bill).toMatchObject({ charges: { total: 11_200 }, received: 2000, due: 9200, settlement: null });
    });

    test('settling takes what is due and writes the settlement with its figures', async () => {
      const { id, version } = await givenAudited();
      const input = { id, version, method: 'wechat', expectedDue: 9000 } as const;
      const settled = await station.run('billing.settle', input, { as: 'clerk' });

      expect(settled).toMatchObject({ settlementNumber: 'ST-SH01-260315-0001', due: 9000, total: 11_000, version: 3 });
      expect(await money()).toEqual([
        { kind: 'deposit', method: 'cash', amount: 2000, enteredOn: '2026-03-15' },
        { kind: 'payment', method: 'wechat', amount: 9000, enteredOn: '2026-03-15' },
      ]);
      const bill = await statement(id);
      expect(bill).toMatchObject({ due: 0, received: 11_000, order: { state: 'settled' } });
      expect(bill.settlement).toMatchObject({
        labour: 8000,
        parts: 3000,
        total: 11_000,
        receivedBefore: 2000,
        due: 9000,
      });
    });

    test('an amount that is no longer what the clerk saw is not taken', async () => {
      const { id, version } = await givenAudited();
      await station.run('billing.takeDeposit', { workOrderId: id, amount: 1000, method: 'card' }, { as: 'clerk' });
      const stale = { id, version, method: 'cash', expectedDue: 9000 } as const;
      await expect(station.run('billing.settle', stale, { as: 'clerk' })).rejects.toMatchObject({
        code: 'billing.amount-changed',
        details: { due: 8000, expected: 9000 },
      });
      expect(await station.count('settlements')).toBe(0);
      expect((await statement(id)).order.state).toBe('audited');
    });

    test('what was paid beyond the bill is given back, and nothing due needs no method', async () => {
      const over = await givenAudited({ deposit: 12_000 });
      const back = { id: over.id, version: 2, expectedDue: -1000 } as const;
      await expect(station.run('billing.settle', back, { as: 'clerk' })).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path: 'method', rule: 'required' }] },
      });
      expect(await station.count('settlements')).toBe(0);
      await station.run('billing.settle', { ...back, method: 'cash' }, { as: 'clerk' });
      expect(await money()).toContainEqual({ kind: 'refund', method: 'cash', amount: -1000, enteredOn: '2026-03-15' });

      const free = await givenAudited({ warrantyClass: 'in', parts: [], deposit: 0 });
      await station.run('billing.settle', { id: free.id, version: 2, expectedDue: 0 }, { as: 'clerk' });
      expect((await statement(free.id)).order.state).toBe('settled');
      expect(await station.count('customer_entries')).toBe(2);
    });

    test('a discount at the counter lowers the bill, at most to nothing', async () => {
      const { id, version } = await givenAudited();
      const much = { id, version, discount: 11_001, method: 'cash', expectedDue: -2000 } as const;
      await expect(station.run('billing.settle', much, { as: 'clerk' })).rejects.toMatchObject({
        code: 'billing.discount-too-large',
        details: { charges: 11_000 },
      });
      const settled = await station.run(
        'billing.settle',
        { ...much, discount: 1000, expectedDue: 8000 },
        { as: 'clerk' },
      );
      expect(settled).toMatchObject({ total: 10_000, due: 8000 });
    });

    test('commission after discount follows a discount given at the counter, by counter-entries', async () => {
      await givenRule(station, { component: 'labour', rateBp: 1000, discount: 'after' });
      const { id, version } = await givenAudited();
      const settled = { id, version, discount: 1100, method: 'cash', expectedDue: 7900 } as const;
      await station.run('billing.settle', settled, { as: 'clerk' });
      const amounts = await station.rows<{ amount: number }>('SELECT amount FROM pay_entries ORDER BY at, id');
      // The labour's part of the discount is 8000 ÷ 11000 of it.
      expect(amounts.map(({ amount }) => amount)).toEqual([800, -800, 720]);
    });

    test('a double click settles once; a stale form, another state and a missing right settle nothing', async () => {
      const { id, version } = await givenAudited();
      const as = await station.actorFor(['clerk']);
      const input = { id, version, method: 'cash', expectedDue: 9000 } as const;
      await expect(station.run('billing.settle', { ...input, version: 1 }, { as })).rejects.toMatchObject({
        code: 'document.changed',
      });
      await expect(station.run('billing.settle', input, { as: 'auditor' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      expect(await station.count('settlements')).toBe(0);
      const first = await station.run('billing.settle', input, { as, commandId: 'once' });
      expect(await station.run('billing.settle', input, { as, commandId: 'once' })).toEqual(first);
      await expect(
        station.run('billing.settle', { ...input, version: 3, expectedDue: 0 }, { as }),
      ).rejects.toMatchObject({ code: 'work-order.wrong-state' });
      expect(await station.count('settlements')).toBe(1);
    });

    test('work that is not audited is not settled', async () => {
      const order = await givenFinishedWork(station, { technicians: [] });
      const input = { ...order, expectedDue: 0 };
      await expect(station.run('billing.settle', input, { as: 'clerk' })).rejects.toMatchObject({
        code: 'work-order.wrong-state',
      });
    });

    test('a reversed settlement gives its money back today, keeps the deposit and can be settled anew', async () => {
      const { id, version } = await givenAudited();
      await station.run('billing.settle', { id, version, method: 'wechat', expectedDue: 9000 }, { as: 'clerk' });
      station.clock.now += TOMORROW;
      const reverse = { id, version: 3, reason: '收错金额' };
      await expect(station.run('billing.reverseSettlement', reverse, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await station.run('billing.reverseSettlement', reverse, { as: 'accountant' });

      expect(await money()).toEqual([
        { kind: 'deposit', method: 'cash', amount: 2000, enteredOn: '2026-03-15' },
        { kind: 'payment', method: 'wechat', amount: 9000, enteredOn: '2026-03-15' },
        { kind: 'payment', method: 'wechat', amount: -9000, enteredOn: '2026-03-16' },
      ]);
      expect(await station.rows('SELECT SUM(total) AS total, SUM(due) AS due FROM settlements')).toEqual([
        { total: 0, due: 0 },
      ]);
      expect(await statement(id)).toMatchObject({ due: 9000, settlement: null, order: { state: 'audited' } });
      await station.run('billing.settle', { id, version: 4, method: 'cash', expectedDue: 9000 }, { as: 'clerk' });
      expect(await statement(id)).toMatchObject({ due: 0, received: 11_000 });
      await expect(
        station.run('billing.reverseSettlement', { ...reverse, version: 4 }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'document.changed' });
    });

    test('money and settlements can be neither changed nor deleted', async () => {
      const { id, version } = await givenAudited();
      await station.run('billing.settle', { id, version, method: 'cash', expectedDue: 9000 }, { as: 'clerk' });
      for (const table of ['customer_entries', 'settlements'])
        await expect(station.store.write((trx) => trx.run(`DELETE FROM ${table}`))).rejects.toThrow('append-only');
    });

    test('a device is handed over only when its work is settled; both steps stand in the history', async () => {
      const { id, number, version } = await givenAudited();
      await station.run('workOrders.notifyReady', { id, version, note: '电话' }, { as: 'clerk' });
      await expect(station.run('workOrders.handOver', { id, version: 3 }, { as: 'clerk' })).rejects.toMatchObject({
        code: 'work-order.not-settled',
        details: { number },
      });
      await station.run('billing.settle', { id, version: 3, method: 'cash', expectedDue: 9000 }, { as: 'clerk' });
      await expect(station.run('workOrders.handOver', { id, version: 4 }, { as: 'keeper' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await station.run('workOrders.handOver', { id, version: 4, receivedBy: '王小明' }, { as: 'clerk' });

      const history = await station.rows(
        'SELECT from_state, to_state, reason FROM work_order_states WHERE step > 4 ORDER BY step',
      );
      expect(history).toEqual([
        { fromState: 'ready-for-pick-up', toState: 'settled', reason: '' },
        { fromState: 'settled', toState: 'picked-up', reason: '王小明' },
        { fromState: 'picked-up', toState: 'closed', reason: '' },
      ]);
      expect(await station.rows('SELECT state, picked_up_at FROM work_orders')).toEqual([
        { state: 'closed', pickedUpAt: station.clock.now },
      ]);
      await expect(station.run('workOrders.handOver', { id, version: 6 }, { as: 'clerk' })).rejects.toMatchObject({
        code: 'work-order.wrong-state',
      });
    });

    test("work at the customer's place is closed without a pick-up, and nobody is told to fetch anything", async () => {
      const { id, version } = await givenAudited({ mode: 'on-site' });
      await expect(station.run('workOrders.notifyReady', { id, version }, { as: 'clerk' })).rejects.toMatchObject({
        code: 'work-order.wrong-state',
      });
      await station.run('billing.settle', { id, version, method: 'cash', expectedDue: 9000 }, { as: 'clerk' });
      await station.run('workOrders.handOver', { id, version: 3 }, { as: 'clerk' });
      expect(await station.rows('SELECT state, picked_up_at FROM work_orders')).toEqual([
        { state: 'closed', pickedUpAt: null },
      ]);
    });

    test('the queue holds what is to be paid for or fetched, found by any fragment; a search finds work under way, whose deposit may be given back', async () => {
      const first = await givenAudited();
      const second = await givenAudited();
      await station.run(
        'billing.settle',
        { id: first.id, version: 2, method: 'cash', expectedDue: 9000 },
        { as: 'clerk' },
      );
      await station.run('workOrders.handOver', { id: first.id, version: 3 }, { as: 'clerk' });
      const underWay = await givenFinishedWork(station, { technicians: [], deposit: 700 });
      const numbers = async (search = '') =>
        (await station.run('billing.queue', { search }, { as: 'clerk' })).rows.map(({ number }) => number).toSorted();
      expect(await numbers()).toEqual([second.number]);
      expect(await numbers('wo-sh01')).toEqual([second.number, underWay.number]);
      expect(await numbers(first.number)).toEqual([]);

      const refund = { workOrderId: underWay.id, method: 'cash', expectedReceived: 700 } as const;
      const give = (changes: object, as: 'clerk' | 'auditor' = 'clerk') =>
        expect(station.run('billing.refundDeposit', { ...refund, ...changes }, { as }));
      await give({ expectedReceived: 600 }).rejects.toMatchObject({ code: 'billing.amount-changed' });
      await give({ workOrderId: first.id }).rejects.toMatchObject({ code: 'work-order.settled' });
      await give({}, 'auditor').rejects.toMatchObject({ code: 'access.denied' });
      await give({}).resolves.toMatchObject({ returned: 700 });
      expect((await statement(underWay.id)).received).toBe(0);
    });

    test('a deposit is taken until the work is settled; none or a negative one never', async () => {
      const { id, version } = await givenAudited();
      for (const amount of [0, -5])
        await expect(
          station.run('billing.takeDeposit', { workOrderId: id, amount, method: 'cash' }, { as: 'clerk' }),
        ).rejects.toMatchObject({ code: 'input.invalid' });
      await station.run('billing.settle', { id, version, method: 'cash', expectedDue: 9000 }, { as: 'clerk' });
      await expect(
        station.run('billing.takeDeposit', { workOrderId: id, amount: 100, method: 'cash' }, { as: 'clerk' }),
      ).rejects.toMatchObject({ code: 'work-order.settled' });
      await expect(
        station.run('billing.takeDeposit', { workOrderId: id, amount: 100, method: 'cash' }, { as: 'technician' }),
      ).rejects.toMatchObject({ code: 'access.denied' });
      expect(await station.count('customer_entries')).toBe(2);
    });
  });
});
