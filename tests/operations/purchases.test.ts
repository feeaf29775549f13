import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenOrdered, givenRequest, type Ordered } from '../helpers/purchases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';
import { ledgerFaults } from './lib/ledgers.ts';

const pieces = (count: number) => count * 1000;
const DAY = 86_400_000;

describe.each(DIALECTS)('purchases on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('from the request to the last delivery', () => {
    let station: TestStation;
    let warehouseId: string;
    let [belt, pump] = ['', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      warehouseId = await givenWarehouse(station);
      [belt, pump] = [await givenPart(station, 'B-1'), await givenPart(station, 'P-1')];
    });
    afterEach(() => station.close());

    const wanted = () => ({
      warehouseId,
      lines: [
        { partId: belt, quantity: pieces(10), price: 200 },
        { partId: pump, quantity: pieces(2), price: 15_000 },
      ],
    });
    const stateOf = async (id: string) =>
      (
        await station.rows<{ state: string; version: number }>('SELECT state, version FROM purchases WHERE id = ?', [
          id,
        ])
      )[0];
    const standing = async () => ({
      purchases: await station.rows('SELECT * FROM purchases ORDER BY id'),
      lines: await station.count('purchase_lines'),
      steps: await station.count('purchase_steps'),
      documents: await station.count('stock_documents'),
      suppliers: await station.count('suppliers'),
      balances: await station.rows('SELECT * FROM stock_balances ORDER BY part_id'),
    });
    async function refused(work: () => Promise<unknown>, refusal: object): Promise<void> {
      const before = await standing();
      await expect(work()).rejects.toMatchObject(refusal);
      expect(await standing()).toEqual(before);
    }
    type Came = Readonly<{
      line: number;
      quantity: number;
      price?: number;
      lots?: { lot: string; quantity: number }[];
    }>;
    const receive = ({ id, lineIds }: Ordered, version: number, came: readonly Came[], overDeliveryReason = '') =>
      station.run(
        'purchases.receive',
        {
          id,
          version,
          overDeliveryReason,
          lines: came.map(({ line, price = 200, ...rest }) => ({ lineId: lineIds[line] ?? '', price, ...rest })),
        },
        { as: 'keeper' },
      );
    const get = (id: string) => station.run('purchases.get', { id }, { as: 'keeper' });

    test('a request is asked for by the keeper, with a number, a supplier nobody had and its lines', async () => {
      const saved = await givenRequest(station, { ...wanted(), wishedOn: '2026-03-20' });

      expect(saved).toMatchObject({ number: 'PO-SH01-260315-0001', state: 'requested', version: 1, total: 32_000 });
      expect(await get(saved.id)).toMatchObject({
        supplier: '华东配件',
        warehouse: '主仓',
        requester: 'keeper',
        wishedOn: '2026-03-20',
        isOwnRequest: true,
        lines: [
          { lineNo: 1, partNumber: 'B-1', quantity: pieces(10), price: 200, received: 0, outstanding: pieces(10) },
          { lineNo: 2, partNumber: 'P-1', quantity: pieces(2), outstanding: pieces(2) },
        ],
        steps: [{ step: 'requested', employee: 'keeper', reason: '' }],
      });
    });

    test('what is asked for can be changed until somebody decides on it', async () => {
      const { id } = await givenRequest(station, wanted());
      const { supplierId } = await get(id);
      const changed = { warehouseId, supplierId, note: '加急', lines: [{ partId: pump, quantity: 500, price: 9 }] };
      const change = (version: number) =>
        station.run('purchases.save', { ...changed, existing: { id, version } }, { as: 'manager' });
      await change(1);

      expect(await get(id)).toMatchObject({
        note: '加急',
        requester: 'keeper',
        lines: [{ lineNo: 1, partNumber: 'P-1', quantity: 500 }],
        steps: [{ step: 'requested' }, { step: 'changed', employee: 'manager' }],
      });
      await refused(() => change(1), { code: 'document.changed' });
      await station.run('purchases.approve', { id, version: 2 }, { as: 'accountant' });
      await refused(() => change(3), { code: 'purchase.wrong-state', details: { state: 'approved' } });
    });

    test('a request without lines, without a supplier or for a part that does not exist is refused by field and line', async () => {
      const newSupplier = { name: '新' };
      const save = (input: object) =>
        station.run('purchases.save', { ...wanted(), newSupplier, ...input }, { as: 'keeper' });

      await refused(() => save({ lines: [] }), { details: { faults: [{ path: 'lines', rule: 'required' }] } });
      await refused(() => save({ newSupplier: null }), {
        details: { faults: [{ path: 'supplierId', rule: 'required' }] },
      });
      await refused(() => save({ lines: [...wanted().lines, { partId: 'none', quantity: 1 }] }), {
        code: 'not-found',
        details: { entity: 'part', line: 3 },
      });
      await refused(() => save({ warehouseId: 'none' }), { code: 'not-found' });
    });

    test('nobody approves what he asked for or changed himself while somebody else could', async () => {
      const own = await station.run('purchases.save', { ...wanted(), newSupplier: { name: '新' } }, { as: 'manager' });
      const theirs = await givenRequest(station, wanted());
      const { supplierId } = await get(theirs.id);
      const existing = { id: theirs.id, version: 1 };
      const lines = [{ partId: pump, quantity: pieces(900), price: 9 }];
      await station.run('purchases.save', { warehouseId, supplierId, existing, lines }, { as: 'manager' });
      const approve = (id: string, version: number) =>
        station.run('purchases.approve', { id, version }, { as: 'manager' });

      expect(await approve(own.id, 1)).toMatchObject({ state: 'approved' }); // so far there is nobody else
      await station.actorFor(['accountant']);
      await refused(() => approve(theirs.id, 2), { code: 'purchase.own-request', details: { number: theirs.number } });
      await station.store.write((trx) => trx.run("UPDATE employees SET is_active = 0 WHERE name = 'accountant'"));
      expect(await approve(theirs.id, 2)).toMatchObject({ state: 'approved', version: 3 });
    });

    test('a request is refused with a reason, and then nothing more comes of it', async () => {
      const { id } = await givenRequest(station, wanted());
      const refuse = (reason: string) =>
        station.run('purchases.refuse', { id, version: 1, reason }, { as: 'accountant' });

      await refused(() => refuse(' '), { details: { faults: [{ path: 'reason', rule: 'required' }] } });
      await refuse('太贵');
      expect(await get(id)).toMatchObject({
        state: 'refused',
        steps: [{}, { step: 'refused', reason: '太贵', employee: 'accountant' }],
      });
      await refused(() => station.run('purchases.approve', { id, version: 2 }, { as: 'accountant' }), {
        code: 'purchase.wrong-state',
        details: { state: 'refused' },
      });
    });

    test('only what was approved is ordered, and only what was ordered comes in', async () => {
      const { id } = await givenRequest(station, wanted());
      const order = (version: number) => station.run('purchases.order', { id, version }, { as: 'keeper' });
      const [line] = (await get(id)).lines;

      await refused(() => order(1), { code: 'purchase.wrong-state' });
      await station.run('purchases.approve', { id, version: 1 }, { as: 'accountant' });
      const came = { id, version: 2, lines: [{ lineId: line?.id ?? '', quantity: 1000, price: 1 }] };
      await refused(() => station.run('purchases.receive', came, { as: 'keeper' }), { code: 'purchase.wrong-state' });
      expect(await order(2)).toMatchObject({ state: 'ordered', version: 3 });
      expect(await get(id)).toMatchObject({ orderedOn: '2026-03-15' });
    });

    test('an order comes in parts at what was paid, and the last of them closes it', async () => {
      const order = await givenOrdered(station, wanted());
      const first = await receive(order, order.version, [{ line: 0, quantity: pieces(4), price: 210 }]);
      expect(first).toMatchObject({ number: 'RC-SH01-260315-0001', total: 840, state: 'ordered' });
      expect((await get(order.id)).lines).toMatchObject([
        { received: pieces(4), outstanding: pieces(6) },
        { received: 0, outstanding: pieces(2) },
      ]);
      const last = await receive(order, first.version, [
        { line: 1, quantity: pieces(2), price: 15_500 },
        { line: 0, quantity: pieces(6) },
      ]);

      expect(last).toMatchObject({ total: 32_200, state: 'closed' });
      expect(await get(order.id)).toMatchObject({
        lines: [{ outstanding: 0 }, { outstanding: 0 }],
        documents: [
          { number: first.number, value: 840 },
          { number: last.number, value: 32_200 },
        ],
        steps: [
          {},
          {},
          {},
          { step: 'received', documentNumber: first.number },
          { step: 'received' },
          { step: 'closed' },
        ],
      });
      const [receipt] = await station.rows('SELECT supplier_id, purchase_id FROM stock_documents ORDER BY number');
      expect(receipt).toEqual({ supplierId: (await get(order.id)).supplierId, purchaseId: order.id });
      expect(await station.rows('SELECT quantity, value FROM stock_balances WHERE part_id = ?', [belt])).toEqual([
        { quantity: pieces(10), value: 2040 },
      ]);
      expect(await ledgerFaults(station)).toEqual([]);
    });

    test('more than was ordered is refused with the line, and taken with a reason that is kept', async () => {
      const order = await givenOrdered(station, wanted());
      const came = [
        { line: 1, quantity: pieces(1), price: 15_000 },
        { line: 0, quantity: pieces(12) },
      ];

      await refused(() => receive(order, order.version, came), {
        code: 'purchase.over-delivery',
        details: { line: 2, part: 'B-1', outstanding: pieces(10), quantity: pieces(12) },
      });
      const taken = await receive(order, order.version, came, '多送的一并收下');
      expect(taken.state).toBe('ordered');
      expect(await get(order.id)).toMatchObject({
        lines: [{ received: pieces(12), outstanding: 0 }, { outstanding: pieces(1) }],
        steps: [{}, {}, {}, { step: 'received', reason: '多送的一并收下', documentNumber: taken.number }],
      });
      expect(await station.rows('SELECT quantity FROM stock_balances WHERE part_id = ?', [belt])).toEqual([
        { quantity: pieces(12) },
      ]);
    });

    test('one line that comes twice in a delivery is over-delivered when both together are', async () => {
      const order = await givenOrdered(station, wanted());
      await refused(
        () =>
          receive(order, order.version, [
            { line: 0, quantity: pieces(6) },
            { line: 0, quantity: pieces(5) },
          ]),
        { code: 'purchase.over-delivery', details: { line: 2, outstanding: pieces(4), quantity: pieces(5) } },
      );
    });

    test('a line of another order is refused', async () => {
      const order = await givenOrdered(station, wanted());
      const other = await givenOrdered(station, wanted());
      await refused(() => receive({ ...order, lineIds: other.lineIds }, order.version, [{ line: 0, quantity: 1 }]), {
        code: 'not-found',
        details: { entity: 'purchaseLine', line: 1 },
      });
    });

    test('what has not come is given up with a reason', async () => {
      const order = await givenOrdered(station, wanted());
      const { version } = await receive(order, order.version, [{ line: 0, quantity: pieces(4) }]);
      const cancel = { id: order.id, version, reason: '停产' };

      await refused(() => station.run('purchases.cancel', cancel, { as: 'keeper' }), {
        code: 'purchase.has-receipts',
        details: { number: order.number },
      });
      await station.run('purchases.close', cancel, { as: 'keeper' });
      expect(await get(order.id)).toMatchObject({ state: 'closed', lines: [{ outstanding: pieces(6) }, {}] });
      await refused(() => receive(order, version + 1, [{ line: 0, quantity: 1000 }]), { code: 'purchase.wrong-state' });
    });

    test('an order of which nothing came is cancelled, also before it was approved', async () => {
      const order = await givenOrdered(station, wanted());
      const request = await givenRequest(station, wanted());
      for (const { id, version } of [order, request])
        await station.run('purchases.cancel', { id, version, reason: '不要了' }, { as: 'keeper' });

      expect(await station.rows('SELECT DISTINCT state FROM purchases')).toEqual([{ state: 'cancelled' }]);
    });

    test('a delivery reported twice comes in once', async () => {
      const order = await givenOrdered(station, wanted());
      const actor = await station.actorFor(['keeper']);
      const { id, version, lineIds } = order;
      const input = { id, version, lines: [{ lineId: lineIds[0] ?? '', quantity: 1000, price: 1 }] };
      const once = await station.run('purchases.receive', input, { as: actor, commandId: 'd-1' });

      expect(await station.run('purchases.receive', input, { as: actor, commandId: 'd-1' })).toEqual(once);
      expect((await get(id)).lines).toMatchObject([{ received: 1000 }, {}]);
      // The same paper typed in by two people: the second sees that the order has moved on.
      await refused(() => station.run('purchases.receive', input, { as: actor }), { code: 'document.changed' });
    });

    test('a receipt reversed is outstanding again, also of an order that it had closed', async () => {
      const order = await givenOrdered(station, wanted());
      const { id: documentId, state } = await receive(order, order.version, [
        { line: 0, quantity: pieces(10) },
        { line: 1, quantity: pieces(2) },
      ]);
      const reversal = await station.run('stock.reverse', { documentId }, { as: 'accountant' });

      expect(state).toBe('closed');
      const after = await get(order.id);
      expect(after).toMatchObject({
        state: 'ordered',
        lines: [{ received: 0, outstanding: pieces(10) }, { outstanding: pieces(2) }],
        documents: [{ reversedBy: reversal.number }],
      });
      expect(after.steps.at(-1)).toMatchObject({ step: 'reversed', documentNumber: reversal.number });
      expect(await receive(order, after.version, [{ line: 0, quantity: pieces(10) }])).toMatchObject({
        state: 'ordered',
      });
      expect(await ledgerFaults(station)).toEqual([]);
    });

    test('tracked parts come in with their numbers, or not at all', async () => {
      await station.store.write((trx) => trx.run("UPDATE parts SET tracking = 'serial' WHERE id = ?", [pump]));
      const order = await givenOrdered(station, wanted());
      const lots = [
        { lot: 'S1', quantity: 1000 },
        { lot: 'S2', quantity: 1000 },
      ];

      await refused(() => receive(order, order.version, [{ line: 1, quantity: pieces(2) }]), {
        code: 'stock.lots-differ',
        details: { line: 1, part: 'P-1' },
      });
      await receive(order, order.version, [{ line: 1, quantity: pieces(2), lots }]);
      expect(await station.rows('SELECT lot FROM lot_moves ORDER BY lot')).toEqual([{ lot: 'S1' }, { lot: 'S2' }]);
    });

    test('orders are listed by state and supplier, and those that are overdue', async () => {
      await givenRequest(station, { ...wanted(), wishedOn: '2026-03-10' });
      const order = await givenOrdered(station, { ...wanted(), wishedOn: '2026-03-15' });
      await receive(order, order.version, [{ line: 0, quantity: pieces(10) }]);
      const list = (input: object) => station.run('purchases.list', input, { as: 'accountant' });

      const inState = { filters: [{ column: 'state', op: 'one-of', value: ['ordered'] }] };
      expect(await list(inState)).toMatchObject({
        total: 1,
        rows: [{ number: order.number, supplier: '华东配件', amount: 32_000, lineCount: 2, openLines: 1 }],
      });
      expect(await list({ filters: [{ column: 'supplier', op: 'contains', value: '华东' }] })).toMatchObject({
        total: 2,
      });
      expect(await list({ isOverdue: true })).toMatchObject({ total: 0 });
      station.clock.now += DAY;
      expect((await list({ isOverdue: true })).rows).toMatchObject([{ number: order.number }]);
    });

    test('prices of a part are those of the receipts that stand, with supplier, date and document', async () => {
      const order = await givenOrdered(station, wanted());
      const first = await receive(order, order.version, [{ line: 0, quantity: pieces(4), price: 210 }]);
      station.clock.now += DAY;
      const wrong = await givenReceipt(station, warehouseId, belt, pieces(1), 999);
      await station.run('stock.reverse', { documentId: wrong.id });
      const cash = await givenReceipt(station, warehouseId, belt, pieces(1), 190);
      await givenReceipt(station, warehouseId, pump, pieces(1), 14_000);

      const { rows } = await station.run('purchases.priceHistory', { partId: belt }, { as: 'accountant' });
      expect(rows).toMatchObject([
        { document: cash.number, supplier: null, price: 190, movedOn: '2026-03-16', purchase: null },
        { document: first.number, supplier: '华东配件', price: 210, quantity: pieces(4), purchase: order.number },
      ]);
    });

    test('whoever has not the right for a step cannot take it', async () => {
      const { id } = await givenRequest(station, wanted());
      const denied = { code: 'access.denied' };
      const step = { id, version: 1, reason: 'x' };
      await refused(
        () => station.run('purchases.save', { ...wanted(), newSupplier: { name: 'x' } }, { as: 'accountant' }),
        denied,
      );
      await refused(() => station.run('purchases.approve', step, { as: 'keeper' }), denied);
      await refused(() => station.run('purchases.refuse', step, { as: 'keeper' }), denied);
      await refused(() => station.run('purchases.cancel', step, { as: 'accountant' }), denied);
      await refused(() => station.run('purchases.order', step, { as: 'accountant' }), denied);
      await refused(() => station.run('purchases.close', step, { as: 'accountant' }), denied);
      const lines = [{ lineId: 'x', quantity: 1, price: 1 }];
      await refused(() => station.run('purchases.receive', { ...step, lines }, { as: 'accountant' }), denied);
      await expect(station.run('purchases.list', {}, { as: 'clerk' })).rejects.toMatchObject(denied);
      expect(await stateOf(id)).toEqual({ state: 'requested', version: 1 });
    });

    test('what people did with an order cannot be changed', async () => {
      await givenRequest(station, wanted());
      await expect(station.store.write((trx) => trx.run("UPDATE purchase_steps SET reason = 'x'"))).rejects.toThrow(
        'append-only',
      );
    });
  });
});
