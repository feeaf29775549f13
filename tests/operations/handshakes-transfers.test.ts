import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import type { TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';
import { carry, exchange, openTwoUnits } from '../helpers/two-units.ts';

describe.each(DIALECTS)('transfers on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('between the warehouses of two units', () => {
    let a: TestStation;
    let b: TestStation;
    let close: () => Promise<void>;
    let here: string;
    let there: string;
    let part: string;
    beforeEach(async () => {
      ({ a, b, close } = await openTwoUnits(dialect));
      here = await givenWarehouse(a, 'W1', '主仓');
      there = await givenWarehouse(b, 'RW', '中心仓');
      part = await givenPart(a, 'P1');
      // Three for ten yuan: no price for one says what they are worth.
      await givenReceipt(a, here, part, 2000, 333);
      await givenReceipt(a, here, part, 1000, 334);
      await exchange(a, b);
    });
    afterEach(() => close());

    const ship = (quantity = 2000, toWarehouseId = there, commandId = 'ship') =>
      a
        .actorFor(['keeper'])
        .then((as) =>
          a.run(
            'transfers.ship',
            { fromWarehouseId: here, toWarehouseId, lines: [{ partId: part, quantity }], note: '急用' },
            { as, commandId },
          ),
        );
    const stockOf = (station: TestStation) =>
      station.rows<{ quantity: number; value: number }>(
        'SELECT quantity, value FROM stock_balances WHERE quantity <> 0 ORDER BY warehouse_id',
      );
    const verified = async (station: TestStation) => (await station.run('stock.verify', {})).difference;

    test('what is shipped is in no warehouse until it is received, and then worth what it left with', async () => {
      const shipped = await ship();
      expect(shipped).toMatchObject({
        number: 'TR-SH01-260315-0001',
        documentNumber: 'IS-SH01-260315-0001',
        isReceived: false,
      });
      expect(await stockOf(a)).toEqual([{ quantity: 1000, value: 333 }]);
      const onItsWay = await a.run('transfers.inTransit', {}, { as: 'keeper' });
      expect(onItsWay.rows).toMatchObject([
        { number: shipped.number, state: 'waiting', isIncoming: false, subject: 'P1 P1' },
      ]);

      await carry(a, b);
      const coming = await b.run('transfers.inTransit', {}, { as: 'keeper' });
      expect(coming.rows).toMatchObject([{ state: 'waiting', isIncoming: true, unit: '上海一站' }]);
      const received = await b.run('transfers.receive', { id: shipped.id }, { as: 'keeper' });
      expect(received.documentNumber).toBe('RC-RC01-260315-0001');
      expect(await stockOf(b)).toEqual([{ quantity: 2000, value: 667 }]);
      expect(await verified(b)).toBeNull();

      await carry(b, a);
      expect((await a.run('transfers.inTransit', {}, { as: 'keeper' })).total).toBe(0);
      const sent = await a.run('transfers.list', { box: 'out' }, { as: 'keeper' });
      expect(sent.rows).toMatchObject([{ state: 'ended', outcome: 'received' }]);
      const sheet = await b.run('transfers.get', { id: shipped.id }, { as: 'keeper' });
      expect(sheet.content).toMatchObject({
        from: { name: '主仓' },
        to: { name: '中心仓' },
        lines: [{ number: 'P1', quantity: 2000, value: 667 }],
      });
    });

    test('what is refused goes back with the value it left with, once', async () => {
      const { id, number } = await ship();
      await carry(a, b);
      await b.run('transfers.refuse', { id, reason: '发错了' }, { as: 'keeper' });
      await carry(b, a);
      expect((await a.run('transfers.inTransit', {}, { as: 'keeper' })).rows).toMatchObject([
        { state: 'refused', reason: '发错了' },
      ]);
      await givenReceipt(a, here, part, 5000, 9999); // the average is another one by now
      await a.run('transfers.takeBack', { id }, { as: 'keeper' });
      expect(await stockOf(a)).toEqual([{ quantity: 8000, value: 1000 + 49_995 }]);
      expect(await verified(a)).toBeNull();
      const again = a.run('transfers.takeBack', { id }, { as: 'keeper' });
      await expect(again).rejects.toMatchObject({ code: 'request.wrong-state', details: { number, state: 'ended' } });
      expect((await a.run('transfers.list', { box: 'out' }, { as: 'keeper' })).rows).toMatchObject([
        { state: 'ended', outcome: 'taken-back' },
      ]);
      expect((await a.run('transfers.inTransit', {}, { as: 'keeper' })).total).toBe(0);
    });

    test('between two warehouses of its own shipment and receipt are one', async () => {
      const own = await givenWarehouse(a, 'W2', '备仓');
      const shipped = await ship(1000, own);
      expect(shipped.isReceived).toBe(true);
      expect(await a.rows('SELECT SUM(quantity) AS quantity, SUM(value) AS value FROM stock_balances')).toEqual([
        { quantity: 3000, value: 1000 },
      ]);
      expect(
        await a.rows('SELECT kind, recipient FROM stock_documents WHERE request_id IS NOT NULL ORDER BY kind'),
      ).toEqual([
        { kind: 'issue', recipient: '上海一站 · 备仓' },
        { kind: 'receipt', recipient: '主仓' },
      ]);
      expect(await verified(a)).toBeNull();
    });

    test('nothing is received twice, by nobody else, and not before it was sent', async () => {
      const { id } = await ship();
      await expect(b.run('transfers.receive', { id }, { as: 'keeper' })).rejects.toMatchObject({ code: 'not-found' });
      await expect(a.run('transfers.receive', { id }, { as: 'keeper' })).rejects.toMatchObject({
        code: 'document.of-another-unit',
      });
      await expect(a.run('transfers.takeBack', { id }, { as: 'keeper' })).rejects.toMatchObject({
        code: 'request.wrong-state',
      });
      await carry(a, b);
      const keeper = await b.actorFor(['keeper']);
      const first = await b.run('transfers.receive', { id }, { as: keeper, commandId: 'r' });
      expect(await b.run('transfers.receive', { id }, { as: keeper, commandId: 'r' })).toEqual(first);
      await carry(a, b);
      await expect(b.run('transfers.receive', { id }, { as: keeper })).rejects.toMatchObject({
        code: 'request.wrong-state',
      });
      await expect(b.run('transfers.refuse', { id, reason: 'x' }, { as: keeper })).rejects.toMatchObject({
        code: 'request.wrong-state',
      });
      await expect(b.run('transfers.takeBack', { id }, { as: keeper })).rejects.toMatchObject({
        code: 'document.of-another-unit',
      });
      expect(await stockOf(b)).toEqual([{ quantity: 2000, value: 667 }]);
    });

    test('two keepers who receive it in the same moment receive it once', async () => {
      const { id } = await ship();
      await carry(a, b);
      const keepers = [await b.actorFor(['keeper']), await b.actorFor(['keeper', 'clerk'])];
      const both = await Promise.allSettled(keepers.map((as) => b.run('transfers.receive', { id }, { as })));
      const refused = both.filter((one) => one.status === 'rejected');
      expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(['request.wrong-state']);
      expect(await stockOf(b)).toEqual([{ quantity: 2000, value: 667 }]);
    });

    test('a shipment or an arrival is not reversed by itself', async () => {
      const { id, documentId } = await ship();
      await carry(a, b);
      const { documentId: arrival } = await b.run('transfers.receive', { id }, { as: 'keeper' });
      for (const [station, document] of [
        [a, documentId],
        [b, arrival],
      ] as const)
        await expect(station.run('stock.reverse', { documentId: document })).rejects.toMatchObject({
          code: 'stock.cannot-be-reversed',
        });
    });

    test('refused: more than there is, the same warehouse, another unit’s, parts unknown; nothing is left behind', async () => {
      await expect(ship(9000)).rejects.toMatchObject({ code: 'stock.insufficient', details: { line: 1 } });
      await expect(ship(1000, here, 'c-2')).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(ship(1000, 'nowhere', 'c-3')).rejects.toMatchObject({ code: 'not-found' });
      const lines = [{ partId: part, quantity: 1000 }];
      const theirs = a.run('transfers.ship', { fromWarehouseId: there, toWarehouseId: here, lines }, { as: 'keeper' });
      await expect(theirs).rejects.toMatchObject({ code: 'document.of-another-unit' });
      const unknown = [{ partId: 'none', quantity: 1000 }];
      await expect(
        a.run('transfers.ship', { fromWarehouseId: here, toWarehouseId: there, lines: unknown }, { as: 'keeper' }),
      ).rejects.toMatchObject({ code: 'not-found' });
      expect(await a.count('requests')).toBe(0);
      expect(await stockOf(a)).toEqual([{ quantity: 3000, value: 1000 }]);
    });

    test('delivered twice it leaves once; who keeps no stock sends and takes none', async () => {
      expect(await ship()).toEqual(await ship());
      expect(await a.count('requests')).toBe(1);
      for (const name of ['transfers.ship', 'transfers.receive', 'transfers.refuse', 'transfers.takeBack'] as const)
        await expect(a.run(name, {} as never, { as: 'clerk' })).rejects.toMatchObject({ code: 'access.denied' });
    });

    test('what lies in another unit’s warehouse is moved by that unit only, whoever asks', async () => {
      const lines = [{ partId: part, quantity: 1000, price: 1 }];
      await expect(a.run('stock.receive', { warehouseId: there, lines })).rejects.toMatchObject({
        code: 'document.of-another-unit',
      });
      expect(await a.rows('SELECT warehouse_id FROM stock_balances')).toEqual([{ warehouseId: here }]);
    });

    test('warehouses of the whole company are offered, the own ones first', async () => {
      const { warehouses } = await a.run('transfers.warehouses', {}, { as: 'keeper' });
      expect(warehouses.map(({ unit, code, isOwn }) => [unit, code, isOwn])).toEqual([
        ['上海一站', 'W1', true],
        ['大区维修中心', 'RW', false],
      ]);
    });

    test('an arrival that isn’t worth what was shipped is found by working the ledger through', async () => {
      const { id, number } = await ship();
      await carry(a, b);
      const { documentNumber } = await b.run('transfers.receive', { id }, { as: 'keeper' });
      await b.store.replicate({ origin: 'x', log: 'keep' }, (trx) =>
        trx.run(`UPDATE requests SET content = REPLACE(content, '"value":667', '"value":660') WHERE number = ?`, [
          number,
        ]),
      );
      expect(await verified(b)).toMatchObject({ rule: 'move-value', documentNumber, expected: 660, found: 667 });
    });
  });
});
